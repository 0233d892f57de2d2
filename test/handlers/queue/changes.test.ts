import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../src/handlers/queue/process-poison-request';
import {
  asMessage,
  invocation,
  QueueHarness,
  rowTokenOf,
} from '../../support/harness/queue-harness';

const requestId = 'enrolment-2026-0017';
const create = {
  requestId,
  organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};
const rename = { requestId, action: 'update', meeting: { subject: 'Renamed' } };
const insertionTime = '2026-12-01T07:59:00.000Z';

const process = (harness: QueueHarness, message: object, deliveries = 1): Promise<void> =>
  makeProcessMeetingRequestHandler(harness.queueDeps)(
    asMessage(message),
    invocation('message-1', deliveries, insertionTime),
  );

function bury(harness: QueueHarness, message: object, deliveries = 1): Promise<void> {
  const poison = { sendText: () => Promise.reject(new Error('It was put back.')) };
  const handler = makeProcessPoisonRequestHandler({ ...harness.queueDeps, poison });
  return handler(asMessage(message), invocation('dead-1', deliveries, insertionTime));
}

const endings = ({ results }: QueueHarness): string[] =>
  results.published.map(
    ({ status, revision, error }) => `${revision ?? '-'} ${error?.code ?? status}`,
  );

const inserted = Date.parse(insertionTime);

test('a change without a revision is ordered by when its message was sent', async () => {
  const harness = new QueueHarness();
  await process(harness, create);
  await process(harness, rename);
  await process(harness, rename);
  expect(endings(harness)).toEqual(['- created', `${inserted} updated`, `${inserted} updated`]);
  expect(harness.graph.calls).toEqual(['createOrGet', 'update']);
});

test('a change that comes before its request waits for it, for ten minutes', async () => {
  const harness = new QueueHarness();
  await process(harness, rename);
  expect(harness.sent).toMatchObject([{ message: { ...rename, metadata: { attempts: 1 } } }]);
  expect(harness.results.published).toEqual([]);
  harness.clock.advance(600_000);
  await process(harness, rename);
  expect(endings(harness)).toEqual([`${inserted} requestNotFound`]);
  await process(harness, create);
  await process(harness, rename);
  expect(endings(harness).slice(1)).toEqual(['- created', `${inserted} requestNotFound`]);
});

test('a change that was delivered in vain takes its time with it into a message of its own', async () => {
  const harness = new QueueHarness();
  await process(harness, create);
  await process(harness, rename, 2);
  expect(harness.sent).toMatchObject([
    { message: { ...rename, metadata: { acceptedDateTime: insertionTime } } },
  ]);
  await process(harness, { ...rename, revision: 7 }, 2);
  expect(endings(harness)).toEqual(['- created', '7 updated']);
});

describe('a dead message', () => {
  test('with a change whose order is no longer known fails, and the meeting stays unchanged', async () => {
    const harness = new QueueHarness();
    await process(harness, create);
    await bury(harness, rename);
    expect(endings(harness)).toEqual(['- created', `${inserted} processingFailed`]);
    expect(harness.graph.meetings).toMatchObject([{ subject: 'Parent evening' }]);
  });

  test('with a change that has its order is tried once more', async () => {
    const harness = new QueueHarness();
    await process(harness, create);
    await bury(harness, { ...rename, revision: 7 });
    expect(endings(harness)).toEqual(['- created', '7 updated']);
  });

  test('whose attempts all died ends without a call, and leaves no change open', async () => {
    const harness = new QueueHarness();
    await process(harness, create);
    await bury(harness, { ...rename, revision: 7 }, 2);
    expect(endings(harness)).toEqual(['- created', '7 processingFailed']);
    expect((await harness.ledger.read(requestId))?.entry.pending).toBeUndefined();
  });

  test('of a meeting that is over makes none', async () => {
    const harness = new QueueHarness();
    harness.clock.advance(30 * 86_400_000);
    const late = { ...create, metadata: { acceptedDateTime: harness.clock.now().toISOString() } };
    const handler = makeProcessPoisonRequestHandler({
      ...harness.queueDeps,
      poison: { sendText: () => Promise.reject(new Error('It was put back.')) },
    });
    await handler(asMessage(late), invocation('dead-1', 1));
    expect(endings(harness)).toEqual(['- invalidRequest']);
    expect(harness.graph.meetings).toEqual([]);
  });
});

describe('a change in a row of a cancelled batch', () => {
  const row = {
    ...rename,
    revision: 7,
    metadata: { batchId: 'batch-1', index: 0, rowToken: rowTokenOf('batch-1') },
  };

  test('is refused, and stays refused', async () => {
    const harness = new QueueHarness();
    await process(harness, create);
    harness.cancelled.add('batch-1');
    await process(harness, row);
    harness.cancelled.clear();
    await process(harness, row);
    expect(endings(harness)).toEqual(['- created', '7 cancelled', '7 cancelled']);
    expect(harness.graph.calls).toEqual(['createOrGet']);
  });

  test('that was made before keeps its result', async () => {
    const harness = new QueueHarness();
    await process(harness, create);
    await process(harness, row);
    harness.cancelled.add('batch-1');
    await process(harness, row);
    expect(endings(harness)).toEqual(['- created', '7 updated', '7 updated']);
  });
});
