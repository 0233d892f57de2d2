import { runBatch, type RunBatchDependencies } from '../../../src/batches/run/run-batch';
import { rowCapacity } from '../../../src/batches/run/carry-out-batch';
import { makeCapacity } from '../../../src/batches/run/capacity';
import {
  accepted,
  aRow,
  indexes,
  publishedIndexes,
  someRows,
  type BatchHarness,
} from '../../support/harness/batch-harness';
import { eventually } from '../../support/harness/eventually';

/** An instance that has room for small batches. */
const withRoom = (harness: BatchHarness): RunBatchDependencies => ({
  ...harness.deps,
  capacity: makeCapacity(rowCapacity),
});

const carriedOut = ({ carriedOut: messages }: BatchHarness): number[] =>
  messages.map(({ metadata }) => metadata.index);
const queued = ({ sent }: BatchHarness): number[] => sent.map(({ metadata }) => metadata.index);

describe('a small batch', () => {
  test('is carried out and reported by one delivery of its message, without the requests queue', async () => {
    const harness = await accepted([...someRows(250), aRow(250, { organizer: '' })]);
    await runBatch(harness.takeMessage(), withRoom(harness));

    expect(carriedOut(harness)).toEqual(indexes(250));
    expect(harness.carriedOut[249]).toMatchObject({
      requestId: 'row-249',
      organizer: 'anna@contoso.com',
      metadata: { batchId: harness.batch.batchId, index: 249, rowToken: 'token-2', attempts: 0 },
    });
    expect(harness.batch).toMatchObject({
      state: 'finished',
      counts: { created: 250, failed: 1 },
      openChunks: [],
    });
    expect(harness.completions.published).toHaveLength(1);
    expect([harness.sent, harness.queue.messages]).toEqual([[], []]);
  });

  test.each([
    { what: 'there is no room left', rows: 150, capacity: 149, window: 400 },
    { what: 'it is large', rows: 1_001, capacity: 200, window: 400 },
  ])('goes through the requests queue when $what', async ({ rows, capacity, window }) => {
    const harness = await accepted(someRows(rows));
    await runBatch(harness.takeMessage(), {
      ...harness.deps,
      capacity: makeCapacity(capacity),
      window,
    });
    expect([carriedOut(harness), queued(harness).slice(0, 3)]).toEqual([[], [0, 1, 2]]);
  });

  test('leaves the room that it took to the next one', async () => {
    const capacity = makeCapacity(200);
    for (const rows of [200, 500, 3]) {
      const harness = await accepted(someRows(rows));
      await runBatch(harness.takeMessage(), { ...harness.deps, capacity });
      expect(carriedOut(harness)).toEqual(indexes(rows));
    }
    expect([capacity.take(201), capacity.take(200)]).toEqual([false, true]);
  });

  test.each([
    [1_000, 400, 200],
    [1_000, 30, 30],
    [20, 400, 20],
  ])('of %i rows, with a window of %i, has %i under way', async (rows, window, expected) => {
    const harness = await accepted(someRows(rows));
    const deps = withRoom(harness);
    let [now, most] = [0, 0];
    const processRow = async (message: object): Promise<void> => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      await deps.processRow(message);
      now -= 1;
    };
    await runBatch(harness.takeMessage(), { ...deps, processRow, window });
    expect(most).toBe(expected);
  });

  test('puts a row that cannot be carried out now on the requests queue, and waits for it', async () => {
    const harness = await accepted(someRows(5));
    const deps = withRoom(harness);
    const processRow = async (message: { readonly requestId?: string }): Promise<void> => {
      if (message.requestId === 'row-3') throw new Error('Storage is away.');
      await deps.processRow(message);
    };
    await runBatch(harness.takeMessage(), { ...deps, processRow });
    expect([carriedOut(harness), queued(harness)]).toEqual([[0, 1, 2, 4], [3]]);
    expect(harness.batch).toMatchObject({ state: 'finished', counts: { created: 5 } });
  });

  test('sends a row once that takes so long that a later message waits for it', async () => {
    const harness = await accepted(someRows(5));
    const processRow = (): Promise<never> => Promise.reject(new Error('Storage is away.'));
    await runBatch(harness.takeMessage(), {
      ...harness.stillDeps,
      capacity: makeCapacity(rowCapacity),
      processRow,
    });
    await runBatch(harness.takeMessage(), harness.stillDeps);
    expect(queued(harness)).toEqual(indexes(5));
  });

  test('puts rows on the requests queue that have not begun after half a minute', async () => {
    const harness = await accepted(someRows(40));
    const deps = { ...withRoom(harness), window: 1 };
    const processRow = async (message: object): Promise<void> => {
      harness.time.advance(4_000);
      await deps.processRow(message);
    };
    await runBatch(harness.takeMessage(), { ...deps, processRow });
    expect(carriedOut(harness)).toEqual(indexes(8));
    expect(queued(harness)).toEqual(indexes(40).slice(8));
  });

  test('reports its progress while it is carried out', async () => {
    const harness = await accepted(someRows(3));
    const deps = withRoom(harness);
    const open: number[] = [];
    const processRow = async (message: object): Promise<void> => {
      open.push(harness.batch.openChunks.length);
      await deps.processRow(message);
    };
    await runBatch(harness.takeMessage(), { ...deps, processRow });
    expect(open).toEqual([1, 1, 1]);
  });

  test('that an instance left behind is not carried out again: its other rows go through the requests queue', async () => {
    const harness = await accepted(someRows(220));
    const message = harness.takeMessage();
    const deps = { ...withRoom(harness), window: 10 };
    const died = (request: { readonly requestId?: string }): Promise<void> =>
      request.requestId === 'row-9' ? new Promise(() => undefined) : deps.processRow(request);
    void runBatch(message, { ...deps, processRow: died });
    await eventually('all but the last row', () => harness.carriedOut.length === 219);
    await runBatch(message, withRoom(harness));
    expect(queued(harness)).toEqual([9]);
    expect(harness.batch).toMatchObject({ state: 'finished', counts: { created: 220 } });
  });

  describe.each(['before', 'after'] as const)('breaking off %s the effect of a call', (when) => {
    test('at any call, gives every row its result and reports the same end', async () => {
      for (let at = 0; ; at += 1) {
        const harness = await accepted([...someRows(12), aRow(12, { organizer: '' })]);
        harness.crash = { at: at + harness.calls, when };
        await harness.run({ capacity: makeCapacity(rowCapacity) });
        expect(publishedIndexes(harness)).toEqual(indexes(13));
        expect(harness.batch).toMatchObject({
          state: 'finished',
          counts: { created: 12, failed: 1 },
          openChunks: [],
        });
        expect(
          new Set(harness.completions.published.map((each) => JSON.stringify(each))).size,
        ).toBe(1);
        expect([harness.index.active.size, harness.index.finished.size]).toEqual([0, 1]);
        if (!harness.crashed) return;
      }
    });
  });
});

test('a chunk that was counted while it was sent again is not counted twice', async () => {
  const harness = await accepted(someRows(3));
  const message = harness.takeMessage();
  const deps = withRoom(harness);
  void runBatch(message, { ...deps, processRow: () => new Promise(() => undefined) });
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  let sent = 0;
  const send = async (request: object): Promise<void> => {
    await harness.deps.requests.send(request);
    if ((sent += 1) < 3) return;
    // All results arrive, and another instance writes to the batch, before the chunk is marked as sent.
    await harness.makeMeetings();
    const [stored] = harness.batches.rows.values();
    await harness.batches.replace(stored?.etag ?? '', { ...harness.batch });
  };
  await runBatch(message, { ...deps, requests: { send } });
  await harness.run();
  expect(harness.batch).toMatchObject({
    state: 'finished',
    counts: { created: 3 },
    openChunks: [],
  });
});
