import type { ContainerClient } from '@azure/storage-blob';
import { all } from '../../support/harness/all';
import type { StorageAccount } from '../../../local/storage';
import { clientsOf, outcomeOf } from './outcomes';

/** Defines the tests of the blob service, for Azurite and the stand-in alike. */
export function describeBlobs(storage: StorageAccount): void {
  async function newContainer(name: string): Promise<ContainerClient> {
    const container = clientsOf(storage).container(name);
    await container.createIfNotExists();
    return container;
  }

  const upload = (container: ContainerClient, name: string, text = 'text') =>
    container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));

  test('a container is made once, and is not there before', async () => {
    const container = clientsOf(storage).container('made');
    expect(await outcomeOf(upload(container, 'a'))).toBe('404 ContainerNotFound');
    expect((await container.createIfNotExists()).succeeded).toBe(true);
    expect((await container.createIfNotExists()).succeeded).toBe(false);
    expect(await outcomeOf(container.getProperties())).toBe('done');
  });

  test('a blob is read as it was written, whole or in part', async () => {
    const container = await newContainer('read');
    const blob = container.getBlockBlobClient('a b/é');
    expect(await outcomeOf(blob.downloadToBuffer())).toMatch(/^404 /);
    await blob.upload('0123456789é', 12);

    expect((await blob.downloadToBuffer()).toString()).toBe('0123456789é');
    expect((await blob.downloadToBuffer(3, 4)).toString()).toBe('3456');
    await upload(container, 'a b/é', '');
    expect((await blob.downloadToBuffer()).length).toBe(0);
    expect((await blob.deleteIfExists()).succeeded).toBe(true);
    expect((await blob.deleteIfExists()).succeeded).toBe(false);
  });

  test('a blob can be written only where there is none', async () => {
    const container = await newContainer('once');
    const write = () =>
      outcomeOf(
        container.getBlockBlobClient('a').upload('', 0, { conditions: { ifNoneMatch: '*' } }),
      );
    expect(await write()).toBe('done');
    expect(await write()).toBe('409 BlobAlreadyExists');
  });

  test('blobs are listed by folder and by prefix', async () => {
    const container = await newContainer('listed');
    for (const name of ['2026-12-02/b', '2026-12-01/a&<', 'top', '2026-12-02/a'])
      await upload(container, name);
    const names = (blobs: readonly { readonly name: string }[]) => blobs.map(({ name }) => name);

    expect(names(await all(container.listBlobsByHierarchy('/'))).sort()).toEqual([
      '2026-12-01/',
      '2026-12-02/',
      'top',
    ]);
    expect(names(await all(container.listBlobsFlat({ prefix: '2026-12-02/' })))).toEqual([
      '2026-12-02/a',
      '2026-12-02/b',
    ]);
    expect(names(await all(container.listBlobsFlat({ prefix: '2026-12-01/' })))).toEqual([
      '2026-12-01/a&<',
    ]);
  });

  test('only one caller has the lease, until it is released', async () => {
    const container = await newContainer('leases');
    await upload(container, 'lock');
    const blob = container.getBlockBlobClient('lock');
    const [one, other] = [blob.getBlobLeaseClient(), blob.getBlobLeaseClient()];

    expect(await outcomeOf(one.acquireLease(60))).toBe('done');
    expect(await outcomeOf(other.acquireLease(60))).toBe('409 LeaseAlreadyPresent');
    expect(await outcomeOf(one.renewLease())).toBe('done');
    expect(await outcomeOf(upload(container, 'lock'))).toBe('412 LeaseIdMissing');
    expect(await outcomeOf(blob.delete())).toBe('412 LeaseIdMissing');
    expect(await outcomeOf(one.releaseLease())).toBe('done');
    expect(await outcomeOf(other.acquireLease(60))).toBe('done');
    expect(await outcomeOf(one.renewLease())).toBe('409 LeaseIdMismatchWithLeaseOperation');
  });
}
