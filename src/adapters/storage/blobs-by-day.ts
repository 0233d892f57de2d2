import type { ContainerClient } from '@azure/storage-blob';
import { isNotFound, toStorageError } from './errors';

/** The folder of a day, such as `2026-12-01`. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Names of the blobs in the folders of earlier days. Empty if the container does not exist. */
export async function* blobsBefore(
  container: ContainerClient,
  day: string,
): AsyncGenerator<string> {
  try {
    for await (const folder of container.listBlobsByHierarchy('/')) {
      if (folder.kind !== 'prefix' || folder.name.slice(0, -1) >= day) continue;
      for await (const { name } of container.listBlobsFlat({ prefix: folder.name })) yield name;
    }
  } catch (thrown) {
    if (!isNotFound(thrown)) throw toStorageError(thrown, `container ${container.containerName}`);
  }
}
