import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MeetingError } from '../../errors/meeting-error';

/** `x-gzip` is an old name of gzip: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.3 */
const gzipNames: ReadonlySet<string> = new Set(['gzip', 'x-gzip']);

/**
 * Whether a body is compressed; the Go SDK of Microsoft Graph compresses every body.
 * @throws MeetingError `unsupportedEncoding`, after which SDKs send the body again uncompressed.
 */
export function isGzip(headers: Pick<Headers, 'get'>): boolean {
  const encodings = (headers.get('content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [encoding] = encodings;
  if (encoding === undefined) return false;
  if (encodings.length === 1 && gzipNames.has(encoding)) return true;
  throw new MeetingError(
    'unsupportedEncoding',
    'The Content-Encoding header specifies an encoding other than gzip.',
    { target: 'Content-Encoding' },
  );
}

/**
 * The inflated body, chunk by chunk and no faster than it is read, so that a gzip bomb costs no more than the reader's
 * limit.
 * @throws MeetingError `invalidRequest` if the bytes are not gzip. Errors of the body itself pass through.
 */
export async function* inflate(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // Errors of either stream surface in the loop below, so the callback ignores them.
  pipeline(body, gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (thrown) {
    if (thrown instanceof MeetingError) throw thrown;
    throw new MeetingError('invalidRequest', 'The body is not gzip, or it ends too early.', {
      target: 'Content-Encoding',
      remedy: 'Compress the whole body with gzip, or send it uncompressed without this header.',
      cause: thrown,
    });
  }
}
