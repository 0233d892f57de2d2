import { systemClock } from '../../../../src/adapters/clock';
import { makeFinishedRequests } from '../../../../src/adapters/storage/requests/finished-requests';
import { listingByDay } from '../../../../src/adapters/storage/requests/listed-ledger';
import { makeOldCounts } from '../../../../src/adapters/storage/requests/old-counts';
import { makeOrganizerCounts } from '../../../../src/adapters/storage/requests/organizer-counts';
import { makeRequestDays } from '../../../../src/adapters/storage/requests/request-days';
import { makeRequestTable } from '../../../../src/adapters/storage/requests/request-table';
import { makeStorageClients, type StorageClients } from '../../../../src/adapters/storage/clients';
import type { RequestLedger } from '../../../../src/meetings/request-ledger';
import { StorageProxy, type StorageCall } from '../../../../trial/storage/storage-proxy';
import { useAzurite } from '../../../support/harness/azurite';
import { all } from '../../../support/harness/all';
import { created } from '../../../support/harness/batch-harness';
import { FakeLog } from '../../../support/harness/core-harness';

const azurite = useAzurite();
const storage = (connectionString = azurite.connectionString): StorageClients =>
  makeStorageClients({ kind: 'connectionString', connectionString }, { tries: 1 });

const batchId = '00000000-0000-4000-8000-000000000001';
const farAway = '2999-01-01T00:00:00.000Z';

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

const begun = (requestId: string) => ({
  ...entry,
  requestId,
  progress: { state: 'inProgress' as const, leaseUntil: 0 },
});

const waiting = (requestId: string) => ({
  ...entry,
  requestId,
  progress: { state: 'waiting' as const },
});

let tables = 0;

/** A table of requests, the ledger on it, and its clean-up. */
class FinishedRequestsHarness {
  readonly #name = `Requests${(tables += 1)}`;
  readonly table = storage().table(this.#name);
  readonly log = new FakeLog();
  readonly ledger: RequestLedger = listingByDay(makeRequestTable(this.table), {
    days: makeRequestDays(this.table),
    clock: systemClock,
    log: this.log,
  });

  remove(
    time = farAway,
    { proxy, daysLater = 0 }: { proxy?: StorageProxy; daysLater?: number } = {},
  ) {
    const clients = storage(proxy?.connectionString);
    const now = (): Date => new Date(Date.now() + daysLater * 86_400_000);
    return makeFinishedRequests(clients.table(this.#name), clients.table(`${this.#name}Notes`), {
      now,
    }).removeBefore(time, Date.now() + (daysLater + 1) * 86_400_000);
  }

  async left(): Promise<string[]> {
    const rows = await all(this.table.listEntities<{ requestId?: string; keys?: string }>());
    return rows.map(({ requestId, keys, rowKey = '' }) =>
      keys === undefined ? (requestId ?? rowKey) : 'list',
    );
  }
}

const withProxy = async (work: (proxy: StorageProxy) => Promise<void>): Promise<void> => {
  const proxy = await StorageProxy.start(azurite);
  try {
    await work(proxy);
  } finally {
    await proxy.close();
  }
};

test('finished requests are removed once they are old, with their changes; others never', async () => {
  const world = new FinishedRequestsHarness();
  const { ledger } = world;
  expect(await world.remove()).toBe(0);
  await ledger.begin(waiting('waiting'));
  await ledger.begin(begun('in progress'));
  for (const requestId of ['one', 'two']) {
    const { etag } = await ledger.begin(begun(requestId));
    await ledger.replace(etag, ended(requestId));
  }
  const { etag } = await ledger.begin(ended('three'));
  const change = { key: 'a', action: 'update' as const, result: ended('three').progress.result };
  await ledger.replaceWithChange(etag, ended('three'), change);

  expect(await world.remove('2020-01-01T00:00:00.000Z')).toBe(0);
  expect(await world.remove()).toBe(3);
  // Both are listed again, because they may still end.
  expect((await world.left()).toSorted()).toEqual(['in progress', 'list', 'waiting']);
});

test('no run reads the ledger: each asks for days, and for the requests that they name', async () => {
  const world = new FinishedRequestsHarness();
  await world.ledger.begin(ended('one'));
  await withProxy(async (proxy) => {
    const queries: string[] = [];
    await world.remove('2020-01-01T00:00:00.000Z');
    proxy.interfere = ({ method, path }: StorageCall, phase) => {
      if (phase === 'before' && path.startsWith('/Requests')) queries.push(`${method} ${path}`);
      return 'pass';
    };
    await world.remove('2020-01-01T00:00:00.000Z', { proxy });
    expect(queries).toHaveLength(2);
    expect(queries.every((query) => query.startsWith('GET'))).toBe(true);
    await world.remove(farAway, { proxy });
    expect(queries.slice(2).map((query) => query.split(' ')[0])).toEqual([
      'GET',
      'GET',
      'GET',
      'DELETE',
      'DELETE',
    ]);
  });
});

test('a request that was changed since its day is kept for as long as another, and its retention may change', async () => {
  const world = new FinishedRequestsHarness();
  await makeRequestDays(world.table).add('', '2020-01-01');
  const { etag } = await world.ledger.begin(ended('one'));
  await makeRequestDays(world.table).add(await partitionIn(world), '2020-01-02');
  await world.ledger.replace(etag, { ...ended('one'), revision: 7 });
  expect(await world.remove('2021-01-01T00:00:00.000Z')).toBe(0);
  expect((await world.ledger.read('one'))?.entry.revision).toBe(7);
  expect(await world.remove()).toBe(1);
  expect(await world.left()).toEqual([]);
});

async function partitionIn({ table }: FinishedRequestsHarness): Promise<string> {
  const rows = await all(table.listEntities<{ requestId?: string }>());
  return rows.find(({ requestId }) => requestId !== undefined)?.partitionKey ?? '';
}

test('a finished request that is retried while it is being removed stays, and is found again', async () => {
  const world = new FinishedRequestsHarness();
  const { etag } = await world.ledger.begin(ended('one'));
  await withProxy(async (proxy) => {
    let isFirst = true;
    proxy.interfere = async ({ method }, phase): Promise<'pass'> => {
      const isDelete = method === 'DELETE' && phase === 'before' && isFirst;
      if (isDelete) {
        isFirst = false;
        await world.ledger.replace(etag, waiting('one'));
      }
      return 'pass';
    };
    expect(await world.remove(farAway, { proxy })).toBe(0);
  });
  expect((await world.ledger.read('one'))?.entry.progress).toEqual({ state: 'waiting' });
  expect((await world.left()).toSorted()).toEqual(['list', 'one']);
});

test('a run may be killed at any call to storage: the next one removes the rest', async () => {
  const world = new FinishedRequestsHarness();
  await world.remove();
  for (let survived = 0; ; survived += 1) {
    for (const id of ['one', 'two', 'three']) await world.ledger.begin(ended(id));
    let isDone = false;
    await withProxy(async (proxy) => {
      let calls = 0;
      proxy.interfere = (_, phase) => {
        if (phase === 'before') calls += 1;
        return calls > survived ? 'break' : 'pass';
      };
      isDone = await world.remove(farAway, { proxy }).then(
        () => true,
        () => false,
      );
    });
    await world.remove();
    expect(await world.left()).toEqual([]);
    if (isDone) return;
  }
}, 30_000);

describe('a ledger without a list, of a version before', () => {
  const unlisted = async (world: FinishedRequestsHarness): Promise<void> => {
    const ledger = makeRequestTable(world.table);
    await ledger.begin(waiting('waiting'));
    for (const id of ['one', 'two']) await ledger.begin(ended(id));
  };

  test('is scanned once, a day after the first run', async () => {
    const world = new FinishedRequestsHarness();
    await unlisted(world);
    expect(await world.remove()).toBe(0);
    expect(await world.remove(farAway, { daysLater: 0.9 })).toBe(0);
    expect(await world.remove(farAway, { daysLater: 1.1 })).toBe(2);
    expect(await world.left()).toEqual(['waiting']);
    await makeRequestTable(world.table).begin(ended('later'));
    expect(await world.remove(farAway, { daysLater: 2 })).toBe(0);
  });

  test('keeps requests that are not old enough, and finds them when they are', async () => {
    const world = new FinishedRequestsHarness();
    await unlisted(world);
    await world.remove();
    const early = '2020-01-01T00:00:00.000Z';
    expect(await world.remove(early, { daysLater: 1.1 })).toBe(0);
    expect(await world.remove(farAway, { daysLater: 2 })).toBe(2);
  });
});

describe('the list', () => {
  test('is written while Graph is called, and waited for before the end of a request', async () => {
    const world = new FinishedRequestsHarness();
    await withProxy(async (proxy) => {
      const table = storage(proxy.connectionString).table('Listed');
      const ledger = listingByDay(makeRequestTable(table), {
        days: makeRequestDays(table),
        clock: systemClock,
        log: world.log,
      });
      const seen: string[] = [];
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      proxy.interfere = async ({ method, body }, phase): Promise<'pass'> => {
        const isList = body.includes('"keys"');
        if (isList && phase === 'before') await held;
        if (method !== 'GET' && phase === 'after') seen.push(isList ? 'list' : method);
        return 'pass';
      };
      await table.createTable();
      seen.length = 0;
      const { etag } = await ledger.begin(begun('one'));
      const end = ledger.replace(etag, ended('one'));
      expect(seen).toEqual(['POST']);
      release();
      const { entry: written, etag: next } = (await end) ?? { entry: undefined, etag: '' };
      expect(seen).toEqual(['POST', 'list', 'PUT']);
      expect(written?.isListed).toBe(true);
      // Listed requests are not listed again.
      await ledger.replace(next, { ...ended('one'), isListed: true, revision: 1 });
      expect(seen).toEqual(['POST', 'list', 'PUT', 'PUT']);
    });
  });

  test('that cannot be written keeps no result back', async () => {
    const world = new FinishedRequestsHarness();
    const ledger = listingByDay(makeRequestTable(world.table), {
      days: { add: () => Promise.reject(new Error('Storage is away.')) },
      clock: systemClock,
      log: world.log,
    });
    const { etag } = await ledger.begin(begun('one'));
    expect((await ledger.replace(etag, ended('one')))?.entry.progress.state).toBe('finished');
    expect(world.log.lines).toEqual([{ event: 'ledger.not-listed', fields: { requestId: 'one' } }]);
  });

  test('names requests that come at once in a few rows', async () => {
    const world = new FinishedRequestsHarness();
    const ids = Array.from({ length: 50 }, (_, place) => `row-${place}`);
    await Promise.all(ids.map((id) => world.ledger.begin(ended(id))));
    const lists = (await world.left()).filter((row) => row === 'list');
    expect(lists.length).toBeLessThanOrEqual(2);
    expect(await world.remove()).toBe(50);
    expect(await world.left()).toEqual([]);
  });
});

test('counts of months that are long over are removed, others stay', async () => {
  const { table } = new FinishedRequestsHarness();
  const counts = makeOrganizerCounts(table);
  const organizerId = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
  const ids = Array.from({ length: 120 }, (_, place) => `row-${place}`);
  await Promise.all(ids.map((id) => counts.add({ organizerId, month: '2026-09' }, id)));
  await counts.add({ organizerId, month: '2026-10' }, 'row');
  const old = makeOldCounts(table, systemClock);
  expect(await old.removeBefore('2026-10', Date.now() + 60_000)).toBe(121);
  expect(await makeOrganizerCounts(table).read({ organizerId, month: '2026-09' })).toBe(0);
  expect(await makeOrganizerCounts(table).read({ organizerId, month: '2026-10' })).toBe(1);
});
