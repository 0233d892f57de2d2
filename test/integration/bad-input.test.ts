import { request as httpRequest } from 'node:http';
import { requestBody, StackFixture } from '../support/harness/stack-harness';

const fixture = StackFixture.use();

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
    const answer = await fixture.post('createMeeting', body);
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
    const { status, body } = await fixture.post('createMeeting', requestBody(change));
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'invalidRequest', target } });
  });

  test('a body sent in chunks is refused with what to do about it', async () => {
    const answer = await new Promise<{ status: number | undefined; body: string }>(
      (resolve, reject) => {
        const request = httpRequest(
          `${fixture.stack.url}/api/createMeeting`,
          { method: 'POST' },
          (response) => {
            let body = '';
            response
              .setEncoding('utf8')
              .on('data', (text: string) => (body += text))
              .on('end', () => resolve({ status: response.statusCode, body }));
          },
        );
        request.on('error', reject);
        request.write('{"organizer":');
        request.end('"anna@contoso.com"}');
      },
    );
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { innerError: { remedy: expect.stringContaining('Content-Length') as unknown } },
    });
  });

  test('a hundred megabytes and more are turned away by the host', async () => {
    const body = new Uint8Array(104_857_601);
    const response = await fetch(`${fixture.stack.url}/api/createMeeting`, {
      method: 'POST',
      body,
    }).catch(() => undefined);
    // The host may close the connection while the body is still being sent.
    expect([413, undefined]).toContain(response?.status);
    expect((await fixture.get('health')).status).toBe(200);
  });

  test('nothing of all this reached Graph', () => {
    expect(fixture.stack.graph.log.list().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
