import {
  countMeetings,
  makeOrganizerCounts,
} from '../../../../src/adapters/storage/requests/organizer-counts';
import { makeStorageClients } from '../../../../src/adapters/storage/clients';
import type { OrganizerCounts } from '../../../../src/meetings/pools/organizer-pools';
import { StorageProxy } from '../../../../trial/storage/storage-proxy';
import { useAzurite } from '../../../support/harness/azurite';
import { FakeCounts } from '../../../support/fakes/fake-pools';

const azurite = useAzurite();
let tables = 0;

function newTable(connectionString = azurite.connectionString) {
  tables += 1;
  return makeStorageClients({ kind: 'connectionString', connectionString }).table(
    `Counts${tables}`,
  );
}

const december = { organizerId: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601', month: '2026-12' };
const requests = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => `row /\\#?“${place}”`);

describe.each<[string, () => OrganizerCounts]>([
  ['the table', () => makeOrganizerCounts(newTable())],
  ['the fake', () => new FakeCounts()],
])('%s', (_, make) => {
  test('counts each request once, for each organizer and month', async () => {
    const counts = make();
    expect(await counts.read(december)).toBe(0);
    await counts.add(december, 'a');
    await counts.add(december, 'a');
    await counts.add(december, 'b');
    await counts.add({ ...december, month: '2027-01' }, 'a');
    expect(await counts.read(december)).toBe(2);
    expect(await counts.read({ ...december, month: '2027-01' })).toBe(1);
  });

  test('counts concurrent requests, some of them repeated', async () => {
    const counts = make();
    const ids = requests(250);
    await Promise.all([...ids, ...ids].map((id) => counts.add(december, id)));
    expect(await counts.read(december)).toBe(250);
  });
});

test('instances that count for one organizer at the same time lose nothing, and see each other', async () => {
  const table = newTable();
  const instances = [1, 2, 3].map(() => makeOrganizerCounts(table));
  const ids = requests(60);
  await Promise.all(instances.flatMap((counts) => ids.map((id) => counts.add(december, id))));
  expect(await makeOrganizerCounts(table).read(december)).toBe(60);
  expect(await countMeetings(table, [december.organizerId], new Date('2026-12-31'))).toEqual([60]);
});

test('no filter has more than the 15 comparisons that Azure takes', async () => {
  const table = newTable();
  const [first, second] = [makeOrganizerCounts(table), makeOrganizerCounts(table)];
  const filters: string[] = [];
  const list = table.listEntities.bind(table);
  jest.spyOn(table, 'listEntities').mockImplementation((options) => {
    filters.push(options?.queryOptions?.filter ?? '');
    return list(options);
  });
  const ids = requests(40);
  await second.read(december);
  await Promise.all(ids.map((id) => first.add(december, id)));
  await Promise.all(ids.map((id) => second.add(december, id)));
  const comparisons = filters.map((filter) => filter.split(' eq ').length - 1);
  expect(comparisons.length).toBeGreaterThan(0);
  expect(Math.max(...comparisons)).toBe(15);
  expect(await makeOrganizerCounts(table).read(december)).toBe(40);
});

test('one operation counts a meeting, and a lost answer is not counted twice', async () => {
  const proxy = await StorageProxy.start(azurite);
  try {
    const counts = makeOrganizerCounts(newTable(proxy.connectionString));
    await counts.read(december);
    await counts.add(december, 'first');
    const calls: string[] = [];
    let isLost = false;
    proxy.interfere = ({ method, path }, phase) => {
      if (phase === 'before') calls.push(`${method} ${path.split('/').at(-1)?.split('?')[0]}`);
      if (phase === 'after' && isLost) {
        isLost = false;
        return 'break';
      }
      return 'pass';
    };
    await counts.add(december, 'second');
    expect(calls).toEqual(['POST $batch']);
    isLost = true;
    await counts.add(december, 'third');
    expect(await counts.read(december)).toBe(3);
  } finally {
    await proxy.close();
  }
});
