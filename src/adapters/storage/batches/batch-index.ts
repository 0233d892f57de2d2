import { odata, type TableClient } from '@azure/data-tables';
import { batchIdOf } from '../../../batches/batch';
import type { BatchIndex } from '../../../batches/ports';
import { creatingWhenMissing, isPreconditionFailed, isNotFound, toStorageError } from '../errors';

/** Two partitions beside those of the batches, with names that no batch id can have. */
const active = 'active';
const finished = 'finished';

interface ActiveRow {
  readonly acceptedDateTime: string;
  /** Not later than the batch's `completedDateTime`; absent until that is about to be set. */
  readonly endingDateTime?: string;
}

/** Lists of batches in the table of batches. */
export function makeBatchIndex(table: TableClient): BatchIndex {
  const what = `table ${table.tableName}`;

  async function remove(partitionKey: string, rowKey: string, etag = '*'): Promise<void> {
    try {
      await table.deleteEntity(partitionKey, rowKey, { etag });
    } catch (thrown) {
      if (!isNotFound(thrown) && !isPreconditionFailed(thrown)) throw toStorageError(thrown, what);
    }
  }

  /** Tries again when another instance writes to the entry; does nothing when the entry is gone. */
  async function markEnding(entry: string, time: string): Promise<void> {
    try {
      const { etag, endingDateTime } = await table.getEntity<ActiveRow>(active, entry);
      if (endingDateTime !== undefined) return;
      const change = { partitionKey: active, rowKey: entry, endingDateTime: time };
      await table.updateEntity(change, 'Merge', { etag });
    } catch (thrown) {
      if (isPreconditionFailed(thrown)) return markEnding(entry, time);
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }

  async function put(
    partitionKey: string,
    rowKey: string,
    columns: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    try {
      await creatingWhenMissing(
        () => table.upsertEntity({ partitionKey, rowKey, ...columns }, 'Merge'),
        () => table.createTable(),
      );
    } catch (thrown) {
      throw toStorageError(thrown, what);
    }
  }

  async function* list<T extends object>(
    filter: string,
  ): AsyncGenerator<T & { readonly rowKey?: string; readonly etag: string }> {
    try {
      yield* table.listEntities<T>({ queryOptions: { filter } });
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }

  return {
    addActive: (entry, acceptedDateTime) => put(active, entry, { acceptedDateTime }),
    removeActive: ({ entry, etag }) => remove(active, entry, etag),
    markEnding,
    async *listActive() {
      for await (const { rowKey = '', acceptedDateTime, etag } of list<ActiveRow>(
        odata`PartitionKey eq ${active}`,
      )) {
        yield { entry: rowKey, batchId: batchIdOf(rowKey), acceptedDateTime, etag };
      }
    },
    async moveToFinished(entry, { completedDateTime, pass }) {
      const columns = pass === undefined ? {} : { pass };
      await put(finished, `${completedDateTime} ${batchIdOf(entry)}`, columns);
      await remove(active, entry);
    },
    async *listFinished(before) {
      for await (const { rowKey = '' } of list(
        odata`PartitionKey eq ${finished} and RowKey lt ${before}`,
      )) {
        const [completedDateTime = '', batchId = ''] = rowKey.split(' ');
        yield { batchId, completedDateTime };
      }
    },
    removeFinished: ({ batchId, completedDateTime }) =>
      remove(finished, `${completedDateTime} ${batchId}`),
  };
}
