import { randomUUID } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import type { MessageStore } from '../meetings/ports';
import { creatingWhenMissing, isNotFound, toStorageError } from './storage-errors';

const ours = /^[\da-f-]{36}\.txt$/;

/** Long message texts as blobs, under names of Convoke's own; the container is made when missing. */
export function makeMessageBlobs(container: ContainerClient): MessageStore {
  const what = `container ${container.containerName}`;
  return {
    async save(text) {
      const name = `${randomUUID()}.txt`;
      const upload = (): Promise<unknown> =>
        container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text), {
          blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
        });
      try {
        await creatingWhenMissing(upload, () => container.createIfNotExists());
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
      return name;
    },
    async load(name) {
      if (!ours.test(name)) return undefined;
      try {
        return (await container.getBlockBlobClient(name).downloadToBuffer()).toString('utf8');
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw toStorageError(thrown, what);
      }
    },
  };
}
