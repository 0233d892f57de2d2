import { systemClock } from '../../../src/adapters/clock';
import { makeFinishedRequests } from '../../../src/adapters/storage/finished-requests';
import { makeRequestTable } from '../../../src/adapters/storage/request-table';
import { makeStorageClients, type StorageClients } from '../../../src/adapters/storage/clients';
import { StorageProxy } from '../../../trial/storage-proxy';
import { useAzurite } from '../../support/harness/azurite';
import { created } from '../../support/harness/batch-harness';

const azurite = useAzurite();
const storage = (connectionString = azurite.connectionString): StorageClients =>
  makeStorageClients({ kind: 'connectionString', connectionString });

const batchId = '00000000-0000-4000-8000-000000000001';

const entry = {
  fingerprint: {
    organizer: 'a@x.org',
    subject: null,
    startDateTime: null,
    endDateTime: null,
    externalId: null,
  },
  plan: 'ensure' as const,
  attempts: 1,
  acceptedDateTime: '2020-01-01T00:00:00.000Z',
};

const ended = (requestId: string) => ({
  ...entry,
  requestId,
  progress: {
    state: 'finished' as const,
    result: created(requestId, { batchId, index: 0 }),
  },
});

test('finished requests are removed once they are old, others never', async () => {
  const table = storage().table('Requests');
  const ledger = makeRequestTable(table);
  await ledger.begin({ ...entry, requestId: 'waiting', progress: { state: 'waiting' } });
  for (const requestId of ['one', 'two']) await ledger.begin(ended(requestId));
  const requests = makeFinishedRequests(table, storage().table('Notes'), systemClock);
  const deadline = Date.now() + 60_000;
  expect(
    await makeFinishedRequests(storage().table('Absent'), table, systemClock).removeBefore(
      '2027-01-01',
      deadline,
    ),
  ).toBe(0);
  await storage().table('Notes').createTable();
  expect(await requests.removeBefore('2020-01-01', deadline)).toBe(0);
  expect(await requests.removeBefore('2999-01-01', deadline)).toBe(2);
  expect(await ledger.read('one')).toBeUndefined();
  expect((await ledger.read('waiting'))?.entry.requestId).toBe('waiting');
});

test('a finished request that is retried while it is being removed stays', async () => {
  const ledger = makeRequestTable(storage().table('Retried'));
  await storage().table('RetriedNotes').createTable();
  const { etag } = await ledger.begin(ended('one'));
  const proxy = await StorageProxy.start(azurite);
  proxy.interfere = async ({ method }, phase): Promise<'pass'> => {
    const isDelete = method === 'DELETE' && phase === 'before';
    if (isDelete) await ledger.replace(etag, { ...ended('one'), progress: { state: 'waiting' } });
    return 'pass';
  };
  try {
    const clients = storage(proxy.connectionString);
    await makeFinishedRequests(
      clients.table('Retried'),
      clients.table('RetriedNotes'),
      systemClock,
    ).removeBefore('2999-01-01', Date.now() + 60_000);
    expect((await ledger.read('one'))?.entry.progress).toEqual({ state: 'waiting' });
  } finally {
    await proxy.close();
  }
});
