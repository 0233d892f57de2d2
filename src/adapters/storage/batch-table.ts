import { randomUUID } from 'node:crypto';
import type { TableClient, TableEntity } from '@azure/data-tables';
import type { Batch } from '../../batches/batch';
import type { BatchLedger, StoredBatch } from '../../batches/ports';
import { fromColumns, toColumns } from './columns';
import {
  creatingWhenMissing,
  isAlreadyThere,
  isChangedMeanwhile,
  isNotFound,
  toStorageError,
} from './errors';

const rowKey = 'batch';

interface Row {
  /** Unique to each write, so that a retried write whose response was lost is recognized as our own. */
  write: string;
  /** For people who inspect the table; the app reads the columns of `batch`. */
  state: string;
}

const toRow = (batch: Batch, write: string): TableEntity<Row> => ({
  partitionKey: batch.batchId,
  rowKey,
  write,
  state: batch.state,
  ...toColumns('batch', JSON.stringify(batch)),
});

interface FoundBatch extends StoredBatch {
  readonly write: string;
}

/** Batches in Azure Table Storage, each in a partition of its own. The table is created on first use. */
export function makeBatchTable(table: TableClient): BatchLedger {
  const what = `table ${table.tableName}`;

  async function find(batchId: string): Promise<FoundBatch | undefined> {
    try {
      const row = await table.getEntity<Row>(batchId, rowKey);
      return {
        etag: row.etag,
        batch: JSON.parse(fromColumns('batch', { ...row })) as Batch,
        write: row.write,
      };
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined;
      throw toStorageError(thrown, what);
    }
  }

  /** Undefined if a condition failed, unless our own write had succeeded and only its response was lost. */
  async function write(batch: Batch, send: (row: TableEntity<Row>) => Promise<{ etag?: string }>) {
    const id = randomUUID();
    try {
      const { etag } = await send(toRow(batch, id));
      if (etag !== undefined) return { etag, batch };
    } catch (thrown) {
      if (!isAlreadyThere(thrown) && !isChangedMeanwhile(thrown) && !isNotFound(thrown))
        throw toStorageError(thrown, what);
    }
    const found = await find(batch.batchId);
    return found?.write === id ? { etag: found.etag, batch: found.batch } : undefined;
  }

  return {
    read: find,
    async insert(batch) {
      const inserted = await write(batch, (row) =>
        creatingWhenMissing(
          () => table.createEntity(row),
          () => table.createTable(),
        ),
      );
      if (inserted !== undefined) return { ...inserted, inserted: true };
      const found = await find(batch.batchId);
      return found === undefined
        ? this.insert(batch)
        : { etag: found.etag, batch: found.batch, inserted: false };
    },
    replace: (etag, next) => write(next, (row) => table.updateEntity(row, 'Replace', { etag })),
    async remove(batchId) {
      try {
        await table.deleteEntity(batchId, rowKey);
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, what);
      }
    },
  };
}
