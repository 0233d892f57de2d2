import { cancelBatch } from '../../../src/batches/run/cancel-batch';
import { runBatch } from '../../../src/batches/run/run-batch';
import { asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const world = new BatchHarness();
  await world.accept({ body: asBody(rows) });
  return world;
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const publishedIndexes = (world: BatchHarness): number[] =>
  [...new Set(world.results.published.map(({ index = -1 }) => index))].sort((a, b) => a - b);

describe('cancelBatch', () => {
  test('answers every row that has not begun, and reports what was made', async () => {
    const world = await accepted(someRows(1000));
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
    await runBatch(world.takeMessage(), deps);
    await world.run();

    expect(world.sent).toHaveLength(400);
    expect(publishedIndexes(world)).toEqual(indexes(1000));
    expect(world.results.published[999]).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled' },
    });
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
    expect(world.batch.counts).toMatchObject({ created: 1, failed: 1 });
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
