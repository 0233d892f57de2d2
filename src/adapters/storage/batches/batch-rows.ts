import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import type { ContainerClient } from '@azure/storage-blob';
import { rangeOfChunk, type StoredRows } from '../../../batches/batch';
import type { RowStore, RowWriter } from '../../../batches/ports';
import type { Clock } from '../../../meetings/ports';
import { blobsBefore, dayOf } from '../blobs-by-day';
import { creatingWhenMissing, toStorageError } from '../errors';

const decompress = promisify(gunzip);

/** For these texts, level 3 compresses as well as the default level, in half the time. */
const level = 3;

/**
 * The rows of batches, one blob for each. A chunk is one gzip member (https://www.rfc-editor.org/rfc/rfc1952#section-2.2),
 * so the blob as a whole is a gzip file of JSON lines, and a chunk can be read alone. The container is created on first use.
 */
export function makeBatchRows(
  openContainer: () => ContainerClient,
  clock: Pick<Clock, 'now'>,
): RowStore {
  let opened: ContainerClient | undefined;
  const container = (): ContainerClient => (opened ??= openContainer());
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (thrown) {
      throw toStorageError(thrown, `container ${container().containerName}`);
    }
  };
  return {
    // Named by day, so that orphans are found without listing everything; and unique, so that nothing is overwritten.
    open(batchId) {
      return new GzipWriter(
        container(),
        `${dayOf(clock.now())}/${batchId}.${randomUUID()}.ndjson.gz`,
        guarded,
      );
    },
    readChunk: (rows, chunk) =>
      guarded(async () => {
        const { offset, length } = rangeOfChunk(rows, chunk);
        const piece = await container()
          .getBlockBlobClient(rows.blob)
          .downloadToBuffer(offset, length);
        return (await decompress(piece)).toString('utf8');
      }),
    async keepWorkbook(batchId, bytes) {
      const blob = `${dayOf(clock.now())}/${batchId}.${randomUUID()}.xlsx`;
      const client = container().getBlockBlobClient(blob);
      await guarded(() =>
        creatingWhenMissing(
          () => client.upload(bytes, bytes.length),
          () => container().createIfNotExists(),
        ),
      );
      return blob;
    },
    readWorkbook: (blob) => guarded(() => container().getBlockBlobClient(blob).downloadToBuffer()),
    remove: (blob) =>
      guarded(async () => void (await container().getBlockBlobClient(blob).deleteIfExists())),
    async *listBefore(day) {
      for await (const blob of blobsBefore(container(), day))
        yield { blob, batchId: batchIdIn(blob) };
    },
  };
}

const batchIdIn = (blob: string): string => blob.split('/').at(-1)?.split('.')[0] ?? '';

class GzipWriter implements RowWriter {
  readonly #container: ContainerClient;
  readonly #blob: string;
  readonly #guarded: <T>(call: () => Promise<T>) => Promise<T>;
  readonly #members: Buffer[] = [];

  constructor(
    container: ContainerClient,
    blob: string,
    guarded: <T>(call: () => Promise<T>) => Promise<T>,
  ) {
    this.#container = container;
    this.#blob = blob;
    this.#guarded = guarded;
  }

  /**
   * Synchronous: a chunk takes a tenth of a millisecond, less than handing it to another thread. Other work can run after
   * each chunk.
   */
  async addChunk(text: string): Promise<void> {
    // Copied, because the result is a view of a buffer several times as long.
    this.#members.push(Buffer.from(gzipSync(text, { level })));
    await nextTurn();
  }

  async finish(): Promise<StoredRows> {
    const members = this.#members;
    const content = Buffer.concat(members);
    const client = this.#container.getBlockBlobClient(this.#blob);
    const upload = (): Promise<unknown> =>
      client.upload(content, content.length, {
        blobHTTPHeaders: { blobContentType: 'application/gzip' },
      });
    await this.#guarded(() =>
      creatingWhenMissing(upload, () => this.#container.createIfNotExists()),
    );
    return { blob: this.#blob, chunkBytes: members.map(({ length }) => length) };
  }
}
