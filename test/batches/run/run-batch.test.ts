import { cancelBatch } from '../../../src/batches/run/cancel-batch';
import { runBatch } from '../../../src/batches/run/run-batch';
import { resumeStalledBatches } from '../../../src/batches/run/resume-stalled-batches';
import {
  aRow,
  asBody,
  BatchWorld,
  created,
  someRows,
  type Crash,
} from '../../support/harness/batch-harness';

async function accepted(rows: readonly object[]): Promise<BatchWorld> {
  const world = new BatchWorld();
  await world.accept({ body: asBody(rows) });
  return world;
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const publishedIndexes = (world: BatchWorld): number[] =>
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
      tally: { created: 1050 },
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
      tally: { created: 1, failed: 1 },
      firstErrors: [{ index: 1, requestId: 'row-1', code: 'invalidRequest' }],
    });
  });

  test('has no more than the window of rows outstanding', async () => {
    const world = await accepted(someRows(1000));
    const [message] = world.announcer.messages;
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
    await runBatch(world.batch.batchId, message?.turn ?? { number: 1, ticket: '' }, deps);
    expect(Math.max(...outstanding)).toBe(400);
    expect(Math.min(...outstanding.slice(0, 10))).toBeGreaterThan(300);
  });

  test('leaves a batch that does not move to a later message, and looks less and less often', async () => {
    const world = await accepted(someRows(10));
    const pauses: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const [message] = world.announcer.messages.splice(0);
      const deps = {
        ...world.deps,
        clock: { now: () => world.time.now(), sleep: async (ms: number) => world.time.advance(ms) },
      };
      await runBatch(world.batch.batchId, message?.turn ?? { number: 0, ticket: '' }, deps);
      const delayMs = world.announcer.messages[0]?.delayMs ?? 0;
      pauses.push(delayMs);
      world.time.advance(delayMs + 20_000);
    }
    expect(pauses.slice(0, 2)).toEqual([1000, 6000]);
    expect(pauses.at(-1)).toBe(15_000);
  });

  test('sends rows again that have had no result for hours', async () => {
    const world = await accepted(someRows(3));
    const [first] = world.announcer.messages;
    const still = {
      ...world.deps,
      clock: { now: () => world.time.now(), sleep: async (ms: number) => world.time.advance(ms) },
    };
    await runBatch(world.batch.batchId, first?.turn ?? { number: 0, ticket: '' }, still);
    await world.deps.results.publish(created('row-1', { batchId: world.batch.batchId, index: 1 }));
    world.time.advance(3 * 3_600_000);
    const again = world.announcer.messages.at(-1);
    await runBatch(world.batch.batchId, again?.turn ?? { number: 0, ticket: '' }, still);
    expect(world.sent.map(({ requestId }) => requestId)).toEqual([
      'row-0',
      'row-1',
      'row-2',
      'row-0',
      'row-2',
    ]);
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
          tally: { created: 220, failed: 1 },
        });
        expect(
          new Set(world.completions.published.map((message) => JSON.stringify(message))).size,
        ).toBe(1);
        expect([world.index.active.size, world.index.finished.size]).toEqual([0, 1]);
        if (!world.crashed) return;
      }
    });
  });

  test('of two messages of one turn only the first is worked on, and of older turns none', async () => {
    const world = await accepted(someRows(3));
    const [first] = world.announcer.messages;
    const { batchId } = world.batch;
    await runBatch(batchId, { number: 4, ticket: 'mine' }, world.deps);
    expect(world.batch).toMatchObject({ state: 'finished', turn: { number: 4, ticket: 'mine' } });

    const other = await accepted(someRows(3));
    const still = {
      ...other.deps,
      clock: { now: () => other.time.now(), sleep: async (ms: number) => other.time.advance(ms) },
    };
    other.announcer.messages.length = 0;
    await runBatch(other.batch.batchId, { number: 4, ticket: 'mine' }, still);
    await runBatch(other.batch.batchId, { number: 4, ticket: 'theirs' }, still);
    await runBatch(other.batch.batchId, first?.turn ?? { number: 1, ticket: '' }, still);
    expect(other.announcer.messages).toMatchObject([{ turn: { number: 5 } }]);
    expect(other.sent).toHaveLength(3);
  });

  test('two at once end with one that goes on, and the same end', async () => {
    const world = await accepted(someRows(450));
    const { batchId } = world.batch;
    world.announcer.messages.length = 0;
    await Promise.all([
      runBatch(batchId, { number: 1, ticket: 'one' }, world.deps),
      runBatch(batchId, { number: 2, ticket: 'other' }, world.deps),
    ]);
    await world.run();
    expect(world.batch).toMatchObject({ state: 'finished', tally: { created: 450 } });
    expect(publishedIndexes(world)).toEqual(indexes(450));
    expect(
      new Set(world.completions.published.map((message) => JSON.stringify(message))).size,
    ).toBe(1);
  });
});

/** read (none: no key), chunk…, blob, list, row, message. */
const callsOfAcceptance = 3 + 1 + 3;

describe('cancelBatch', () => {
  test('answers every row that has not begun, and reports what was made', async () => {
    const world = await accepted(someRows(1000));
    const [message] = world.announcer.messages;
    const deps = {
      ...world.deps,
      clock: {
        now: () => world.time.now(),
        sleep: async (milliseconds: number): Promise<void> => {
          if (world.batch.cancelledDateTime === undefined)
            await cancelBatch(world.batch.batchId, world.deps);
          await world.makeMeetings();
          world.time.advance(milliseconds);
        },
      },
    };
    await runBatch(world.batch.batchId, message?.turn ?? { number: 1, ticket: '' }, deps);
    await world.run();

    expect(world.sent).toHaveLength(400);
    expect(publishedIndexes(world)).toEqual(indexes(1000));
    expect(world.results.published[999]).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled' },
    });
    // Until then another instance may still begin a row.
    const cancelledAt = Date.parse(world.batch.cancelledDateTime ?? '');
    const answeredAt = world.results.published
      .filter(({ error }) => error?.code === 'cancelled')
      .map(({ completedDateTime }) => Date.parse(completedDateTime));
    expect(Math.min(...answeredAt) - cancelledAt).toBeGreaterThanOrEqual(3_000);
    expect(world.completions.published).toMatchObject([
      { counts: { created: 400, failed: 600 }, cancelled: true },
    ]);
  });

  test('sends a row that the ledger knows, so that its own result comes', async () => {
    const world = await accepted(someRows(2));
    await world.ledger.begin({
      requestId: 'row-1',
      fingerprint: {
        organizer: 'anna@contoso.com',
        subject: null,
        startDateTime: null,
        endDateTime: null,
        externalId: null,
      },
      plan: 'ensure',
      attempts: 1,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
      progress: { state: 'waiting' },
    });
    await cancelBatch(world.batch.batchId, world.deps);
    await world.run();
    expect(world.sent.map(({ requestId }) => requestId)).toEqual(['row-1']);
    expect(world.batch.tally).toMatchObject({ created: 1, failed: 1 });
  });

  test('refuses a finished batch and one that is not there', async () => {
    const world = await accepted(someRows(2));
    await world.run();
    await expect(cancelBatch(world.batch.batchId, world.deps)).rejects.toMatchObject({
      code: 'batchFinished',
    });
    await expect(cancelBatch('x'.repeat(36), world.deps)).rejects.toMatchObject({
      code: 'batchNotFound',
    });
  });
});

describe('resumeStalledBatches', () => {
  const minutes = 60_000;

  test('announces a running batch again that gives no sign of life, and its older messages no longer count', async () => {
    const world = await accepted(someRows(3));
    const [lost] = world.announcer.messages.splice(0);
    world.crash = { at: 6 + 4, when: 'before' };
    await expect(
      runBatch(world.batch.batchId, lost?.turn ?? { number: 0, ticket: '' }, world.deps),
    ).rejects.toThrow('crash');

    await resumeStalledBatches(world.deps);
    expect(world.announcer.messages).toEqual([]);
    world.time.advance(6 * minutes);
    await resumeStalledBatches(world.deps);
    expect(world.announcer.messages).toMatchObject([{ turn: { number: 2 } }]);
    await world.run();
    expect(world.batch.state).toBe('finished');
  });

  test('leaves a batch alone whose sender never got an answer, unless its call can be repeated', async () => {
    const world = new BatchWorld();
    world.crash = { at: 4, when: 'before' };
    await expect(world.accept({ body: asBody(someRows(3)) })).rejects.toThrow('crash');
    world.crash = { at: 10, when: 'before' };
    await expect(world.accept({ body: asBody(someRows(3)), idempotencyKey: 'k' })).rejects.toThrow(
      'crash',
    );
    world.crash = undefined;
    expect(world.batches.rows.size).toBe(2);

    world.time.advance(6 * minutes);
    await resumeStalledBatches(world.deps);
    expect(world.announcer.messages).toHaveLength(1);
  });

  test('takes calls off the list that broke off before there was a batch', async () => {
    const world = new BatchWorld();
    await world.index.addActive('x'.repeat(36), '2026-11-29T08:00:00.000Z');
    await world.index.addActive('y'.repeat(36), '2026-12-01T07:00:00.000Z');
    await resumeStalledBatches(world.deps);
    expect([...world.index.active.keys()]).toEqual(['y'.repeat(36)]);
  });
});
