import type { HttpRequest } from '@azure/functions';
import { MeetingError } from '../../errors/meeting-error';

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
