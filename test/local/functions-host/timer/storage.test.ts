import { randomUUID } from 'node:crypto';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { BlobTimerLock } from '../../../../local/functions-host/timer/lock';
import { BlobStatusStore } from '../../../../local/functions-host/timer/status-store';
import { useAzurite } from '../../../support/harness/azurite';

const storage = useAzurite();
let container: ContainerClient;

beforeAll(() => {
  container = BlobServiceClient.fromConnectionString(storage.connectionString).getContainerClient(
    'azure-webjobs-hosts',
  );
});

const lockOf = (name: string): BlobTimerLock => new BlobTimerLock(container, name);
const ignore = (): void => undefined;

test('one host holds a lock, until it gives it back', async () => {
  const name = randomUUID();
  const [one, other] = [lockOf(name), lockOf(name)];
  expect(await one.acquire(ignore)).toBe(true);
  expect(await other.acquire(ignore)).toBe(false);
  await one.release();
  expect(await other.acquire(ignore)).toBe(true);
  await other.release();
});

test('of hosts that ask at the same time one gets it', async () => {
  const name = randomUUID();
  const locks = Array.from({ length: 4 }, () => lockOf(name));
  const got = await Promise.all(locks.map((lock) => lock.acquire(ignore)));
  expect(got.filter(Boolean)).toHaveLength(1);
  await Promise.all(locks.map((lock) => lock.release()));
});

test('what is recorded is read by the next host', async () => {
  const store = new BlobStatusStore(container, 'host');
  await container.createIfNotExists();
  expect(await store.read('tick')).toBeUndefined();
  const status = { Last: 'a', Next: 'b', LastUpdated: 'c' };
  await store.write('tick', status);
  expect(await new BlobStatusStore(container, 'host').read('tick')).toEqual(status);
  expect(await new BlobStatusStore(container, 'another').read('tick')).toBeUndefined();
});
