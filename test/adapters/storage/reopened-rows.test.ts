import { makeBatchProgress } from '../../../src/adapters/storage/batches/batch-progress';
import { makeStorageClients } from '../../../src/adapters/storage/clients';
import type { BatchProgress } from '../../../src/batches/ports';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { useAzurite } from '../../support/harness/azurite';
import { created } from '../../support/harness/batch-harness';
import { FakeProgress } from '../../support/fakes/fake-batches';

const azurite = useAzurite();
let batches = 0;

const failed = (index: number, change: Partial<MeetingResult> = {}): MeetingResult => ({
  ...created(`row-${index}`, { batchId: `batch-${batches}`, index }),
  status: 'failed',
  meeting: null,
  ...change,
});

const retry = { number: 1, kind: 'retry' } as const;
const undo = { number: 2, kind: 'undo' } as const;

describe.each<[string, () => BatchProgress]>([
  ['the fake progress', () => new FakeProgress()],
  [
    'the table',
    () => {
      const { connectionString } = azurite;
      const clients = makeStorageClients({ kind: 'connectionString', connectionString });
      return makeBatchProgress(clients.table('ReopenedRows'));
    },
  ],
])('%s', (_name, make) => {
  let progress: BatchProgress;
  let batchId: string;
  beforeEach(() => {
    batches += 1;
    batchId = `batch-${batches}`;
    progress = make();
  });

  const statuses = async (): Promise<unknown[]> =>
    (await progress.results(batchId, 0)).map(({ index, status }) => [index, status]);

  test('tells whether a row had a result before', async () => {
    expect(await progress.record(failed(0))).toBe(false);
    expect(await progress.record(failed(0))).toBe(true);
  });

  test('a reopened row has no result until its pass brings one', async () => {
    await progress.record(failed(0));
    await progress.record(failed(1));
    await progress.reopen(batchId, 0, { pass: retry, indexes: [0] });
    expect(await statuses()).toEqual([[1, 'failed']]);
    expect(await progress.outcomes(batchId, 0)).toMatchObject([
      { index: 0, isAwaited: true, pass: 1, reopenedBy: 'retry' },
      { index: 1 },
    ]);
    // The old result again.
    expect(await progress.record(failed(0, { attempts: 9 }))).toBe(false);
    expect(await statuses()).toEqual([[1, 'failed']]);
    expect(await progress.record(failed(0, { pass: 1 }))).toBe(false);
    expect(await statuses()).toEqual([
      [0, 'failed'],
      [1, 'failed'],
    ]);
  });

  test('a pass reopens a row once', async () => {
    await progress.record(failed(0));
    await progress.reopen(batchId, 0, { pass: retry, indexes: [0] });
    await progress.record(failed(0, { pass: 1 }));
    await progress.reopen(batchId, 0, { pass: retry, indexes: [0] });
    expect(await statuses()).toEqual([[0, 'failed']]);
  });

  test('a meeting ends the wait of a retry, wherever it comes from', async () => {
    await progress.record(failed(0));
    await progress.reopen(batchId, 0, { pass: retry, indexes: [0] });
    await progress.record(created('row-0', { batchId, index: 0 }));
    expect(await statuses()).toEqual([[0, 'created']]);
  });

  test('an undone row keeps the result of its undo', async () => {
    const made = created('row-0', { batchId, index: 0 });
    await progress.record(made);
    await progress.reopen(batchId, 0, { pass: undo, indexes: [0] });
    await progress.record(made);
    expect(await statuses()).toEqual([]);
    await progress.record({ ...made, status: 'cancelled', meeting: null, pass: 2 });
    await progress.record(made);
    expect(await statuses()).toEqual([[0, 'cancelled']]);
  });
});
