import type { TableClient } from '@azure/data-tables';
import type { Batch } from '../../../batches/batch';
import type { BatchLedger, StoredBatch } from '../../../batches/ports';
import { toAsciiJson } from '../../../results/result-message';
import { fromColumns, toColumns } from '../columns';
import { isNotFound, toStorageError } from '../errors';
import { makeEtagRows, type StoredRow } from '../etag-row';

const rowKey = 'batch';

/** Batches in Azure Table Storage, each in a separate partition. Creates the table if it does not exist. */
export function makeBatchTable(table: TableClient): BatchLedger {
  const rows = makeEtagRows<Batch>(table, {
    rowKey,
    partitionKeyOf: (batchId) => batchId,
    idOf: ({ batchId }) => batchId,
    // `state` is for people who look at the table; the app reads only the columns of `batch`.
    toColumns: (batch) => ({ state: batch.state, ...toColumns('batch', toAsciiJson(batch)) }),
    fromColumns: (row) => JSON.parse(fromColumns('batch', row)) as Batch,
  });
  return {
    read: async (batchId) => toStored(await rows.read(batchId)),
    async insert(batch) {
      const { value, ...stored } = await rows.insert(batch);
      return { ...stored, batch: value };
    },
    replace: async (etag, next) => toStored(await rows.replace(etag, next)),
    async remove(batchId) {
      try {
        await table.deleteEntity(batchId, rowKey);
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
      }
    },
  };
}

const toStored = (row: StoredRow<Batch> | undefined): StoredBatch | undefined =>
  row && { etag: row.etag, batch: row.value };
