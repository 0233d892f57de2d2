import { makeCallerBatches } from '../../../../src/adapters/storage/batches/caller-batches';
import { makeStorageClients } from '../../../../src/adapters/storage/clients';
import type { CallerBatches } from '../../../../src/batches/ports';
import { FakeCallerBatches } from '../../../support/fakes/fake-batches';
import { all } from '../../../support/harness/all';
import { useAzurite } from '../../../support/harness/azurite';

const azurite = useAzurite();

const real = (name: string): CallerBatches => {
  const { connectionString } = azurite;
  const table = makeStorageClients({ kind: 'connectionString', connectionString }).table(name);
  return makeCallerBatches(table);
};

const batchOf = (callerId: string, batchId: string, day: number) => ({
  callerId,
  batchId,
  acceptedDateTime: `2026-12-0${day}T08:00:00.000Z`,
});

describe.each<[string, (name: string) => CallerBatches]>([
  ['the fake list of a user’s batches', () => new FakeCallerBatches()],
  ['a user’s batches in Azure Table Storage', real],
])('%s', (_name, make) => {
  test('is empty while there is nothing, and has the newest first, each once', async () => {
    const batches = make('Lists');
    expect(await all(batches.list('anna'))).toEqual([]);
    for (const [batchId, day] of [
      ['one', 1],
      ['three', 3],
      ['two', 2],
      ['three', 3],
    ] as const)
      await batches.add(batchOf('anna', batchId, day));
    await batches.add(batchOf('ben', 'his', 4));
    expect(await all(batches.list('anna'))).toEqual(['three', 'two', 'one']);
  });

  test('removes one, also when it is already gone', async () => {
    const batches = make('Losses');
    await batches.remove(batchOf('anna', 'none', 1));
    await batches.add(batchOf('anna', 'one', 1));
    await batches.remove(batchOf('anna', 'one', 1));
    await batches.remove(batchOf('anna', 'one', 1));
    expect(await all(batches.list('anna'))).toEqual([]);
  });
});
