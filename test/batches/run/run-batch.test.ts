import { runBatch } from '../../../src/batches/run/run-batch';
import type { Batch } from '../../../src/batches/batch';
import { claimBatch } from '../../../src/batches/run/claim-batch';
import {
  aRow,
  asBody,
  BatchHarness,
  created,
  someRows,
  type Crash,
} from '../../support/harness/batch-harness';

async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const world = new BatchHarness();
  await world.accept({ body: asBody(rows) });
  return world;
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const publishedIndexes = (world: BatchHarness): number[] =>
  [...new Set(world.results.published.map(({ index = -1 }) => index))].sort((a, b) => a - b);

describe('runBatch', () => {
  test('sends every row once and says once that the batch is through', async () => {
    const world = await accepted(someRows(1050));
    await world.run();

    expect(world.sent.map(({ metadata }) => metadata.index)).toEqual(indexes(1050));
    expect(world.sent[0]).toMatchObject({
      requestId: 'row-0',
      organizer: 'anna@contoso.com',
      metadata: { batchId: world.batch.batchId, index: 0, attempts: 0 },
    });
    expect(world.batch).toMatchObject({
      state: 'finished',
      counts: { created: 1050 },
      openChunks: [],
    });
    expect(world.completions.published).toEqual([
      {
        type: 'batchCompleted',
        batchId: world.batch.batchId,
        counts: { total: 1050, rejected: 0, created: 1050, existing: 0, failed: 0, unknown: 0 },
        cancelled: false,
        acceptedDateTime: '2026-12-01T08:00:00.000Z',
        startedDateTime: '2026-12-01T08:00:00.000Z',
        completedDateTime: world.batch.completedDateTime,
      },
    ]);
    expect([world.index.active.size, world.index.finished.size]).toEqual([0, 1]);
  });

  test('gives rows without an id one of the batch, and wrong rows their result at once', async () => {
    const world = await accepted([aRow(0, { requestId: '' }), aRow(1, { organizer: '' })]);
    await world.run();

    expect(world.sent.map(({ requestId }) => requestId)).toEqual([`${world.batch.batchId}:0`]);
    expect(world.results.published).toMatchObject([
      {
        requestId: 'row-1',
        index: 1,
        status: 'failed',
        error: {
          code: 'invalidRequest',
          target: 'organizer',
          message: expect.stringMatching(/^Row 2, organizer: /),
        },
      },
      { requestId: `${world.batch.batchId}:0`, index: 0, status: 'created' },
    ]);
    expect(world.batch).toMatchObject({
      counts: { created: 1, failed: 1 },
      firstErrors: [{ index: 1, requestId: 'row-1', code: 'invalidRequest' }],
    });
  });

  test('has no more than the window of rows outstanding', async () => {
    const world = await accepted(someRows(1000));
    const outstanding: number[] = [];
    const deps = {
      ...world.deps,
      clock: {
        now: () => world.time.now(),
        sleep: async (milliseconds: number): Promise<void> => {
          outstanding.push(world.sent.length - world.results.published.length);
          await world.makeMeetings(30);
          world.time.advance(milliseconds);
        },
      },
    };
    await runBatch(world.takeMessage(), deps);
    expect(Math.max(...outstanding)).toBe(400);
    expect(Math.min(...outstanding.slice(0, 10))).toBeGreaterThan(300);
  });

  test('leaves a batch that does not move to a later message, and looks less and less often', async () => {
    const world = await accepted(someRows(10));
    const pauses: number[] = [];
    for (let message = 0; message < 8; message += 1) {
      await runBatch(world.takeMessage(), world.stillDeps);
      const delayMs = world.queue.messages[0]?.delayMs ?? 0;
      pauses.push(delayMs);
      world.time.advance(delayMs + 20_000);
    }
    expect(pauses.slice(0, 2)).toEqual([1000, 6000]);
    expect(pauses.at(-1)).toBe(15_000);
  });

  test('sends rows again that have had no result for two hours, and then waits twice as long each time', async () => {
    const world = await accepted(someRows(3));
    await runBatch(world.takeMessage(), world.stillDeps);
    await world.deps.results.publish(created('row-1', { batchId: world.batch.batchId, index: 1 }));
    const sentAt: number[] = [];
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      const before = world.sent.length;
      world.time.advance(10 * 60_000);
      await runBatch(world.takeMessage(), world.stillDeps);
      if (world.sent.length > before) sentAt.push(Math.round(minutes / 60));
    }
    expect(sentAt).toEqual([2, 4, 8, 17]);
    expect(world.sent.slice(3, 5).map(({ requestId }) => requestId)).toEqual(['row-0', 'row-2']);
    expect(world.sent).toHaveLength(3 + 4 * 2);
  });

  test('does not send rows again that have their result, when the instance died before it recorded their chunk', async () => {
    const world = await accepted(someRows(5));
    const message = world.takeMessage();
    world.crash = { at: world.calls + callsUntilSent + 5, when: 'before' };
    await expect(runBatch(message, world.stillDeps)).rejects.toThrow('crash');
    world.crash = undefined;
    expect([world.sent.length, world.batch.sentChunks]).toEqual([5, 0]);
    await world.makeMeetings(3);
    await runBatch(message, world.stillDeps);
    expect(world.sent.slice(5).map(({ requestId }) => requestId)).toEqual(['row-3', 'row-4']);
  });

  describe.each(['before', 'after'] as const)('breaking off %s the effect of a call', (when) => {
    test('anywhere, gives every row its result and says the same at the end', async () => {
      for (let at = 0; ; at += 1) {
        const world = await accepted([...someRows(220), aRow(220, { organizer: '' })]);
        world.crash = { at: at + callsOfAcceptance, when } satisfies Crash;
        await world.run();
        expect(publishedIndexes(world)).toEqual(indexes(221));
        expect(world.batch).toMatchObject({
          state: 'finished',
          counts: { created: 220, failed: 1 },
        });
        expect(new Set(world.completions.published.map((each) => JSON.stringify(each))).size).toBe(
          1,
        );
        expect([world.index.active.size, world.index.finished.size]).toEqual([0, 1]);
        if (!world.crashed) return;
      }
    });
  });

  test('of two messages with one sequence only the first is worked on, and of older ones none', async () => {
    const world = await accepted(someRows(3));
    const first = world.takeMessage();
    const message = { ...first, sequence: 4 };
    await runBatch({ ...message, messageId: 'mine' }, world.stillDeps);
    await runBatch({ ...message, messageId: 'theirs' }, world.stillDeps);
    await runBatch(first, world.stillDeps);
    expect(world.queue.messages).toMatchObject([{ sequence: 5 }]);
    expect(world.sent).toHaveLength(3);
    expect(world.batch.lease).toMatchObject({ sequence: 4, messageId: 'mine' });
  });

  test('two at once end with one that goes on, and the same end', async () => {
    const world = await accepted(someRows(450));
    const message = world.takeMessage();
    await Promise.all([
      runBatch(message, world.deps),
      runBatch({ ...message, sequence: 2, messageId: 'other' }, world.deps),
    ]);
    await world.run();
    expect(world.batch).toMatchObject({ state: 'finished', counts: { created: 450 } });
    expect(publishedIndexes(world)).toEqual(indexes(450));
    expect(new Set(world.completions.published.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  /** The first instance stops within one put until the other, which got the same message, has counted that chunk. */
  test.each([
    [250, 100],
    [1050, 400],
  ])(
    'one message at two instances counts each of %i rows once, window %i',
    async (rows, window) => {
      const world = await accepted(someRows(rows));
      const message = world.takeMessage();
      const slowPut = Promise.withResolvers<void>();
      let slow = true;
      const first = runBatch(message, {
        ...world.deps,
        window,
        requests: {
          send: async (request: object): Promise<void> => {
            if (slow) await slowPut.promise;
            await world.deps.requests.send(request);
          },
        },
      });
      const second = runBatch(message, {
        ...world.deps,
        window,
        clock: {
          now: () => world.time.now(),
          sleep: async (milliseconds: number): Promise<void> => {
            await world.makeMeetings();
            world.time.advance(milliseconds);
            if (world.batch.sentChunks - world.batch.openChunks.length === 0) return;
            slow = false;
            slowPut.resolve();
            await first;
          },
        },
      });
      await Promise.all([first, second]);
      await world.run();
      expect(publishedIndexes(world)).toEqual(indexes(rows));
      expect(world.completions.published).toMatchObject([
        { counts: { total: rows, created: rows } },
      ]);
      expect(world.batch.counts).toMatchObject({ created: rows });
    },
  );

  test('the instance that lost the batch writes nothing to it any more and puts no message on the queue', async () => {
    const world = await accepted(someRows(150));
    const message = world.takeMessage();
    let taken: Batch | undefined;
    await runBatch(message, {
      ...world.stillDeps,
      requests: {
        send: async (request: object): Promise<void> => {
          await world.deps.requests.send(request);
          taken ??= (await claimBatch(message, world.stillDeps))?.batch;
        },
      },
    });
    expect(taken).toMatchObject({ sentChunks: 0, openChunks: [] });
    expect(world.batch).toEqual(taken);
    expect(world.queue.messages).toEqual([]);
  });

  test.each(['completing', 'finished'] as const)(
    'writes nothing of its own to a batch that is %s',
    async (state) => {
      const world = await accepted(someRows(3));
      const message = world.takeMessage();
      const [stored] = world.batches.rows.values();
      const counts = { created: 3, existing: 0, failed: 0, unknown: 0 };
      const completedDateTime = '2026-12-01T08:00:05.000Z';
      const ended = { ...world.batch, state, counts, completedDateTime };
      await world.batches.replace(stored?.etag ?? '', ended);
      await runBatch(message, world.deps);
      expect(world.batch).toEqual({ ...ended, state: 'finished' });
      expect([...world.index.finished.values()]).toMatchObject([{ completedDateTime }]);
      expect([world.sent, world.queue.messages]).toEqual([[], []]);
    },
  );
});

/** Reading and claiming the batch, reading it anew, what is known of its first chunk, and the chunk. */
const callsUntilSent = 5;

/** read (none: no key), chunk…, blob, list, row, message. */
const callsOfAcceptance = 3 + 1 + 3;
