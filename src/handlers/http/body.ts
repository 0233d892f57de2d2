import type { HttpRequest } from '@azure/functions';
import { invalidRequest } from '../../errors/invalid-request';
import { MeetingError } from '../../errors/meeting-error';
import { parseJsonText } from '../../requests/json-text';

/** One meeting with a thousand attendees is about 150 KB; Convoke's own limit, in bytes. */
const maximumBytes = 1024 * 1024;

/** The JSON body of a request. @throws MeetingError `invalidRequest` or `requestTooLarge`. */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length > maximumBytes) {
    throw new MeetingError(
      'requestTooLarge',
      `The body has ${bytes.length} bytes; a request may have ${maximumBytes}.`,
    );
  }
  if (bytes.length === 0) throw emptyBody(request);
  const parsed = parseJsonText(decodeUtf8(bytes));
  if (parsed.ok) return parsed.value;
  throw invalidRequest('The body is not acceptable JSON.', parsed.problems);
}

/**
 * The raw body. `arrayBuffer` makes two copies of it, which takes more time than everything else that is done with a large
 * one.
 */
export async function readBytes({ body }: HttpRequest): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk as Uint8Array);
  const [first = new Uint8Array(), ...others] = chunks;
  return others.length === 0 ? first : Buffer.concat(chunks);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MeetingError('invalidRequest', 'The body is not UTF-8 text.', {
      remedy: 'Send the body as UTF-8 encoded JSON.',
    });
  }
}

/** The Functions host passes a body on only when the request says how long it is. */
export function emptyBody(request: HttpRequest): MeetingError {
  const chunked = request.headers.get('transfer-encoding')?.includes('chunked') === true;
  return new MeetingError('invalidRequest', 'The request has no body.', {
    remedy: chunked
      ? 'Azure Functions drops a body sent with Transfer-Encoding: chunked; send it with Content-Length.'
      : 'Send the request as JSON, with a Content-Length header.',
  });
}
