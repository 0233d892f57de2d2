import { ReadableStream } from 'node:stream/web';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { HttpRequest } from '@azure/functions';
import { MeetingError } from '../../../src/errors/meeting-error';
import { readBytes, readJson } from '../../../src/handlers/http/body';

const megabyte = 1024 * 1024;
const post = { method: 'POST', url: 'https://convoke.example/api/createMeeting' };

const requestOf = (body: Uint8Array, headers: Record<string, string> = {}): HttpRequest =>
  new HttpRequest({ ...post, headers, body: { bytes: Buffer.from(body) } });

/** A request whose body has these chunks, and which counts the chunks that were read. */
function streamed(
  pieces: Iterable<Uint8Array>,
  headers: Record<string, string> = {},
): { readonly request: HttpRequest; readonly taken: () => number } {
  let taken = 0;
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        try {
          const { value, done } = iterator.next();
          if (done === true) return controller.close();
          taken += 1;
          controller.enqueue(value);
        } catch (thrown) {
          controller.error(thrown);
        }
      },
    },
    { highWaterMark: 0 },
  );
  const request = new HttpRequest({ ...post, headers });
  Object.defineProperty(request, 'body', { value: body });
  return { request, taken: () => taken };
}

async function refusal(work: Promise<unknown>): Promise<Partial<MeetingError>> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof MeetingError) return thrown;
  throw new Error('It was not refused.', { cause: thrown });
}

const text = Buffer.from('{"subject":"Réunion"}');

test.each<[string, Uint8Array, Record<string, string>]>([
  ['plain', text, {}],
  ['named as what it is', text, { 'Content-Encoding': 'identity' }],
  ['gzip', gzipSync(text), { 'Content-Encoding': 'gzip' }],
  ['gzip, written otherwise', gzipSync(text), { 'Content-Encoding': ' X-GZIP' }],
  ['with a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), text]), {}],
  [
    'two gzip members',
    Buffer.concat([gzipSync(text.subarray(0, 5)), gzipSync(text.subarray(5))]),
    { 'Content-Encoding': 'gzip' },
  ],
])('a body is read: %s', async (_how, body, headers) => {
  expect(await readJson(requestOf(body, headers))).toEqual({ subject: 'Réunion' });
});

test.each<[string, Uint8Array]>([
  ['br', brotliCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['zstd', text],
  ['gzip, gzip', gzipSync(gzipSync(text))],
  ['gzip, br', text],
])('the encoding %s is refused', async (encoding, body) => {
  const request = requestOf(body, { 'Content-Encoding': encoding });
  expect(await refusal(readJson(request))).toMatchObject({
    code: 'unsupportedEncoding',
    target: 'Content-Encoding',
  });
});

test.each<[string, Uint8Array]>([
  ['is no gzip', text],
  ['is cut', gzipSync(text).subarray(0, 20)],
  ['is damaged', gzipSync(text).fill(0xff, 12, 20)],
])('a body that is called gzip and %s is refused in words', async (_how, body) => {
  const request = requestOf(body, { 'Content-Encoding': 'gzip' });
  expect(await refusal(readJson(request))).toMatchObject({
    code: 'invalidRequest',
    message: 'The body is not gzip, or it ends too early.',
  });
});

test('a small body that inflates to a gigabyte is refused after the first megabyte', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * megabyte), { level: 9 });
  const before = process.memoryUsage().arrayBuffers;
  const { request, taken } = streamed(
    Array.from({ length: 16 }, () => bomb),
    { 'Content-Encoding': 'gzip' },
  );
  expect(await refusal(readJson(request))).toMatchObject({ code: 'requestTooLarge' });
  expect(taken()).toBeLessThan(8);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * megabyte);
});

test('a body that never ends is refused at the limit', async () => {
  function* endless(): Generator<Uint8Array> {
    for (;;) yield Buffer.alloc(64 * 1024, ' ');
  }
  const { request, taken } = streamed(endless());
  expect(await refusal(readBytes(request, megabyte))).toMatchObject({ code: 'requestTooLarge' });
  // The rest is discarded in the background, so that the connection can be used again.
  expect(taken()).toBeLessThan(30);
});

test('the rest of a refused body is read and discarded, so that the connection stays usable', async () => {
  const pieces = Array.from({ length: 50 }, () => Buffer.alloc(64 * 1024, ' '));
  const { request, taken } = streamed(pieces);
  await refusal(readBytes(request, megabyte));
  while (taken() < pieces.length) await new Promise(setImmediate);
  expect(taken()).toBe(50);
});

test('a body that says it is too large is refused unread', async () => {
  const { request, taken } = streamed([text], { 'Content-Length': String(megabyte + 1) });
  expect(await refusal(readBytes(request, megabyte))).toMatchObject({ code: 'requestTooLarge' });
  expect(taken()).toBe(0);
});

test.each([{}, { 'Content-Encoding': 'gzip' }])(
  'a body whose sender goes away is refused, and is no failure of the app (%j)',
  async (headers) => {
    function* breaking(): Generator<Uint8Array> {
      yield gzipSync(text).subarray(0, 12);
      throw new Error('aborted');
    }
    const { request } = streamed(breaking(), headers);
    expect(await refusal(readBytes(request, megabyte))).toMatchObject({
      code: 'invalidRequest',
      message: 'The body ended too early.',
    });
  },
);

test.each([
  ['that is none', text],
  ['that breaks off', gzipSync(text).subarray(0, 20)],
])('gzip %s is refused with what to do', async (_name, body) => {
  expect(await refusal(readJson(requestOf(body, { 'Content-Encoding': 'gzip' })))).toMatchObject({
    code: 'invalidRequest',
    remedy: 'Compress the whole body with gzip, or send it uncompressed without this header.',
  });
});

test('a body in many chunks is joined in order', async () => {
  const { request } = streamed([...text].map((byte) => Uint8Array.of(byte)));
  expect(Buffer.from(await readBytes(request, megabyte))).toEqual(text);
});
