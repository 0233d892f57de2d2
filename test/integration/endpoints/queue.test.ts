import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const request = (requestId: string): string => JSON.stringify(requestBody({ requestId }));

describe('the requests queue', () => {
  test.each([
    ['plain JSON', request('q-json'), 'q-json'],
    ['JSON with a byte order mark', `\ufeff${request('q-bom')}`, 'q-bom'],
    ['base64 of JSON', base64(request('q-base64')), 'q-base64'],
    [
      'url-safe base64',
      base64(request('q-base64url')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      'q-base64url',
    ],
    ['JSON in a JSON string', JSON.stringify(request('q-string')), 'q-string'],
    ['base64 of JSON in a JSON string', base64(JSON.stringify(request('q-both'))), 'q-both'],
    ['an array of one', `[${request('q-one')}]`, 'q-one'],
    [
      'requests in an object',
      JSON.stringify({ requests: [requestBody({ requestId: 'q-requests' })] }),
      'q-requests',
    ],
  ])('takes %s', async (_name, text, requestId) => {
    await harness.send(text);
    expect(await harness.resultOf(requestId)).toMatchObject({ status: 'created', attempts: 1 });
  });

  test('takes an array and gives each of its requests a result', async () => {
    const { requestId: _, ...nameless } = requestBody() as { requestId: string };
    const id = await harness.send(
      JSON.stringify([requestBody({ requestId: 'q-array-0' }), nameless, 17, { colour: 'red' }]),
    );
    expect(await harness.resultOf('q-array-0')).toMatchObject({ status: 'created' });
    expect(await harness.resultOf(`${id}:1`)).toMatchObject({ status: 'created' });
    expect(await harness.resultOf(`${id}:2`)).toMatchObject({
      status: 'failed',
      error: { code: 'invalidRequest' },
    });
    expect(await harness.resultOf(`${id}:3`)).toMatchObject({
      status: 'failed',
      error: { code: 'invalidRequest' },
    });
  });

  test('a request without a requestId takes the id of its message', async () => {
    const { requestId: _, ...nameless } = requestBody() as { requestId: string };
    const id = await harness.send(JSON.stringify(nameless));
    expect(await harness.resultOf(id)).toMatchObject({ status: 'created' });
  });

  test('the same request twice makes one meeting', async () => {
    const text = JSON.stringify(
      requestBody({
        requestId: 'q-twice',
        meeting: { subject: 'Twice', startDateTime: '2026-12-01T14:30:00' },
      }),
    );
    await Promise.all([harness.send(text), harness.send(text)]);
    await harness.resultOf('q-twice');
    expect(
      harness.stack.graph.meetings.list().filter(({ meeting }) => meeting.subject === 'Twice'),
    ).toHaveLength(1);
  });

  test.each([
    ['garbage', 'certainly not JSON', 'invalidMessage'],
    ['a number', '42', 'invalidMessage'],
    ['an empty array', '[]', 'invalidMessage'],
    ['an envelope with more than requests', '{"requests":[{}],"id":"x"}', 'invalidMessage'],
    ['JSON ten thousand levels deep', '['.repeat(10_000) + ']'.repeat(10_000), 'invalidMessage'],
    ['text that is valid base64 of nothing useful', 'abcdefgh', 'invalidMessage'],
    [
      'a message that uses the names of the host',
      '{"id":"x","dequeueCount":99,"popReceipt":"y"}',
      'invalidRequest',
    ],
    [
      'a request that is wrong',
      JSON.stringify(requestBody({ requestId: undefined, organizer: 'not an address' })),
      'invalidRequest',
    ],
    [
      'a lone surrogate and a NUL',
      JSON.stringify(
        requestBody({
          requestId: undefined,
          meeting: { subject: 'a\u0000\ud800', startDateTime: '2026-12-01T14:30:00' },
        }),
      ),
      'invalidRequest',
    ],
  ])(
    'answers %s with a failed result and leaves nothing on the poison queue',
    async (_name, text, code) => {
      const id = await harness.send(text);
      expect(await harness.resultOf(id)).toMatchObject({
        status: 'failed',
        meeting: null,
        error: { code },
      });
      const poison = harness.queue('meeting-requests-poison');
      await poison.createIfNotExists();
      expect((await poison.getProperties()).approximateMessagesCount).toBe(0);
    },
  );

  test('a dead message gets a failed result that carries its text', async () => {
    const poison = harness.queue('meeting-requests-poison');
    await poison.createIfNotExists();
    const { messageId } = await poison.sendMessage('not JSON at all');
    expect(await harness.resultOf(messageId)).toMatchObject({
      status: 'failed',
      error: { code: 'invalidMessage' },
      original: { text: 'not JSON at all' },
    });
  });

  test('a dead request whose meeting can still be made gets its meeting', async () => {
    const poison = harness.queue('meeting-requests-poison');
    await poison.createIfNotExists();
    await poison.sendMessage(request('q-dead'));
    expect(await harness.resultOf('q-dead')).toMatchObject({ status: 'created' });
  });

  test('a throttled request comes back later and is not failed', async () => {
    harness.stack.graph.setFaults({
      rules: [
        {
          match: { path: 'createOrGet', bodyIncludes: 'Throttled' },
          count: 1,
          fault: { kind: 'status', status: 429, retryAfterSeconds: 7, when: 'before' },
        },
      ],
    });
    await harness.send(
      JSON.stringify(
        requestBody({
          requestId: 'q-throttled',
          meeting: { subject: 'Throttled', startDateTime: '2026-12-01T14:30:00' },
        }),
      ),
    );
    expect(await harness.resultOf('q-throttled')).toMatchObject({ status: 'created', attempts: 2 });
    harness.stack.graph.setFaults({});
  }, 40_000);
});
