import { makeRequestTable } from '../../../../src/adapters/storage/requests/request-table';
import { makeStorageClients } from '../../../../src/adapters/storage/clients';
import type { LedgerEntry } from '../../../../src/meetings/ledger';
import type { EndedChange, RequestLedger } from '../../../../src/meetings/request-ledger';
import { StorageProxy } from '../../../../trial/storage/storage-proxy';
import { useAzurite } from '../../../support/harness/azurite';
import { FakeLedger } from '../../../support/fakes/fake-ledger';

const azurite = useAzurite();

function makeTable(name: string): RequestLedger {
  const storage = makeStorageClients({
    kind: 'connectionString',
    connectionString: azurite.connectionString,
  });
  return makeRequestTable(storage.table(name));
}

const begun: LedgerEntry = {
  requestId: 'row /\\#?\u0001 “17” 🎓',
  fingerprint: {
    organizer: 'anna@contoso.com',
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: null,
    externalId: null,
  },
  organizerId: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  plan: 'ensure',
  attempts: 1,
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  progress: { state: 'inProgress', leaseUntil: Date.parse('2026-12-01T08:02:00Z') },
  request: {
    requestId: 'row',
    organizer: 'anna@contoso.com',
    meeting: { subject: 'Parent evening' },
  },
};

const { request: _request, ...withoutRequest } = begun;
const finished: LedgerEntry = {
  ...withoutRequest,
  attempts: 2,
  progress: {
    state: 'finished',
    result: {
      requestId: begun.requestId,
      status: 'created',
      organizer: { given: 'anna@contoso.com', id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' },
      meeting: { id: 'MSpk', subject: 'é'.repeat(10_000) },
      notApplied: [],
      error: null,
      attempts: 2,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
      completedDateTime: '2026-12-01T08:00:01.000Z',
    },
  },
};

/** A row with everything that changes leave in it. */
const changed: LedgerEntry = {
  ...finished,
  requested: { subject: 'Parents’ evening' },
  requestedCalendar: {
    invite: [{ address: 'ü@example.org', type: 'optional' }],
    location: 'Größe',
  },
  event: { number: 1, id: 'AAMk/+=', webLink: 'https://outlook.example/ü', isWithdrawn: true },
  revision: 1_796_112_000_000,
  begunBy: '0000000000000003-aaaa',
  isCancelled: true,
  ifUnknown: 'retry',
  pending: {
    key: '0000000000000005-bbbb',
    revision: 5,
    action: 'update',
    properties: { subject: 'Ü'.repeat(40_000) },
    attempts: 1,
    leaseUntil: 0,
    mayHaveEffect: true,
    metadata: { acceptedDateTime: '2026-12-01T08:00:00.000Z' },
  },
};

const cancel: EndedChange = {
  key: '0000000000000005-bbbb',
  action: 'cancel',
  result: {
    requestId: begun.requestId,
    status: 'cancelled',
    revision: 5,
    organizer: { given: 'anna@contoso.com', id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' },
    meeting: null,
    notApplied: [],
    error: null,
    attempts: 1,
    acceptedDateTime: '2026-12-01T08:00:00.000Z',
    completedDateTime: '2026-12-01T08:00:01.000Z',
  },
};

describe.each<[string, (name: string) => RequestLedger]>([
  ['the fake ledger', () => new FakeLedger()],
  ['the ledger in Azure Table Storage', makeTable],
])('%s', (_name, make) => {
  test('inserts a request once and gives back what is there', async () => {
    const ledger = make('Inserts');
    expect(await ledger.begin(begun)).toMatchObject({ inserted: true, entry: begun });
    expect(await ledger.begin({ ...begun, attempts: 9 })).toMatchObject({
      inserted: false,
      entry: begun,
    });
  });

  test('keeps the mark that a request may have its meeting', async () => {
    const ledger = make('Doubt');
    await ledger.begin({ ...begun, mayHaveMeeting: true, batchRow: { batchId: 'b', index: 7 } });
    expect((await ledger.read(begun.requestId))?.entry).toMatchObject({
      mayHaveMeeting: true,
      batchRow: { batchId: 'b', index: 7 },
    });
  });

  test('reads nothing for an unknown request', async () => {
    const ledger = make('Unknown');
    await ledger.begin(begun);
    expect(await ledger.read('another')).toBeUndefined();
  });

  test('moves a row by its ETag, and only once', async () => {
    const ledger = make('Moves');
    const { etag } = await ledger.begin(begun);
    const moved = await ledger.replace(etag, { ...begun, progress: { state: 'waiting' } });
    expect(moved?.entry.progress).toEqual({ state: 'waiting' });
    expect(await ledger.replace(etag, finished)).toBeUndefined();
    expect((await ledger.read(begun.requestId))?.entry).toEqual({
      ...begun,
      progress: { state: 'waiting' },
    });
  });

  test('keeps a long result whole and forgets the request', async () => {
    const ledger = make('Keeps');
    const { etag } = await ledger.begin(begun);
    await ledger.replace(etag, finished);
    expect((await ledger.read(begun.requestId))?.entry).toEqual(finished);
  });

  test('ends a change and moves its row together, and only once', async () => {
    const ledger = make('Changes');
    const { etag } = await ledger.begin(begun);
    const moved = await ledger.replaceWithChange(etag, changed, cancel);
    expect(moved?.entry).toEqual(changed);
    expect(await ledger.replaceWithChange(moved?.etag ?? '', begun, cancel)).toBeUndefined();
    const late = { ...cancel, key: '0000000000000006-other' };
    expect(await ledger.replaceWithChange(etag, begun, late)).toBeUndefined();
    expect(await ledger.readWithChange(begun.requestId, cancel.key)).toEqual({
      stored: { etag: moved?.etag, entry: changed },
      ended: cancel,
    });
    expect((await ledger.readWithChange(begun.requestId, late.key)).ended).toBeUndefined();
  });

  test('lists the changes of a request by their revisions, and no others', async () => {
    const ledger = make('Lists');
    expect(await ledger.readWithChanges(begun.requestId)).toEqual({
      stored: undefined,
      changes: [],
    });
    const { etag } = await ledger.begin(begun);
    const moved = await ledger.replaceWithChange(etag, begun, cancel);
    await ledger.begin({ ...begun, requestId: 'another' });
    const earlier = { ...cancel, key: '0000000000000004-aaaa', action: 'update' as const };
    const last = await ledger.replaceWithChange(moved?.etag ?? '', changed, earlier);
    expect(await ledger.readWithChanges(begun.requestId)).toEqual({
      stored: { etag: last?.etag, entry: changed },
      changes: [earlier, cancel],
    });
  });

  test('lets only one of many concurrent attempts begin', async () => {
    const ledger = make('Parallel');
    const begins = await Promise.all(Array.from({ length: 10 }, () => ledger.begin(begun)));
    expect(begins.filter(({ inserted }) => inserted)).toHaveLength(1);
  });
});

test('a row has the columns that other versions read', async () => {
  const storage = makeStorageClients({
    kind: 'connectionString',
    connectionString: azurite.connectionString,
  });
  const table = storage.table('Columns');
  await makeRequestTable(table).begin(changed);
  for await (const row of table.listEntities())
    expect(row).toMatchObject({
      asked0: '{"subject":"Parents\\u2019 evening"}',
      askedCalendar0: expect.stringContaining('"location":'),
    });
  expect.assertions(1);
});

test('a table that cannot be reached is a storage error', async () => {
  const connectionString = azurite.connectionString.replace(
    /TableEndpoint=[^;]*/,
    'TableEndpoint=http://127.0.0.1:1/devstoreaccount1',
  );
  const storage = makeStorageClients({ kind: 'connectionString', connectionString }, { tries: 1 });
  await expect(makeRequestTable(storage.table('Gone')).begin(begun)).rejects.toMatchObject({
    code: 'storageUnavailable',
    retryable: true,
  });
});

describe.each(['POST', 'PUT'])('a write whose answer is lost: %s', (method) => {
  test('is known again as one’s own when the storage library repeats it', async () => {
    const proxy = await StorageProxy.start(azurite);
    let lost = 0;
    proxy.interfere = (call, phase) => {
      const isIt = call.service === 'table' && call.method === method && phase === 'after';
      return isIt && call.body.includes('requestId') && (lost += 1) === 1 ? 'break' : 'pass';
    };
    try {
      const { connectionString } = proxy;
      const storage = makeStorageClients({ kind: 'connectionString', connectionString });
      const ledger = makeRequestTable(storage.table(`Own${method}`));
      const { inserted, etag } = await ledger.begin(begun);
      const moved = await ledger.replace(etag, { ...begun, progress: { state: 'waiting' } });

      expect({ lost: lost > 0, inserted, moved: moved?.entry.progress }).toEqual({
        lost: true,
        inserted: true,
        moved: { state: 'waiting' },
      });
    } finally {
      await proxy.close();
    }
  });
});
