import type { HttpRequest } from '@azure/functions';
import { MeetingError } from '../meetings/errors';
import { parseJsonText } from '../meetings/json-text';

/** One meeting with a thousand attendees is about 150 KB; Convoke's own limit, in bytes. */
const maximumBytes = 1024 * 1024;

/** The JSON body of a request. @throws MeetingError `invalidRequest` or `requestTooLarge`. */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > maximumBytes) {
    throw new MeetingError('requestTooLarge', `The body has ${bytes.length} bytes; a request may have ${maximumBytes}.`);
  }
  if (bytes.length === 0) throw emptyBody(request);
  const parsed = parseJsonText(decodeUtf8(bytes));
  if (parsed.ok) return parsed.value;
  throw invalidRequest('The body is not acceptable JSON.', parsed.problems);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MeetingError('invalidRequest', 'The body is not UTF-8 text.', {
      remedy: 'Send the body as UTF-8 encoded JSON.',
    });
  }
}

/** The Functions host passes a body on only when the request says how long it is. */
function emptyBody(request: HttpRequest): MeetingError {
  const chunked = request.headers.get('transfer-encoding')?.includes('chunked') === true;
  return new MeetingError('invalidRequest', 'The request has no body.', {
    remedy: chunked
      ? 'Azure Functions drops a body sent with Transfer-Encoding: chunked; send it with Content-Length.'
      : 'Send the request as JSON, with a Content-Length header.',
  });
}

export const invalidRequest = (
  message: string,
  problems: readonly { readonly code: string; readonly target: string; readonly message: string }[],
): MeetingError => {
  const [first, ...others] = problems;
  const summary = first === undefined ? message : `${first.target === '' ? '' : `${first.target}: `}${first.message}`;
  return new MeetingError('invalidRequest', others.length === 0 ? summary : `${summary} (and ${others.length} more)`, {
    target: first?.target === '' ? undefined : first?.target,
    details: problems,
  });
};
