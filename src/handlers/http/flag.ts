import type { HttpRequest } from '@azure/functions';
import { MeetingError } from '../../errors/meeting-error';

/**
 * A query parameter that is true or false, false where it is left out.
 * @throws MeetingError `invalidRequest` for anything else: a preview that is misspelled must not become the real thing.
 */
export function flagIn({ query }: Pick<HttpRequest, 'query'>, name: string): boolean {
  const text = query.get(name)?.toLowerCase() ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new MeetingError('invalidRequest', `The query parameter ${name} must be true or false.`, {
    target: name,
  });
}
