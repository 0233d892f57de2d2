import { odata, type TableClient } from '@azure/data-tables';
import type { FinishedBatches } from '../../../batches/results/finished-batches';
import { isNotFound, toStorageError } from '../errors';

/** Sorts before every character of a batch id, so that a position without an id comes before the batches of the same time. */
const separator = ' ';

/** The finished batches in the batch index, starting at a position. */
export const makeFinishedBatches = (table: TableClient): FinishedBatches => ({
  async *listBetween({ completedDateTime, batchId = '' }, before) {
    const after = `${completedDateTime}${separator}${batchId}`;
    const filter = odata`PartitionKey eq ${'finished'} and RowKey gt ${after} and RowKey lt ${before}`;
    try {
      for await (const { rowKey = '', pass } of table.listEntities<{ pass?: number }>({
        queryOptions: { filter },
      })) {
        const [time = '', id = ''] = rowKey.split(separator);
        yield { completedDateTime: time, batchId: id, ...(pass !== undefined && { pass }) };
      }
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
    }
  },
  async earliestEnding() {
    const filter = odata`PartitionKey eq ${'active'} and endingDateTime ge ${''}`;
    const times: string[] = [];
    try {
      for await (const { endingDateTime } of table.listEntities<{ endingDateTime: string }>({
        queryOptions: { filter, select: ['endingDateTime'] },
      }))
        times.push(endingDateTime);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
    }
    return times.sort().at(0);
  },
});
