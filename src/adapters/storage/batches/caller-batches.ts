import { odata, type TableClient } from '@azure/data-tables';
import type { CallerBatch, CallerBatches } from '../../../batches/ports';
import { creatingWhenMissing, isNotFound, toStorageError } from '../errors';

/** The maximum value of a Date, in milliseconds since 1970. Keys count down from it, so the newest batch comes first. */
const lastTime = 8.64e15;

const partitionOf = (callerId: string): string => `caller ${callerId.toLowerCase()}`;

const rowKeyOf = ({ batchId, acceptedDateTime }: CallerBatch): string =>
  `${String(lastTime - Date.parse(acceptedDateTime)).padStart(16, '0')} ${batchId}`;

/** One partition for each user in the table of batches, with a name that no batch id can have. */
export function makeCallerBatches(table: TableClient): CallerBatches {
  const what = `table ${table.tableName}`;
  return {
    async add(batch) {
      const key = { partitionKey: partitionOf(batch.callerId), rowKey: rowKeyOf(batch) };
      try {
        await creatingWhenMissing(
          () => table.upsertEntity(key),
          () => table.createTable(),
        );
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
    },
    async *list(callerId) {
      const filter = odata`PartitionKey eq ${partitionOf(callerId)}`;
      try {
        for await (const { rowKey = '' } of table.listEntities({ queryOptions: { filter } }))
          yield rowKey.slice(rowKey.indexOf(' ') + 1);
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, what);
      }
    },
    async remove(batch) {
      try {
        await table.deleteEntity(partitionOf(batch.callerId), rowKeyOf(batch));
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, what);
      }
    },
  };
}
