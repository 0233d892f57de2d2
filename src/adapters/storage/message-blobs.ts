import { randomUUID } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import type { OldMessages } from '../../retention/clean-up-messages';
import type { Clock, MessageStore } from '../../meetings/ports';
import { blobsBefore, dayOf } from './blobs-by-day';
import { creatingWhenMissing, isNotFound, toStorageError } from './errors';

const ours = /^\d{4}-\d\d-\d\d\/[\da-f-]{36}\.txt$/;

/**
 * Long message texts as blobs. Convoke chooses their names and groups them by day, so that old ones are found without
 * listing everything. Few requests need the container, so it is opened with the first of them, and created on first
 * use.
 */
export function makeMessageBlobs(
  openContainer: () => ContainerClient,
  clock: Pick<Clock, 'now'>,
): MessageStore & OldMessages {
  let opened: ContainerClient | undefined;
  const container = (): ContainerClient => (opened ??= openContainer());
  const toError = (thrown: unknown): Error =>
    toStorageError(thrown, `container ${container().containerName}`);
  return {
    async save(text) {
      const name = `${dayOf(clock.now())}/${randomUUID()}.txt`;
      const upload = (): Promise<unknown> =>
        container()
          .getBlockBlobClient(name)
          .upload(text, Buffer.byteLength(text), {
            blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
          });
      try {
        await creatingWhenMissing(upload, () => container().createIfNotExists());
      } catch (thrown) {
        throw toError(thrown);
      }
      return name;
    },
    async load(name) {
      if (!ours.test(name)) return undefined;
      try {
        return (await container().getBlockBlobClient(name).downloadToBuffer()).toString('utf8');
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw toError(thrown);
      }
    },
    listBefore: (day) => blobsBefore(container(), day),
    async remove(name) {
      try {
        await container().getBlockBlobClient(name).deleteIfExists();
      } catch (thrown) {
        throw toError(thrown);
      }
    },
  };
}
