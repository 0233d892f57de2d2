import { isUtf8 } from 'node:buffer';
import type { HttpRequest } from '@azure/functions';
import { invalidRequest } from '../../errors/invalid-request';
import { MeetingError } from '../../errors/meeting-error';
import { parseJsonText } from '../../requests/parse/json-text';
import { inflate, isGzip } from './content-encoding';

/** Convoke's own limit, in bytes; a meeting with a thousand attendees has about 150 KB. */
const maxJsonBytes = 1024 * 1024;

/** Maximum body size of the Functions host, in bytes. */
const maxDiscardedBytes = 100 * 1024 * 1024;

/**
 * The JSON body of a request; `empty` stands for a body without bytes, which is otherwise refused.
 * @throws MeetingError `invalidRequest`, `requestTooLarge` or `unsupportedEncoding`.
 */
export async function readJson(request: HttpRequest, empty?: object): Promise<unknown> {
  const bytes = await readBytes(request, maxJsonBytes);
  if (bytes.length === 0 && empty !== undefined) return empty;
  if (bytes.length === 0) throw emptyBody();
  if (!isUtf8(bytes)) {
    throw new MeetingError('invalidRequest', 'The body is not UTF-8 text.', {
      remedy: 'Send the body as UTF-8 encoded JSON.',
    });
  }
  const parsed = parseJsonText(new TextDecoder().decode(bytes));
  if (parsed.ok) return parsed.value;
  throw invalidRequest('The body is not acceptable JSON.', parsed.problems);
}

/**
 * The body, inflated if it is gzip; at most `maxBytes` bytes, compressed and inflated. `remedy` says what to do with
 * more. Reads a stream, so that a large body is refused before it fills the memory; `arrayBuffer` would also copy it
 * twice.
 * @throws MeetingError `requestTooLarge`, `unsupportedEncoding`, or `invalidRequest` if the body is incomplete.
 */
export async function readBytes(
  request: HttpRequest,
  maxBytes: number,
  remedy?: string,
): Promise<Uint8Array> {
  const gzip = isGzip(request.headers);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes)
    throw tooLarge(maxBytes, remedy);
  const body = piecesOf(request);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of gzip ? inflate(body) : body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes, remedy);
    chunks.push(chunk);
  }
  const [first = new Uint8Array(), ...others] = chunks;
  return others.length === 0 ? first : Buffer.concat(chunks);
}

async function* piecesOf({ body }: HttpRequest): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    for await (const piece of body.values({ preventCancel: true })) yield piece as Uint8Array;
  } catch (thrown) {
    throw new MeetingError('invalidRequest', 'The body ended too early.', {
      cause: thrown,
      remedy: 'Send the request again.',
    });
  } finally {
    void discard(body);
  }
}

/**
 * Reads the rest of a refused body. Cancelling it would close the connection before the answer is sent; leaving it
 * unread would block the next request on that connection.
 */
async function discard(body: NonNullable<HttpRequest['body']>): Promise<void> {
  let left = maxDiscardedBytes;
  try {
    for await (const piece of body) {
      left -= (piece as Uint8Array).length;
      if (left < 0) break;
    }
  } catch {
    // The sender has closed the connection.
  }
}

const tooLarge = (maxBytes: number, remedy?: string): MeetingError =>
  new MeetingError(
    'requestTooLarge',
    `The uncompressed body is larger than the limit of ${maxBytes} bytes.`,
    remedy === undefined ? {} : { remedy },
  );

/** Returns `invalidRequest` for a call without a body. `remedy` says what the endpoint expects. */
export const emptyBody = (remedy = 'Send the request as JSON.'): MeetingError =>
  new MeetingError('invalidRequest', 'The request has no body.', { remedy });
