import { Stack } from '../../../local/stack';
import { anna } from '../../support/harness/graph-harness';
import { attributesOf, OtlpReceiver, type OtlpSpan } from '../../support/fakes/otlp-receiver';
import { inTests, requestBody, StackHarness } from '../../support/harness/stack-harness';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${callersSpan}-01`;
const subject = 'A subject that is nobody’s business';

let receiver: OtlpReceiver;
beforeAll(async () => {
  receiver = await OtlpReceiver.start();
});
afterAll(() => receiver.close());

/** Each span by the path of names from the outermost one: `createMeeting > graph createOrGet`. */
const pathsIn = (spans: readonly OtlpSpan[]): string[] => {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = (span: OtlpSpan): string => {
    const parent = byId.get(span.parentSpanId ?? '');
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };
  return spans.map(pathOf).toSorted();
};

const traceOf = (id: string): readonly OtlpSpan[] =>
  receiver.spans.filter((span) => span.traceId === id);

describe('one trace', () => {
  const harness = StackHarness.use({
    settings: {
      ROUTINE_TRACES_PERCENT: '100',
      get OTEL_EXPORTER_OTLP_ENDPOINT(): string {
        return receiver.url;
      },
    },
  });
  const queueTrace = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
  const listTrace = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
  const batchTrace = 'dddddddddddddddddddddddddddddddd';
  const throttledTrace = 'cccccccccccccccccccccccccccccccc';
  const secrets: string[] = [subject];
  let results: Awaited<ReturnType<StackHarness['resultOf']>>[];

  /** Meetings through every channel, then the end of the app, which sends the remaining spans. */
  beforeAll(async () => {
    const { graph } = harness.stack;
    graph.setFaults({
      rules: [
        {
          match: { bodyIncludes: 'Throttled' },
          count: 1,
          fault: { kind: 'status', status: 429, retryAfterSeconds: 6 },
        },
      ],
    });
    const meeting = {
      subject,
      startDateTime: '2026-12-01T14:30:00',
      lobbyBypassSettings: { scope: 'everyone' },
    };
    const from = (id: string) => ({
      metadata: { attempts: 0, traceparent: `00-${id}-${callersSpan}-01` },
    });
    await harness.post('createMeeting', requestBody({ requestId: 'by-http', meeting }), {
      traceparent,
    });
    await harness.send(
      JSON.stringify(requestBody({ requestId: 'by-queue', meeting, ...from(queueTrace) })),
    );
    await harness.send(
      JSON.stringify([
        requestBody({ requestId: 'in-list-1', meeting, ...from(listTrace) }),
        requestBody({
          requestId: 'in-list-2',
          meeting: { startDateTime: 'never' },
          ...from(listTrace),
        }),
      ]),
    );
    const throttled = { subject: 'Throttled', startDateTime: '2026-12-01T14:30:00' };
    await harness.send(
      JSON.stringify(
        requestBody({
          requestId: 'deferred',
          organizer: 'ben@contoso.com',
          meeting: throttled,
          ...from(throttledTrace),
        }),
      ),
    );
    await harness.post(
      'batches',
      { requests: [requestBody({ requestId: 'in-batch', meeting })] },
      { traceparent: `00-${batchTrace}-${callersSpan}-01` },
    );
    results = await Promise.all(
      ['by-http', 'by-queue', 'in-list-1', 'in-list-2', 'deferred', 'in-batch'].map((id) =>
        harness.resultOf(id),
      ),
    );
    secrets.push(
      ...results.flatMap(({ meeting: made }) =>
        made === null ? [] : [String(made['joinWebUrl']), String(made.id), String(made['subject'])],
      ),
      ...[...graph.tenant.tokens.values()].map(({ token }) => token.split('.')[1] ?? ''),
    );
    await harness.stack.host.close();
  }, 60_000);

  test('reaches from the HTTP call to Graph and to the result', () => {
    expect(pathsIn(traceOf(traceId))).toEqual([
      'createMeeting',
      'createMeeting > graph createOrGet',
      'createMeeting > graph findUser',
      'createMeeting > graph update',
      'createMeeting > send meeting-results',
    ]);
    // Inside the host's span for the invocation, which is inside the caller's.
    const [invocation] = traceOf(traceId).filter(({ name }) => name === 'createMeeting');
    expect(invocation?.parentSpanId).toMatch(/^[\da-f]{16}$/);
    expect(results[0]?.traceparent).toBe(`00-${traceId}-${invocation?.spanId}-01`);
  });

  test('reaches from the sender of a message to Graph and to the result', () => {
    expect(pathsIn(traceOf(queueTrace))).toEqual([
      'process request',
      'process request > graph createOrGet',
      'process request > graph update',
      'process request > send meeting-results',
    ]);
    const [processing] = traceOf(queueTrace).filter(({ name }) => name === 'process request');
    expect(processing?.parentSpanId).toBe(callersSpan);
    expect(results[1]?.traceparent).toBe(`00-${queueTrace}-${processing?.spanId}-01`);
    // The host began a separate trace for the invocation; the two are linked.
    const invocation = receiver.spans.find(
      ({ spanId }) => spanId === processing?.links?.[0]?.spanId,
    );
    expect(invocation?.name).toBe('processMeetingRequest');
  });

  test('continues through the queue when a list is split', () => {
    expect(pathsIn(traceOf(listTrace))).toEqual([
      'process request',
      'process request',
      'process request > graph createOrGet',
      'process request > graph update',
      'process request > send meeting-results',
      'process request > send meeting-results',
    ]);
    expect(results[2]?.traceparent).toContain(listTrace);
    expect(results[3]).toMatchObject({
      status: 'failed',
      traceparent: expect.stringContaining(listTrace) as string,
    });
  });

  test('continues from a batch to each of its rows', () => {
    expect(pathsIn(traceOf(batchTrace))).toEqual([
      'submitBatch',
      'submitBatch > process request',
      'submitBatch > process request > graph createOrGet',
      'submitBatch > process request > graph update',
      'submitBatch > process request > send meeting-results',
      'submitBatch > send meeting-batches',
    ]);
  });

  test('continues through the queue when a request is put back', () => {
    expect(pathsIn(traceOf(throttledTrace))).toEqual([
      'process request',
      'process request > graph createOrGet',
      'process request > graph findUser',
      'process request > process request',
      'process request > process request > graph createOrGet',
      'process request > process request > send meeting-results',
      'process request > send meeting-requests',
    ]);
  });

  test('is passed on to Graph', () => {
    const log = harness.stack.graph.log
      .list()
      .filter(({ traceparent: sent }) => sent?.includes(traceId) === true);
    const spans = traceOf(traceId).filter(({ kind }) => kind === 3);
    expect(log.map(({ traceparent: sent }) => sent ?? '').toSorted()).toEqual(
      spans.map(({ spanId }) => `00-${traceId}-${spanId}-01`).toSorted(),
    );
  });

  test('has the result of each request and the answers of Graph', () => {
    const ends = receiver.spans
      .filter(({ name }) => name === 'send meeting-results')
      .map(attributesOf);
    expect(ends).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ 'convoke.request_id': 'by-http', 'convoke.status': 'created' }),
        expect.objectContaining({
          'convoke.request_id': 'in-list-2',
          'convoke.status': 'failed',
          'convoke.error': 'invalidRequest',
        }),
      ]) as unknown,
    );
    const calls = receiver.spans
      .filter(({ name }) => name === 'graph createOrGet')
      .map(attributesOf);
    expect(calls.map((call) => String(call['http.response.status_code'])).toSorted()).toEqual([
      '201',
      '201',
      '201',
      '201',
      '201',
      '429',
    ]);
    const refused = receiver.spans.filter(({ status }) => status.code === 2).map(attributesOf);
    expect(refused.map((span) => span['error.type'])).toContain('throttled');
  });

  test('has the duration of the work', () => {
    for (const { startTimeUnixNano, endTimeUnixNano } of receiver.spans) {
      const age = Date.now() - Number(BigInt(startTimeUnixNano) / 1_000_000n);
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThan(120_000);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
  });

  test('holds no subject, no join link, no meeting id, no token and no name of a person', () => {
    expect(secrets.length).toBeGreaterThan(10);
    const text = receiver.bodies.join('\n');
    for (const secret of [...secrets, '@contoso.com', anna]) expect(text).not.toContain(secret);
  });
});

test('a broken collector stops nothing', async () => {
  const broken = await OtlpReceiver.start();
  broken.status = 400;
  const stack = await Stack.start(
    inTests({
      settings: {
        ROUTINE_TRACES_PERCENT: '100',
        OTEL_EXPORTER_OTLP_ENDPOINT: broken.url,
      },
    }),
  );
  const response = await fetch(`${stack.url}/api/createMeeting`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestBody()),
  });
  expect(response.status).toBe(201);
  await stack.close();
  expect(broken.bodies).toHaveLength(1);
  await broken.close();
}, 60_000);

test('without a collector the trace is still propagated', async () => {
  const stack = await Stack.start(inTests());
  await fetch(`${stack.url}/api/createMeeting`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${callersSpan}-00` },
    body: JSON.stringify(requestBody()),
  });
  const sent = stack.graph.log.list().map((entry) => entry.traceparent ?? '');
  await stack.close();
  expect(sent.length).toBeGreaterThan(0);
  for (const each of sent)
    expect(each).toMatch(new RegExp(`^00-${traceId}-(?!${callersSpan})[\\da-f]{16}-00$`));
}, 60_000);
