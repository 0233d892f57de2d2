import {
  odata,
  type TableClient,
  type TableEntity,
  type TransactionAction,
} from '@azure/data-tables';
import { chunkSize } from '../../../batches/batch';
import type { BatchProgress } from '../../../batches/ports';
import { supersedes } from '../../../batches/outcomes/supersedes';
import { MeetingError } from '../../../errors/meeting-error';
import {
  creatingWhenMissing,
  isConflict,
  isPreconditionFailed,
  isNotFound,
  toStorageError,
} from '../errors';
import {
  outcomeColumns,
  partitionOf,
  toOutcome,
  toResult,
  toRow,
  type ProgressRow,
} from './progress-row';

/** Maximum number of attempts to write one result while other instances write to the same row or table. */
const maxTries = 10;

/** Returns false if the row already exists. */
async function insert(table: TableClient, row: TableEntity<ProgressRow>): Promise<boolean> {
  try {
    await creatingWhenMissing(
      () => table.createEntity(row),
      () => table.createTable(),
    );
    return true;
  } catch (thrown) {
    if (isConflict(thrown)) return false;
    throw thrown;
  }
}

/** Conditional on the ETag, so that of two simultaneous results the right one stays. */
async function replace(
  table: TableClient,
  row: TableEntity<ProgressRow>,
): Promise<'wasAwaited' | 'hadResult' | 'changedOrGone'> {
  try {
    const {
      status,
      attempts = 0,
      pass = row.pass,
      reopenedBy,
      isAwaited,
      etag,
    } = await table.getEntity<ProgressRow>(row.partitionKey, row.rowKey, {
      queryOptions: { select: ['status', 'attempts', 'pass', 'reopenedBy', 'isAwaited'] },
    });
    const kept = { status, attempts, ...(pass !== undefined && { pass }), reopenedBy, isAwaited };
    const next = { ...row, attempts: row.attempts ?? 0 };
    const reopened = {
      ...(pass !== undefined && { pass }),
      ...(reopenedBy !== undefined && { reopenedBy }),
    };
    if (supersedes(next, kept))
      await table.updateEntity({ ...row, ...reopened }, 'Replace', { etag });
    return isAwaited === true ? 'wasAwaited' : 'hadResult';
  } catch (thrown) {
    if (isPreconditionFailed(thrown) || isNotFound(thrown)) return 'changedOrGone';
    throw thrown;
  }
}

/**
 * Maximum size of one transaction, in characters of JSON; the service takes 4 MiB:
 * https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
 */
const maxTransactionLength = 2_000_000;

/** Groups the rows into as few transactions as their sizes allow. */
function inTransactions(rows: readonly TableEntity<ProgressRow>[]): readonly TransactionAction[][] {
  const transactions: TransactionAction[][] = [];
  let left = 0;
  for (const row of rows) {
    const { length } = JSON.stringify(row);
    if (left < length || transactions.at(-1)?.length === chunkSize) {
      transactions.push([]);
      left = maxTransactionLength;
    }
    left -= length;
    transactions.at(-1)?.push(['upsert', { ...row }, 'Replace']);
  }
  return transactions;
}

/** The results of batch rows in Azure Table Storage: one entity and one write for each row. */
export function makeBatchProgress(table: TableClient): BatchProgress {
  const what = `table ${table.tableName}`;

  async function list<T extends object>(
    batchId: string,
    chunk: number,
    select: string[] | undefined,
  ) {
    const filter = odata`PartitionKey eq ${partitionOf(batchId, chunk)}`;
    const rows: (T & { rowKey?: string })[] = [];
    try {
      const pages = table.listEntities<T>({
        queryOptions: { filter, ...(select !== undefined && { select }) },
      });
      for await (const row of pages) rows.push(row);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
    return rows;
  }

  return {
    async record(result) {
      const { batchId, index } = result;
      if (batchId === undefined || index === undefined) return false;
      const row = toRow(result, batchId, index);
      try {
        for (let tries = 0; tries < maxTries; tries += 1) {
          if (await insert(table, row)) return false;
          const replaced = await replace(table, row);
          if (replaced !== 'changedOrGone') return replaced === 'hadResult';
        }
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
      throw new MeetingError('storageUnavailable', `Storage did not save the data: ${what}.`);
    },
    async recordPreviews(results) {
      const rows = results.flatMap((result) =>
        result.batchId === undefined || result.index === undefined
          ? []
          : [toRow(result, result.batchId, result.index)],
      );
      try {
        for (const actions of inTransactions(rows))
          await creatingWhenMissing(
            () => table.submitTransaction(actions),
            () => table.createTable(),
          );
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
    },
    async outcomes(batchId, chunk) {
      const rows = await list<ProgressRow>(batchId, chunk, outcomeColumns);
      return rows.map(toOutcome);
    },
    async results(batchId, chunk) {
      const rows = await list<ProgressRow>(batchId, chunk, undefined);
      return rows.filter(({ isAwaited }) => isAwaited !== true).map(toResult);
    },
    async reopen(batchId, chunk, { pass, indexes }) {
      const wanted = new Set(indexes);
      const rows = await list<ProgressRow & { etag: string }>(batchId, chunk, ['RowKey', 'pass']);
      const changes = rows
        .filter(
          ({ rowKey, pass: before = 0 }) => wanted.has(Number(rowKey)) && before < pass.number,
        )
        .map(({ rowKey = '', etag }): TransactionAction => {
          const columns = { pass: pass.number, reopenedBy: pass.kind, isAwaited: true };
          const key = { partitionKey: partitionOf(batchId, chunk), rowKey };
          return ['update', { ...key, ...columns }, 'Merge', { etag }];
        });
      try {
        if (changes.length > 0) await table.submitTransaction(changes);
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
    },
    async remove(batchId, chunk) {
      const partitionKey = partitionOf(batchId, chunk);
      const rows = await list(batchId, chunk, ['RowKey']);
      const deletes = rows.map(
        ({ rowKey = '' }): ['delete', { partitionKey: string; rowKey: string }] => [
          'delete',
          { partitionKey, rowKey },
        ],
      );
      try {
        for (let at = 0; at < deletes.length; at += chunkSize)
          await table.submitTransaction(deletes.slice(at, at + chunkSize));
      } catch (thrown) {
        // Another instance has removed it.
        if (!isNotFound(thrown)) throw toStorageError(thrown, what);
      }
    },
  };
}
