import { makeBatchProgress } from '../../../../src/adapters/storage/batches/batch-progress';
import { makeStorageClients } from '../../../../src/adapters/storage/clients';
import type { BatchProgress } from '../../../../src/batches/ports';
import { StorageProxy } from '../../../../trial/storage-proxy';
import { FakeProgress } from '../../../support/fakes/fake-batches';
import { useAzurite } from '../../../support/harness/azurite';
import { created } from '../../../support/harness/batch-harness';

const azurite = useAzurite();

const progressIn = (name: string, connectionString = azurite.connectionString): BatchProgress =>
  makeBatchProgress(makeStorageClients({ kind: 'connectionString', connectionString }).table(name));

const recordAll = (progress: BatchProgress, indexes: readonly number[]): Promise<boolean[]> =>
  Promise.all(
    indexes.map((index) => progress.record(created(`row-${index}`, { batchId: 'batch', index }))),
  );

const recorded = async (progress: BatchProgress, chunk = 0): Promise<unknown[]> =>
  (await progress.outcomes('batch', chunk)).map(({ index }) => index);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe.each<[string, () => BatchProgress]>([
  ['the fake progress', () => new FakeProgress()],
  ['the table', () => progressIn('AtOnce')],
])('%s', (_, make) => {
  test('keeps all results that come at once, beside those that are there, or come twice', async () => {
    const progress = make();
    await recordAll(progress, [93, 105]);
    const indexes = upTo(20).map((index) => 90 + index);
    const had = await recordAll(progress, [...indexes, 97]);

    expect(await recorded(progress, 0)).toEqual(indexes.slice(0, 10));
    expect(await recorded(progress, 1)).toEqual(indexes.slice(10));
    expect([had[3], had[15], had[4]]).toEqual([true, true, false]);
    expect(had[7]).not.toBe(had[20]);
  });
});

describe('results that come while another is written', () => {
  let proxy: StorageProxy;
  let posts: string[];
  let isLost: boolean;

  beforeEach(async () => {
    proxy = await StorageProxy.start(azurite);
    posts = [];
    isLost = false;
    proxy.interfere = ({ method, path }, phase) => {
      if (phase === 'before' && method === 'POST') posts.push(path.slice(1).split('/')[0] ?? '');
      if (phase === 'before' || !isLost || !path.includes('$batch')) return 'pass';
      isLost = false;
      return 'break';
    };
  });
  afterEach(() => proxy.close());

  test('go into one transaction', async () => {
    const progress = progressIn('Together', proxy.connectionString);
    await recordAll(progress, [99]);
    posts = [];
    expect(await recordAll(progress, upTo(50))).toEqual(upTo(50).map(() => false));
    expect(posts).toEqual(['Together', '$batch']);
    expect(await recorded(progress)).toEqual([...upTo(50), 99]);
  });

  test('are all there once when the answer to that transaction is lost', async () => {
    const progress = progressIn('Lost', proxy.connectionString);
    await recordAll(progress, [99]);
    isLost = true;
    await recordAll(progress, upTo(20));
    expect(await recorded(progress)).toEqual([...upTo(20), 99]);
  });
});
