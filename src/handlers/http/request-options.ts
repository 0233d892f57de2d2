import type { HttpRequest } from '@azure/functions';
import { wrongQuery } from './wrong-query';
import { MeetingError } from '../../errors/meeting-error';
import { didYouMean, nearestName } from '../../errors/problems';

// Options of a request in its query and headers.

/**
 * A query parameter that is true or false; false if absent.
 * @throws MeetingError `invalidRequest` for anything else: a misspelled preview must not become the real thing.
 */
export function flagIn({ query }: Pick<HttpRequest, 'query'>, name: string): boolean {
  const text = query.get(name)?.toLowerCase() ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrongQuery(name, 'must be true or false');
}

/** Query parameters of any endpoint, besides the properties that `POST /api/batches` takes for all rows. */
const queryNames = [
  'comment',
  'completedAfter',
  'confirm',
  'delimiter',
  'format',
  'language',
  'live',
  'meetings',
  'outcome',
  'preview',
  'probe',
  'queue',
  'refresh',
  'revision',
  'search',
  'sheet',
  'skip',
  'timeZone',
  'top',
  'wait',
];

/**
 * Refuses a query parameter that is one of these in another spelling, has two values, or belongs to another endpoint.
 * Ignores all others, because gateways add their own.
 * @throws MeetingError `invalidRequest`: a misspelled preview must not become the real thing.
 */
export function checkQueryNames(
  { query }: Pick<HttpRequest, 'query'>,
  names: readonly string[],
): void {
  for (const given of new Set(query.keys())) {
    const isKnown = names.includes(given);
    if (isKnown && new Set(query.getAll(given)).size > 1)
      throw wrongQuery(given, 'must have one value');
    if (isKnown) continue;
    const meant = nearestName(given, names);
    if (meant === undefined && !queryNames.includes(given)) continue;
    throw wrongQuery(given, 'is not supported here', didYouMean(meant));
  }
}

/**
 * The query parameter `completedAfter`, where a poll continues; undefined for a first call.
 * @throws MeetingError `invalidRequest` if `parse` rejects it.
 */
export function completedAfterIn<T>(
  { query }: Pick<HttpRequest, 'query'>,
  parse: (text: string) => T | undefined,
): T | undefined {
  const given = query.get('completedAfter') ?? '';
  if (given === '') return undefined;
  const place = parse(given);
  if (place !== undefined) return place;
  throw wrongQuery(
    'completedAfter',
    'must be a time such as 2026-12-01T14:30:00Z, or the completedAfter value of an earlier response',
  );
}

/** The language of the HTTP caller; `*` alone means no preference. */
export function acceptLanguage(request: HttpRequest): string | undefined {
  const header = request.headers.get('accept-language')?.trim();
  return header === undefined || !/^[A-Za-z0-9,;=.* -]{1,128}$/.test(header) || header === '*'
    ? undefined
    : header;
}

/** The header's value is a requestId: 1–256 printable ASCII characters, with or without the quotes of a structured field. */
const pattern = /^[\x20-\x7e]{1,256}$/;

/**
 * The `Idempotency-Key` header: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws MeetingError `invalidRequest` if it is malformed or differs from the body's requestId.
 */
export function checkIdempotencyKey(request: HttpRequest, requestId?: string): string | undefined {
  const header = request.headers.get('idempotency-key');
  if (header === null) return requestId;
  const key = /^".*"$/.test(header.trim()) ? header.trim().slice(1, -1) : header.trim();
  if (!pattern.test(key)) throw refuse('must be 1 to 256 printable ASCII characters');
  if (requestId !== undefined && requestId !== key)
    throw refuse('differs from the requestId in the body');
  return key;
}

function refuse(why: string): MeetingError {
  const target = 'Idempotency-Key';
  const message = `The header ${target} ${why}.`;
  return new MeetingError('invalidRequest', message, {
    target,
    details: [{ code: 'conflicting', target, message }],
  });
}
