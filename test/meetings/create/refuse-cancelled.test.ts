import { ledgerWith } from '../../support/fakes/fake-ledger';
import { makeBatchCache } from '../../../src/adapters/storage/batches/batch-cache';
import { MeetingError } from '../../../src/errors/meeting-error';
import type { Batch } from '../../../src/batches/batch';
import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { carryOut } from '../../../src/meetings/carry-out';
import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { retryRequest } from '../../../src/meetings/create/retry-request';
import {
  asMessage,
  invocation,
  QueueHarness,
  rowTokenOf,
} from '../../support/harness/queue-harness';

const cancelledBatch = 'b'.repeat(36);
const request = {
  requestId: 'evening-3a',
  organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  meeting: {
    subject: 'Evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};

/** A row of a batch as a message. */
const row = (index: number, batchId = cancelledBatch) =>
  asMessage({
    ...request,
    metadata: {
      batchId,
      index,
      rowToken: rowTokenOf(batchId),
      attempts: 0,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
    },
  });

const endings = (harness: QueueHarness): string[] =>
  harness.results.published.map(
    ({ index, status, error }) => `${index ?? '-'}: ${error?.code ?? status}`,
  );

/** Runs `meanwhile` just before a row of the batch is inserted, after the batch was found not to be cancelled. */
async function whileBeginning(
  harness: QueueHarness,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const { ledger } = harness;
  let begun = false;
  const process = makeProcessMeetingRequestHandler({
    ...harness.queueDeps,
    ledger: ledgerWith(ledger, {
      begin: async (entry) => {
        if (!begun) {
          begun = true;
          await meanwhile();
        }
        return ledger.begin(entry);
      },
    }),
  });
  await process(row(0), invocation('message-1'));
}

describe('a row of a cancelled batch', () => {
  test.each([
    ['another row', 1],
    ['a copy', 0],
  ])('has one end when %s is refused while it is being begun', async (_name, index) => {
    const harness = new QueueHarness();
    await whileBeginning(harness, async () => {
      harness.cancelled.add(cancelledBatch);
      const process = makeProcessMeetingRequestHandler(harness.queueDeps);
      await process(row(index), invocation('message-2'));
    });
    expect(endings(harness)).toEqual([`${index}: cancelled`, '0: cancelled']);
    expect(harness.graph.meetings).toEqual([]);
  });

  test('runs to its end when it was begun first, even if it is refused then', async () => {
    const harness = new QueueHarness();
    const process = makeProcessMeetingRequestHandler(harness.queueDeps);
    await process(row(0), invocation('message-1'));
    harness.cancelled.add(cancelledBatch);
    await process(row(0), invocation('message-2'));
    expect(endings(harness)).toEqual(['0: created', '0: created']);
  });

  test('is refused by an instance that still goes by what it knew two seconds ago', async () => {
    const harness = new QueueHarness();
    let cancelledDateTime: string | undefined;
    const batches = {
      read: async () => ({ etag: '1', batch: { cancelledDateTime } as Batch }),
    };
    const instance = () =>
      makeProcessMeetingRequestHandler({
        ...harness.queueDeps,
        ...makeBatchCache(batches, harness.clock),
      });
    const [late, early] = [instance(), instance()];
    await late(asMessage({ ...request, requestId: 'other' }), invocation('message-0'));
    await late(
      asMessage({
        ...request,
        requestId: 'another',
        metadata: {
          batchId: cancelledBatch,
          index: 7,
          attempts: 0,
          acceptedDateTime: '2026-12-01T08:00:00.000Z',
        },
      }),
      invocation('message-1'),
    );
    cancelledDateTime = '2026-12-01T08:00:01.000Z';
    await early(row(0), invocation('message-2'));
    await late(row(0), invocation('message-3'));
    expect(endings(harness).slice(2)).toEqual(['0: cancelled', '0: cancelled']);
  });

  test('is known to be one two seconds later by every instance', async () => {
    const harness = new QueueHarness();
    let cancelledDateTime: string | undefined;
    let reads = 0;
    const read = async () => {
      reads += 1;
      return { etag: '1', batch: { cancelledDateTime } as Batch };
    };
    const { isCancelled } = makeBatchCache({ read }, harness.clock);
    expect(await isCancelled(cancelledBatch)).toBe(false);
    cancelledDateTime = '2026-12-01T08:00:01.000Z';
    harness.clock.advance(1_900);
    expect(await isCancelled(cancelledBatch)).toBe(false);
    expect(reads).toBe(1);
    harness.clock.advance(200);
    expect(await isCancelled(cancelledBatch)).toBe(true);
  });
});

describe('the requestId of a row that was cancelled', () => {
  async function afterCancellation(...batchIds: readonly string[]): Promise<QueueHarness> {
    const harness = new QueueHarness();
    for (const batchId of batchIds) harness.cancelled.add(batchId);
    const process = makeProcessMeetingRequestHandler(harness.queueDeps);
    for (const batchId of batchIds) await process(row(0, batchId), invocation());
    return harness;
  }
  const other = 'c'.repeat(36);

  test('is free for a request from another source, whatever its content', async () => {
    const harness = await afterCancellation(cancelledBatch);
    const changed = { ...request, meeting: { ...request.meeting, subject: 'Morning' } };
    const { result } = await createMeeting(changed, harness.metadata(), harness.deps);
    expect(result).toMatchObject({ status: 'created', attempts: 1 });
    expect(harness.graph.meetings).toMatchObject([{ subject: 'Morning' }]);
  });

  test('is free for a row of another batch', async () => {
    const harness = await afterCancellation(cancelledBatch);
    await makeProcessMeetingRequestHandler(harness.queueDeps)(row(3, other), invocation());
    expect(endings(harness)).toEqual(['0: cancelled', '3: created']);
  });

  test('gives one meeting to two requests that come at once', async () => {
    const harness = await afterCancellation(cancelledBatch);
    const outcomes = await Promise.all(
      [1, 2].map(() => createMeeting(request, harness.metadata(), harness.deps)),
    );
    expect(new Set(outcomes.map(({ result }) => result.meeting?.id)).size).toBe(1);
    expect(harness.graph.meetings).toHaveLength(1);
  });

  test.each([
    ['knows of the cancellation', true],
    ['does not know of it yet', false],
  ])(
    'stays refused to a copy once another sender has begun it: the instance %s',
    async (_, knows) => {
      const harness = await afterCancellation(cancelledBatch);
      await createMeeting(request, harness.metadata(), harness.deps);
      if (!knows) harness.cancelled.clear();
      await makeProcessMeetingRequestHandler(harness.queueDeps)(row(0), invocation());
      expect(endings(harness)).toEqual(['0: cancelled', '-: created', '0: cancelled']);
    },
  );

  test('is that of its row again once a person has retried it', async () => {
    const harness = await afterCancellation(cancelledBatch);
    const { requestId } = request;
    const retry = { requestId, confirmed: false, metadata: harness.metadata() };
    await retryRequest(retry, harness.deps);
    await makeProcessMeetingRequestHandler(harness.queueDeps)(row(0), invocation());
    expect(endings(harness)).toEqual(['0: cancelled', '0: created', '0: created']);
  });

  test.each([cancelledBatch, other])(
    'stays refused to late copies of each batch that was cancelled: %s',
    async (batchId) => {
      const harness = await afterCancellation(cancelledBatch, other);
      harness.cancelled.clear();
      await makeProcessMeetingRequestHandler(harness.queueDeps)(row(0, batchId), invocation());
      expect(endings(harness)).toEqual(['0: cancelled', '0: cancelled', '0: cancelled']);
      expect(harness.results.published.at(-1)).toMatchObject({ batchId, index: 0, attempts: 0 });
    },
  );
});

describe('a change in a row of a cancelled batch', () => {
  const changeOf = (revision: number) => ({
    requestId: request.requestId,
    organizer: '',
    action: 'update' as const,
    revision,
    meeting: { subject: `Revision ${revision}` },
  });
  const changeRow = (revision: number) =>
    asMessage({
      ...changeOf(revision),
      metadata: {
        batchId: cancelledBatch,
        index: revision,
        rowToken: rowTokenOf(cancelledBatch),
        attempts: 0,
        acceptedDateTime: '2026-12-01T08:00:00.000Z',
      },
    });
  const cancelRow = asMessage({
    requestId: request.requestId,
    action: 'cancel',
    revision: 2,
    metadata: {
      batchId: cancelledBatch,
      index: 2,
      rowToken: rowTokenOf(cancelledBatch),
      attempts: 0,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
    },
  });
  const process = (harness: QueueHarness, message: ReturnType<typeof asMessage>) =>
    makeProcessMeetingRequestHandler(harness.queueDeps)(message, invocation());

  test.each<[string, MeetingError]>([
    ['throttled', new MeetingError('throttled', 'Slow.', { retryAfterMs: 60_000 })],
    ['not found', new MeetingError('meetingNotFound', 'Not there.')],
  ])(
    'is carried to its end when it may be in effect already, though Graph’s last word was: %s',
    async (_, lastWord) => {
      const harness = new QueueHarness();
      await createMeeting(request, harness.metadata(), harness.deps);
      const answers = [
        { after: new MeetingError('graphUnavailable', 'Lost.', { executed: 'unknown' }) },
      ];
      harness.graph.fault = () => answers.shift() ?? { before: lastWord };
      await process(harness, cancelRow);
      expect(harness.graph.meetings).toEqual([]);
      harness.cancelled.add(cancelledBatch);
      harness.graph.fault = () => undefined;
      harness.clock.advance(120_000);
      await process(harness, cancelRow);
      expect(harness.results.published.at(-1)).toMatchObject({
        index: 2,
        status: 'cancelled',
        error: null,
      });
    },
  );

  test.each([
    ['knows of the cancellation', true],
    ['does not know of it yet', false],
  ])(
    'is free for another sender, and stays refused to the row: the instance %s',
    async (_, knows) => {
      const harness = new QueueHarness();
      harness.cancelled.add(cancelledBatch);
      await createMeeting(request, harness.metadata(), harness.deps);
      await process(harness, changeRow(1));
      const { result } = await carryOut(changeOf(1), harness.metadata(), harness.deps);
      expect(result).toMatchObject({ status: 'updated', meeting: { subject: 'Revision 1' } });
      if (!knows) harness.cancelled.clear();
      await process(harness, changeRow(1));
      expect(endings(harness)).toEqual([
        '-: created',
        '1: cancelled',
        '-: updated',
        '1: cancelled',
      ]);
    },
  );

  test('has its own revision in its result, whichever row was refused first', async () => {
    const harness = new QueueHarness();
    harness.cancelled.add(cancelledBatch);
    await process(harness, changeRow(2));
    await process(harness, changeRow(1));
    expect(harness.results.published).toMatchObject([
      { index: 2, revision: 2, error: { code: 'cancelled' } },
      { index: 1, revision: 1, error: { code: 'cancelled' } },
    ]);
  });

  test('stays refused once the request itself is cancelled', async () => {
    const harness = new QueueHarness();
    harness.cancelled.add(cancelledBatch);
    await process(harness, changeRow(1));
    const cancel = { ...changeOf(3), action: 'cancel' as const, meeting: {} };
    await carryOut(cancel, harness.metadata(), harness.deps);
    await process(harness, changeRow(1));
    expect(endings(harness)).toEqual(['1: cancelled', '-: cancelled', '1: cancelled']);
  });

  test('that came after the request was cancelled ends alike when its batch is cancelled too', async () => {
    const harness = new QueueHarness();
    const cancel = { ...changeOf(3), action: 'cancel' as const, meeting: {} };
    await createMeeting(request, harness.metadata(), harness.deps);
    await carryOut(cancel, harness.metadata(), harness.deps);
    await process(harness, changeRow(1));
    harness.cancelled.add(cancelledBatch);
    await process(harness, changeRow(1));
    expect(endings(harness).slice(2)).toEqual(['1: requestCancelled', '1: requestCancelled']);
  });

  test('is made when it was begun first', async () => {
    const harness = new QueueHarness();
    await createMeeting(request, harness.metadata(), harness.deps);
    await process(harness, changeRow(1));
    harness.cancelled.add(cancelledBatch);
    await process(harness, changeRow(1));
    expect(endings(harness)).toEqual(['-: created', '1: updated', '1: updated']);
  });
});
