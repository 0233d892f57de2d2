import { cancelBatch } from '../../../src/batches/run/cancel-batch';
import { runBatch } from '../../../src/batches/run/run-batch';
import { accepted, indexes, publishedIndexes, someRows } from '../../support/harness/batch-harness';

describe('cancelBatch', () => {
  test('answers every row that has not begun, and reports what was made', async () => {
    const harness = await accepted(someRows(1000));
    const deps = {
      ...harness.deps,
      clock: {
        now: () => harness.time.now(),
        sleep: async (milliseconds: number): Promise<void> => {
          if (harness.batch.cancelledDateTime === undefined)
            await cancelBatch(harness.batch.batchId, harness.deps);
          await harness.makeMeetings();
          harness.time.advance(milliseconds);
        },
      },
    };
    await runBatch(harness.takeMessage(), deps);
    await harness.run();

    expect(harness.sent).toHaveLength(400);
    expect(publishedIndexes(harness)).toEqual(indexes(1000));
    expect(harness.results.published[999]).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled' },
    });
    expect(harness.completions.published).toMatchObject([
      { counts: { created: 400, failed: 600 }, cancelled: true },
    ]);
  });

  test('sends a row that the ledger knows, so that its own result comes', async () => {
    const harness = await accepted(someRows(2));
    await harness.ledger.begin({
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
    await cancelBatch(harness.batch.batchId, harness.deps);
    await harness.run();
    expect(harness.sent.map(({ requestId }) => requestId)).toEqual(['row-1']);
    expect(harness.batch.counts).toMatchObject({ created: 1, failed: 1 });
  });

  test('refuses a finished batch and one that does not exist', async () => {
    const harness = await accepted(someRows(2));
    await harness.run();
    await expect(cancelBatch(harness.batch.batchId, harness.deps)).rejects.toMatchObject({
      code: 'batchFinished',
    });
    await expect(cancelBatch('x'.repeat(36), harness.deps)).rejects.toMatchObject({
      code: 'batchNotFound',
    });
  });
});
