import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { MeetingError } from '../../../src/errors/meeting-error';
import { maxMessageBytes, toAsciiJson } from '../../../src/results/result-message';
import {
  asMessage,
  invocation,
  QueueHarness,
  rowTokenOf,
} from '../../support/harness/queue-harness';

const request = {
  requestId: 'r-1',
  organizer: 'anna@contoso.com',
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};

const deliver = (harness: QueueHarness, message: unknown, id?: string): Promise<void> =>
  makeProcessMeetingRequestHandler(harness.queueDeps)(asMessage(message), invocation(id));

describe('processMeetingRequest', () => {
  test('makes the meeting and publishes its result', async () => {
    const harness = new QueueHarness();
    await deliver(harness, request);
    expect(harness.results.published).toMatchObject([
      { requestId: 'r-1', status: 'created', acceptedDateTime: '2026-12-01T08:00:00.000Z' },
    ]);
    expect(harness.sent).toEqual([]);
  });

  test('refuses a meeting that is over, by when the request was accepted', async () => {
    const harness = new QueueHarness();
    const past = { startDateTime: '2022-11-30T14:30:00Z', endDateTime: '2022-11-30T15:00:00Z' };
    await deliver(harness, { ...request, meeting: { ...request.meeting, ...past } });
    expect(harness.results.published).toMatchObject([
      { requestId: 'r-1', status: 'failed', error: { code: 'invalidRequest' } },
    ]);
    expect(harness.graph.calls).toEqual([]);
  });

  test('names every problem of a request, also that its meeting is over', async () => {
    const harness = new QueueHarness();
    const past = { startDateTime: '2022-11-30T14:30:00Z', endDateTime: '2022-11-30T15:00:00Z' };
    const wrong = {
      ...request,
      organizer: 'nobody',
      meeting: { ...request.meeting, ...past },
    };
    await deliver(harness, wrong);
    await deliver(harness, [wrong]);
    const problems = [
      { target: 'organizer' },
      { target: 'meeting.endDateTime', code: 'inThePast' },
    ];
    const refused = { status: 'failed', error: { details: problems } };
    expect(harness.results.published).toMatchObject([refused, refused]);
  });

  test('splits a list into messages of one request each', async () => {
    const harness = new QueueHarness();
    const { requestId: _, ...nameless } = request;
    await deliver(harness, [request, nameless], 'm-7');
    const metadata = { attempts: 0, acceptedDateTime: '2026-12-01T08:00:00.000Z' };
    expect(harness.sent).toEqual([
      { message: { ...request, metadata }, delayMs: 0 },
      { message: { ...request, requestId: 'm-7:1', metadata }, delayMs: 0 },
    ]);
    expect(harness.graph.calls).toEqual([]);
  });

  test.each([
    ['that cannot be used', 'x'.repeat(257)],
    ['that is no text', { id: 7 }],
  ])('gives a request of a list no other name than one %s', async (_name, requestId) => {
    const harness = new QueueHarness();
    await deliver(harness, [request, { ...request, requestId }], 'm-7');
    expect(harness.sent).toMatchObject([{ message: { requestId: 'r-1' } }]);
    expect(harness.results.published).toMatchObject([
      { requestId: 'm-7:1', status: 'failed', error: { code: 'invalidRequest' } },
    ]);
  });

  test('gives the same result for an unusable name at every delivery', async () => {
    const harness = new QueueHarness();
    const message = asMessage({ ...request, requestId: 'x'.repeat(257) });
    const handler = makeProcessMeetingRequestHandler(harness.queueDeps);
    await handler(message, invocation('m-7', 1));
    await handler(message, invocation('m-7', 2));
    expect(harness.sent).toEqual([]);
    expect(harness.results.published).toMatchObject([
      { requestId: 'm-7', status: 'failed' },
      { requestId: 'm-7', status: 'failed' },
    ]);
  });

  test('a refusal always fits into a message', async () => {
    const harness = new QueueHarness();
    const strange = Array.from({ length: 60 }, (_, index) => [`${'ж'.repeat(60)}${index}`, 1]);
    const metadata = { traceparent: 'x'.repeat(60_000), batchId: 'b'.repeat(60_000) };
    await deliver(harness, { ...request, ...Object.fromEntries(strange), metadata });
    const [result] = harness.results.published;
    expect(result).toMatchObject({ requestId: 'r-1', status: 'failed' });
    expect(toAsciiJson(result).length).toBeLessThanOrEqual(maxMessageBytes);
  });

  test('a list that is delivered again asks for the same requests again', async () => {
    const harness = new QueueHarness();
    const { requestId: _, ...nameless } = request;
    await deliver(harness, [nameless, nameless], 'm-7');
    await deliver(harness, [nameless, nameless], 'm-7');
    expect(harness.sent.map(({ message }) => (message as { requestId: string }).requestId)).toEqual(
      ['m-7:0', 'm-7:1', 'm-7:0', 'm-7:1'],
    );
  });

  test.each([
    ['Graph’s own time', new MeetingError('throttled', 'x', { retryAfterMs: 120_000 }), 120_000],
    ['a time of ours', new MeetingError('identityUnavailable', 'x'), 3_750],
  ])('puts a request back with %s, its attempts and its age', async (_name, error, delayMs) => {
    const harness = new QueueHarness();
    harness.graph.fault = (call) => (call === 'createOrGet' ? { before: error } : undefined);
    const started = harness.clock.now();
    await deliver(harness, request);
    expect(harness.sent).toMatchObject([
      {
        message: {
          ...request,
          metadata: {
            attempts: 1,
            acceptedDateTime: started.toISOString(),
            traceparent: expect.any(String) as string,
          },
        },
        delayMs,
      },
    ]);
    expect(harness.results.published).toEqual([]);
  });

  test('a row of a batch stays one when it is put back', async () => {
    const harness = new QueueHarness();
    harness.graph.fault = (call) =>
      call === 'createOrGet' ? { before: new MeetingError('throttled', 'x') } : undefined;
    const metadata = { batchId: 'b', index: 0, rowToken: rowTokenOf('b'), attempts: 0 };
    await deliver(harness, { ...request, metadata });
    harness.graph.fault = () => undefined;
    await deliver(harness, harness.sent[0]?.message);

    expect(harness.sent).toMatchObject([{ message: { metadata: { batchId: 'b', index: 0 } } }]);
    expect(harness.results.published).toMatchObject([
      { status: 'created', batchId: 'b', index: 0, attempts: 2 },
    ]);
  });

  test('a request that was put back continues where it stopped', async () => {
    const harness = new QueueHarness();
    harness.graph.fault = (call) =>
      call === 'createOrGet'
        ? { before: new MeetingError('throttled', 'x', { retryAfterMs: 60_000 }) }
        : undefined;
    await deliver(harness, request);
    harness.graph.fault = () => undefined;
    harness.clock.advance(60_000);
    await deliver(harness, harness.sent[0]?.message);
    expect(harness.results.published).toMatchObject([
      {
        requestId: 'r-1',
        status: 'created',
        attempts: 2,
        acceptedDateTime: '2026-12-01T08:00:00.000Z',
      },
    ]);
  });

  test('gives up a request that is older than a day', async () => {
    const harness = new QueueHarness();
    harness.graph.fault = (call) =>
      call === 'createOrGet'
        ? { before: new MeetingError('throttled', 'x', { retryAfterMs: 60_000 }) }
        : undefined;
    await deliver(harness, {
      ...request,
      metadata: { attempts: 900, acceptedDateTime: '2026-11-30T07:59:59.000Z' },
    });
    expect(harness.results.published).toMatchObject([
      { status: 'failed', error: { code: 'throttled' } },
    ]);
    expect(harness.sent).toEqual([]);
  });

  test('answers the same requestId for another meeting with a failed result', async () => {
    const harness = new QueueHarness();
    await deliver(harness, request);
    await deliver(harness, { ...request, meeting: { ...request.meeting, subject: 'Other' } });
    expect(harness.results.published).toMatchObject([
      { status: 'created' },
      { requestId: 'r-1', status: 'failed', error: { code: 'requestIdReused' } },
    ]);
    expect(harness.graph.meetings).toHaveLength(1);
  });

  test('reads a request that was too large for a message', async () => {
    const harness = new QueueHarness();
    harness.texts.set('text-1', JSON.stringify(request));
    await deliver(harness, { requestBlob: 'text-1' });
    await deliver(harness, { requestBlob: 'text-2' });
    expect(harness.results.published).toMatchObject([
      { requestId: 'r-1', status: 'created' },
      { requestId: 'message-1', error: { code: 'invalidMessage' } },
    ]);
  });

  test('leaves the message to the host when storage is unavailable', async () => {
    const harness = new QueueHarness();
    harness.results.failure = new Error('unforeseen');
    await expect(deliver(harness, request)).rejects.toThrow('unforeseen');
    harness.results.failure = undefined;
    await deliver(harness, request);
    expect(harness.results.published).toMatchObject([{ status: 'created' }]);
    expect(harness.graph.meetings).toHaveLength(1);
  });

  test('logs no join links, people or tokens', async () => {
    const harness = new QueueHarness();
    await deliver(harness, request);
    expect(JSON.stringify(harness.log.lines)).not.toMatch(/teams\.example|anna|Parent evening/);
  });
});
