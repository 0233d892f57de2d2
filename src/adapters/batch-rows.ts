import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ContainerClient } from '@azure/storage-blob';
import { spanOfWave, type StoredRows } from '../batches/batch';
import type { RowStore, RowWriter } from '../batches/ports';
import type { Clock } from '../meetings/ports';
import { creatingWhenMissing, isNotFound, toStorageError } from './storage-errors';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** As small as the default makes these texts, in half the time. */
const level = 3;
/** Waves that are compressed at a time. */
const parallelWaves = 4;

/**
 * The rows of batches, one blob for each. A wave is one gzip member (https://www.rfc-editor.org/rfc/rfc1952#section-2.2),
 * so the blob as a whole is a gzip file of JSON lines, and a wave can be read alone. The container is made when missing.
 */
export function makeBatchRows(container: ContainerClient, clock: Pick<Clock, 'now'>): RowStore {
  const what = `container ${container.containerName}`;
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (thrown) {
      throw toStorageError(thrown, what);
    }
  };
  return {
    // By day, so that what is left over is found without a look at everything; never one name twice, so that nothing is overwritten.
    open(batchId) {
      const day = clock.now().toISOString().slice(0, 10);
      return new GzipWriter(container, `${day}/${batchId}.${randomUUID()}.ndjson.gz`, guarded);
    },
    readWave: (rows, wave) =>
      guarded(async () => {
        const { offset, length } = spanOfWave(rows, wave);
        const piece = await container
          .getBlockBlobClient(rows.blob)
          .downloadToBuffer(offset, length);
        return (await decompress(piece)).toString('utf8');
      }),
    remove: (blob) =>
      guarded(async () => void (await container.getBlockBlobClient(blob).deleteIfExists())),
    async *listBefore(day) {
      try {
        for await (const folder of container.listBlobsByHierarchy('/')) {
          if (folder.kind !== 'prefix' || folder.name.slice(0, -1) >= day) continue;
          for await (const { name } of container.listBlobsFlat({ prefix: folder.name }))
            yield { blob: name, batchId: batchIdIn(name) };
        }
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, what);
      }
    },
  };
}

const batchIdIn = (blob: string): string => blob.split('/').at(-1)?.split('.')[0] ?? '';

class GzipWriter implements RowWriter {
  readonly #container: ContainerClient;
  readonly #blob: string;
  readonly #guarded: <T>(call: () => Promise<T>) => Promise<T>;
  readonly #members: Promise<Buffer>[] = [];

  constructor(
    container: ContainerClient,
    blob: string,
    guarded: <T>(call: () => Promise<T>) => Promise<T>,
  ) {
    this.#container = container;
    this.#blob = blob;
    this.#guarded = guarded;
  }

  /** Gives the turn back while a few waves are compressed beside the work of the caller. */
  async addWave(text: string): Promise<void> {
    const member = compress(text, { level });
    // A failure is told by `finish`, which waits for all.
    member.catch(() => undefined);
    this.#members.push(member);
    await this.#members.at(-parallelWaves);
  }

  async finish(): Promise<StoredRows> {
    const members = await this.#guarded(() => Promise.all(this.#members));
    const content = Buffer.concat(members);
    const client = this.#container.getBlockBlobClient(this.#blob);
    const upload = (): Promise<unknown> =>
      client.upload(content, content.length, {
        blobHTTPHeaders: { blobContentType: 'application/gzip' },
      });
    await this.#guarded(() =>
      creatingWhenMissing(upload, () => this.#container.createIfNotExists()),
    );
    return { blob: this.#blob, waveBytes: members.map(({ length }) => length) };
  }
}
