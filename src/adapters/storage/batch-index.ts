import { odata, type TableClient } from '@azure/data-tables';
import type { BatchIndex } from '../../batches/ports';
import { creatingWhenMissing, isNotFound, toStorageError } from './errors';

/** Two partitions beside those of the batches, under names that no batch can have. */
const active = 'active';
const finished = 'finished';

/** Lists of batches in the table of batches. */
export function makeBatchIndex(table: TableClient): BatchIndex {
  const what = `table ${table.tableName}`;

  async function remove(partitionKey: string, rowKey: string): Promise<void> {
    try {
      await table.deleteEntity(partitionKey, rowKey);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }

  async function put(
    partitionKey: string,
    rowKey: string,
    columns: Readonly<Record<string, string>>,
  ): Promise<void> {
    try {
      await creatingWhenMissing(
        () => table.upsertEntity({ partitionKey, rowKey, ...columns }, 'Replace'),
        () => table.createTable(),
      );
    } catch (thrown) {
      throw toStorageError(thrown, what);
    }
  }

  async function* list<T extends object>(filter: string): AsyncGenerator<T & { rowKey?: string }> {
    try {
      yield* table.listEntities<T>({ queryOptions: { filter } });
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }

  return {
    addActive: (batchId, acceptedDateTime) => put(active, batchId, { acceptedDateTime }),
    removeActive: (batchId) => remove(active, batchId),
    async *listActive() {
      for await (const { rowKey = '', acceptedDateTime } of list<{ acceptedDateTime: string }>(
        odata`PartitionKey eq ${active}`,
      )) {
        yield { batchId: rowKey, acceptedDateTime };
      }
    },
    async moveToFinished(batchId, completedDateTime) {
      await put(finished, `${completedDateTime} ${batchId}`, {});
      await remove(active, batchId);
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
