import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();

const anErrorBody = {
  error: {
    code: expect.any(String) as unknown,
    message: expect.any(String) as unknown,
    innerError: { remedy: expect.any(String) as unknown },
  },
};

describe('bad input by HTTP', () => {
  test.each<[string, string | Uint8Array, number, string]>([
    ['garbage bytes', Uint8Array.from([0xff, 0xfe, 0x00, 0x80]), 400, 'invalidRequest'],
    ['text that is not JSON', 'subject=Parent evening', 400, 'invalidRequest'],
    ['JSON that breaks off', '{"requestId": "a", ', 400, 'invalidRequest'],
    ['an array', '[]', 400, 'invalidRequest'],
    ['a string', '"x"', 400, 'invalidRequest'],
    ['null', 'null', 400, 'invalidRequest'],
    [
      'JSON ten thousand levels deep',
      '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
      400,
      'invalidRequest',
    ],
    [
      'a body beyond a megabyte',
      JSON.stringify({ organizer: 'x'.repeat(1_100_000) }),
      413,
      'requestTooLarge',
    ],
    ['an empty body', '', 400, 'invalidRequest'],
  ])('%s is refused in words', async (_name, body, status, code) => {
    const answer = await harness.post('createMeeting', body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(anErrorBody);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test.each<[string, object, string]>([
    ['no organizer', { organizer: undefined }, 'organizer'],
    ['an organizer that is no address', { organizer: 'Anna' }, 'organizer'],
    ['a requestId of 300 characters', { requestId: 'x'.repeat(300) }, 'requestId'],
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['no zone for a local time', { timeZone: '' }, 'meeting.startDateTime'],
    ['an unknown property', { colour: 'red' }, 'colour'],
    ['a wrong type', { meeting: 'Parent evening' }, 'meeting'],
    [
      'a date that does not exist',
      { meeting: { subject: 'a', startDateTime: '2026-02-30T10:00:00Z' } },
      'meeting.startDateTime',
    ],
    [
      'a read-only property',
      { meeting: { subject: 'a', startDateTime: '2026-12-01T10:00:00Z', joinWebUrl: 'https://x' } },
      'meeting.joinWebUrl',
    ],
    [
      'a NUL',
      { meeting: { subject: 'a\u0000b', startDateTime: '2026-12-01T10:00:00Z' } },
      'meeting.subject',
    ],
    [
      'a lone surrogate',
      { meeting: { subject: 'a\ud800b', startDateTime: '2026-12-01T10:00:00Z' } },
      'meeting.subject',
    ],
    [
      'a property named like the prototype',
      {
        meeting: JSON.parse(
          '{"subject":"a","startDateTime":"2026-12-01T10:00:00Z","__proto__":{"x":1}}',
        ) as object,
      },
      'meeting.__proto__',
    ],
  ])('%s is refused by its path', async (_name, change, target) => {
    const { status, body } = await harness.post('createMeeting', requestBody(change));
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'invalidRequest', target } });
  });

  test.each<[string, string, Uint8Array]>([
    ['brotli', 'br', brotliCompressSync('{}')],
    ['deflate', 'deflate', deflateSync('{}')],
  ])('a body in %s is refused with the encoding that is taken', async (_name, encoding, body) => {
    for (const path of ['createMeeting', 'batches', 'v1.0/users/anna@contoso.com/onlineMeetings']) {
      const answer = await harness.post(path, body, { 'Content-Encoding': encoding });
      expect(answer.status).toBe(415);
      expect(answer.headers.get('accept-encoding')).toBe('gzip');
      expect(answer.body).toMatchObject({ error: { code: 'unsupportedEncoding' } });
    }
  });

  test.each([
    ['createMeeting', 64],
    ['batches', 512],
  ])('a small body that inflates beyond the limit of %s is refused', async (path, megabytes) => {
    const megabyte = gzipSync(Buffer.alloc(1024 * 1024, ' '));
    const bomb = Buffer.concat(Array.from({ length: megabytes }, () => megabyte));
    const answer = await harness.post(path, bomb, { 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ error: { code: 'requestTooLarge' } });
  });

  test.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['a list of requests', `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
    ['a property', `{"requests":[{"meeting":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`],
  ])('nesting without end is refused, or is one failed row: %s', async (_name, body) => {
    const single = await harness.post('createMeeting', body);
    expect(single.body).toMatchObject({ error: { code: 'invalidRequest' } });
    const batch = await harness.post('batches', body, { 'Content-Encoding': 'identity' });
    expect([202, 400]).toContain(batch.status);
    if (batch.status === 202) expect(batch.body).toMatchObject({ counts: { rejected: 1 } });
    else expect(batch.body).toMatchObject({ error: { code: 'invalidRequest' } });
  });

  test('a body of more than 100 MiB ends in the host, with the empty 500 of Azure', async () => {
    const body = new Uint8Array(104_857_601);
    const response = await fetch(`${harness.stack.url}/api/createMeeting`, {
      method: 'POST',
      body,
    }).catch(() => undefined);
    // The host may close the connection while the body is still being sent.
    expect([500, undefined]).toContain(response?.status);
    expect((await harness.get('health')).status).toBe(200);
  });

  test('nothing of all this reached Graph', () => {
    expect(harness.stack.graph.log.list().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
