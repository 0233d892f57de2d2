import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../src/handlers/queue/process-poison-request';
import { MeetingError } from '../../../src/errors/meeting-error';
import { aPasscodeRequest, aRequest } from '../../support/harness/core-harness';
import {
  asMessage,
  invocation,
  QueueHarness,
  rowTokenOf,
} from '../../support/harness/queue-harness';

const { requestId: _, ...nameless } = aRequest;
const refused = new MeetingError('accessDenied', 'No.');
const throttled = new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });
const unreachable = new MeetingError('storageUnavailable', 'Storage did not answer.');

class PoisonHarness extends QueueHarness {
  readonly putBack: string[] = [];

  process(message: unknown, deliveries = 1): Promise<void> {
    const sendText = (text: string): Promise<void> => {
      this.putBack.push(text);
      return Promise.resolve();
    };
    const handler = makeProcessPoisonRequestHandler({ ...this.queueDeps, poison: { sendText } });
    return handler(asMessage(message), invocation('dead-1', deliveries));
  }
}

describe('a dead message', () => {
  test.each([
    ['no JSON', 'Hello, is this a meeting?', 'dead-1', 'invalidMessage'],
    ['nothing', '', 'dead-1', 'invalidMessage'],
    ['an empty list', [], 'dead-1', 'invalidMessage'],
    ['a reference to a text that is gone', { requestBlob: 'text-9' }, 'dead-1', 'invalidMessage'],
    [
      'a request with a mistake',
      { ...aRequest, organizer: '' },
      aRequest.requestId,
      'invalidRequest',
    ],
  ])('with %s gets a failed result with its text', async (_name, message, requestId, code) => {
    const poison = new PoisonHarness();
    await poison.process(message);
    const text = typeof message === 'string' ? message : JSON.stringify(message);

    expect(poison.results.published).toMatchObject([
      { requestId, status: 'failed', error: { code }, original: { text } },
    ]);
  });

  test('with a long text keeps the text in a blob', async () => {
    const poison = new PoisonHarness();
    const text = 'x'.repeat(9_000);
    await poison.process(text);

    expect(poison.results.published).toMatchObject([
      { status: 'failed', original: { blob: 'text-1' } },
    ]);
    expect(poison.texts.get('text-1')).toBe(text);
  });

  test('with a long text in another script keeps the text in a blob', async () => {
    const poison = new PoisonHarness();
    await poison.process('会'.repeat(3_000));

    expect(poison.results.published).toMatchObject([{ original: { blob: 'text-1' } }]);
  });

  test('with a list becomes messages of one request each; what has no name is not tried', async () => {
    const poison = new PoisonHarness();
    await poison.process([aRequest, nameless, 7]);

    expect(poison.graph.calls).toEqual([]);
    expect(poison.sent).toMatchObject([{ message: { requestId: aRequest.requestId }, delayMs: 0 }]);
    expect(poison.results.published).toMatchObject([
      { requestId: 'dead-1:1', status: 'unknown' },
      { requestId: 'dead-1:2', status: 'failed' },
    ]);
  });

  test('with a request in an event, which has made its meeting, keeps the result of the event', async () => {
    const poison = new PoisonHarness();
    const event = { specversion: '1.0', type: 't', source: '/x', id: '1', data: nameless };
    await makeProcessMeetingRequestHandler(poison.queueDeps)(asMessage(event), invocation());
    await poison.process(event);

    const created = { requestId: 'event:/x:1', status: 'created' };
    expect(poison.results.published).toMatchObject([created, created]);
    expect(poison.graph.meetings).toHaveLength(1);
  });

  test('with a row of a cancelled batch that never began makes no meeting', async () => {
    const poison = new PoisonHarness();
    poison.cancelled.add('batch-1');
    const rowToken = rowTokenOf('batch-1');
    const metadata = { batchId: 'batch-1', index: 3, rowToken, attempts: 0 };
    await poison.process({ ...aRequest, metadata });

    expect(poison.graph.calls).toEqual([]);
    expect(poison.results.published).toMatchObject([
      { status: 'failed', error: { code: 'cancelled' }, batchId: 'batch-1', index: 3 },
    ]);
  });

  test('with a request is tried once more', async () => {
    const poison = new PoisonHarness();
    await poison.process(aRequest);

    expect(poison.results.published).toMatchObject([{ status: 'created' }]);
    expect(poison.results.published[0]).not.toHaveProperty('original');
  });

  test('says what it was when Graph refuses it', async () => {
    const poison = new PoisonHarness();
    poison.graph.fault = (call) => (call === 'createOrGet' ? { before: refused } : undefined);
    await poison.process(aRequest);

    expect(poison.results.published).toMatchObject([
      {
        status: 'failed',
        error: { code: 'accessDenied' },
        original: { text: JSON.stringify(aRequest) },
      },
    ]);
  });

  test('continues like any other while Graph throttles', async () => {
    const poison = new PoisonHarness();
    poison.graph.fault = (call) => (call === 'createOrGet' ? { before: throttled } : undefined);
    await poison.process(aRequest);

    expect(poison.results.published).toEqual([]);
    expect(poison.sent).toMatchObject([
      { message: { requestId: aRequest.requestId, metadata: { attempts: 1 } }, delayMs: 60_000 },
    ]);
  });

  test('under the requestId of another request fails, and leaves the other one as it is', async () => {
    const poison = new PoisonHarness();
    await poison.process(aRequest);
    const other = { ...aRequest, meeting: { ...aRequest.meeting, subject: 'Another' } };
    await poison.process(other);
    await poison.process(other, 2);

    const failed = {
      requestId: aRequest.requestId,
      status: 'failed',
      error: { code: 'requestIdReused' },
      original: { text: JSON.stringify(other) },
    };
    expect(poison.results.published).toMatchObject([{ status: 'created' }, failed, failed]);
    expect(poison.graph.meetings).toMatchObject([{ subject: 'Parent evening' }]);
  });

  test('that kills the last attempt too fails for good, in the ledger as well', async () => {
    const poison = new PoisonHarness();
    await poison.process(aRequest, 2);
    await makeProcessMeetingRequestHandler(poison.queueDeps)(asMessage(aRequest), invocation());

    expect(poison.graph.meetings).toEqual([]);
    expect(poison.results.published).toMatchObject([
      { status: 'failed', error: { code: 'processingFailed' } },
      { status: 'failed', error: { code: 'processingFailed' } },
    ]);
  });

  test('whose create was under way when its instance died is reported as unknown', async () => {
    const poison = new PoisonHarness();
    poison.graph.create = () => new Promise(() => undefined);
    void makeProcessMeetingRequestHandler(poison.queueDeps)(
      asMessage(aPasscodeRequest),
      invocation(),
    );
    await new Promise(setImmediate);
    poison.clock.advance(600_000);
    await poison.process(aPasscodeRequest, 2);

    expect(poison.results.published).toMatchObject([
      { status: 'unknown', error: { code: 'outcomeUnknown' }, original: {} },
    ]);
  });

  test('without a requestId is not tried: an earlier try may have made its meeting', async () => {
    const poison = new PoisonHarness();
    await poison.process(nameless);

    expect(poison.graph.calls).toEqual([]);
    expect(poison.results.published).toMatchObject([
      { requestId: 'dead-1', status: 'unknown', original: { text: JSON.stringify(nameless) } },
    ]);
    // The ledger has no row under the id of the dead message, so a retry by id would find nothing.
    expect(poison.results.published[0]?.error?.remedy).not.toContain('/retry');
  });

  test('that cannot be processed now goes back as a new one', async () => {
    const poison = new PoisonHarness();
    poison.results.failure = unreachable;
    await poison.process(aRequest);

    expect(poison.putBack).toEqual([JSON.stringify(aRequest)]);
    expect(poison.log.lines.at(-1)).toEqual({
      event: 'poison.put-back',
      fields: { messageId: 'dead-1', code: 'storageUnavailable' },
    });
  });

  test.each([3, 4, 5])('at delivery %i goes back, and nothing else happens', async (deliveries) => {
    const poison = new PoisonHarness();
    await poison.process(aRequest, deliveries);

    expect(poison.putBack).toEqual([JSON.stringify(aRequest)]);
    expect(poison.results.published).toEqual([]);
  });
});

describe('a message of the requests queue', () => {
  test('without a requestId is sent again with its id once it has failed', async () => {
    const queue = new QueueHarness();
    await makeProcessMeetingRequestHandler(queue.queueDeps)(
      asMessage(nameless),
      invocation('m-7', 2),
    );

    expect(queue.graph.calls).toEqual([]);
    expect(queue.sent).toMatchObject([{ message: { ...nameless, requestId: 'm-7' }, delayMs: 0 }]);
  });

  test('is given again when its stored text cannot be read now', async () => {
    const queue = new QueueHarness();
    const messages = { ...queue.queueDeps.messages, load: () => Promise.reject(unreachable) };
    const handler = makeProcessMeetingRequestHandler({ ...queue.queueDeps, messages });

    await expect(handler(asMessage({ requestBlob: 'text-1' }), invocation())).rejects.toThrow(
      unreachable,
    );
    expect(queue.results.published).toEqual([]);
  });
});
