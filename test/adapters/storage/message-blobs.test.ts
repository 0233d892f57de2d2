import { makeMessageBlobs } from '../../../src/adapters/storage/message-blobs';
import { makeStorageClients } from '../../../src/adapters/storage/clients';
import { all } from '../../support/harness/all';
import { useAzurite } from '../../support/harness/azurite';

const azurite = useAzurite();
const containerOf = (name: string) =>
  makeStorageClients({
    kind: 'connectionString',
    connectionString: azurite.connectionString,
  }).container(name);
const blobsOf = (container: string, day = '2026-12-01') =>
  makeMessageBlobs(() => containerOf(container), { now: () => new Date(`${day}T08:00:00.000Z`) });

test('a text is kept whole under a unique name', async () => {
  const blobs = blobsOf('whole');
  const text = '🎓 "ü"\n'.repeat(20_000);
  const [one, other] = [await blobs.save(text), await blobs.save('other')];
  expect(one).toMatch(/^2026-12-01\/[\da-f-]{36}\.txt$/);
  expect(other).not.toBe(one);
  expect(await blobs.load(one)).toBe(text);
});

test.each([
  'a.txt',
  '2026-12-01/a.txt',
  `${'0'.repeat(36)}.txt`,
  `x/2026-12-01/${'0'.repeat(36)}.txt`,
])('a text that somebody else put there as %s is not read', async (name) => {
  const container = containerOf('foreign');
  await container.createIfNotExists();
  await container.getBlockBlobClient(name).upload('text', 4);
  expect(await blobsOf('foreign').load(name)).toBeUndefined();
});

test('old texts are found by day, and a removal may be repeated', async () => {
  expect(await all(blobsOf('absent').listBefore('2999-01-01'))).toEqual([]);
  const old = await blobsOf('texts', '2026-10-31').save('old');
  const young = await blobsOf('texts', '2026-11-01').save('young');
  const blobs = blobsOf('texts');
  expect(await all(blobs.listBefore('2026-10-31'))).toEqual([]);
  expect(await all(blobs.listBefore('2026-11-01'))).toEqual([old]);
  await blobs.remove(old);
  await blobs.remove(old);
  expect([await blobs.load(old), await blobs.load(young)]).toEqual([undefined, 'young']);
});
