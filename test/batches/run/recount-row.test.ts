import { runBatch } from '../../../src/batches/run/run-batch';
import {
  accepted,
  created,
  someRows,
  type BatchHarness,
} from '../../support/harness/batch-harness';
import { intercept } from '../../support/protocol/intercept';

/** Two rows, of which the first fails. */
async function withFailingRow(): Promise<BatchHarness> {
  const harness = await accepted(someRows(2));
  harness.failing.add('row-0');
  return harness;
}

/** A person retried the first row, and it has a meeting now. */
async function makeFailedRow({ batch, deps }: BatchHarness): Promise<void> {
  const row = created('row-0', { batchId: batch.batchId, index: 0 });
  await deps.results.publish({ ...row, attempts: 2 });
}

describe('a row whose result moves', () => {
  test('counts as what it is now, also when it moves while its chunk is counted', async () => {
    const harness = await withFailingRow();
    let isOver = false;
    const batches = intercept(harness.batches, async ({ given, effect }) => {
      const [, next] = given as Parameters<typeof harness.batches.replace>;
      if (!isOver && next?.counts.failed === 1) {
        isOver = true;
        await makeFailedRow(harness);
      }
      return effect();
    });
    await runBatch(harness.takeMessage(), { ...harness.deps, batches });
    await harness.run();
    expect(isOver).toBe(true);
    expect(harness.batch).toMatchObject({ state: 'finished', counts: { created: 2, failed: 0 } });
    expect(harness.completions.published).toMatchObject([{ counts: { created: 2, failed: 0 } }]);
  });

  test('is counted after the batch has reached its recorded end, so that the end is announced once', async () => {
    const harness = await withFailingRow();
    const message = harness.takeMessage();
    const publishCompleted = async (): Promise<void> => Promise.reject(new Error('crash'));
    const run = runBatch(message, { ...harness.deps, completions: { publishCompleted } });
    await expect(run).rejects.toThrow('crash');
    expect(harness.batch.state).toBe('completing');
    await makeFailedRow(harness);
    await runBatch(message, harness.deps);
    expect(harness.batch).toMatchObject({ state: 'finished', counts: { created: 2, failed: 0 } });
    expect(harness.completions.published).toMatchObject([{ counts: { created: 1, failed: 1 } }]);
  });
});
