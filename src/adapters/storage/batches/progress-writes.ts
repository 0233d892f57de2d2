import type { TableClient, TableEntity, TransactionAction } from '@azure/data-tables';
import { LRUCache } from 'lru-cache';
import { chunkSize } from '../../../batches/batch';
import { supersedes } from '../../../batches/run/supersedes';
import { creatingWhenMissing, isAlreadyThere, isChangedMeanwhile, isNotFound } from '../errors';
import { makeGroupedWrites, type GroupedWrites } from '../grouped-writes';
import type { ProgressRow } from './progress-row';

type Row = TableEntity<ProgressRow>;

/** Chunks that an instance remembers. */
const maxRemembered = 1_000;

/**
 * Inserts the results of rows, each with those of its chunk that come while others are written: a transaction of a hundred costs
 * an eighth of what its rows cost alone. Gives false when none may have been written.
 */
export function makeRowInserts(table: TableClient): (row: Row) => Promise<boolean> {
  const chunks = new LRUCache<string, GroupedWrites<Row, boolean>>({ max: maxRemembered });
  return (row) => {
    const writes =
      chunks.get(row.partitionKey) ??
      makeGroupedWrites((rows: readonly Row[]) => insertAll(table, rows), chunkSize);
    chunks.set(row.partitionKey, writes);
    return writes.add(row);
  };
}

/** Gives false when one of them is there already, or comes twice: no transaction may name a row twice. */
async function insertAll(table: TableClient, rows: readonly Row[]): Promise<boolean> {
  if (new Set(rows.map(({ rowKey }) => rowKey)).size < rows.length) return false;
  const [first] = rows;
  try {
    if (rows.length > 1) await writeTogether(table, rows, (row) => ['create', { ...row }]);
    else if (first !== undefined)
      await creatingWhenMissing(
        () => table.createEntity(first),
        () => table.createTable(),
      );
    return true;
  } catch (thrown) {
    if (isAlreadyThere(thrown)) return false;
    throw thrown;
  }
}

/** Gives false when the row is there already. */
export const insert = (table: TableClient, row: Row): Promise<boolean> => insertAll(table, [row]);

/** By its ETag, so that of two results that come at once the right one stays. */
export async function replace(
  table: TableClient,
  row: Row,
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
    if (isChangedMeanwhile(thrown) || isNotFound(thrown)) return 'changedOrGone';
    throw thrown;
  }
}

/** Of one transaction, in characters of JSON: it may have 4 MiB, https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const maxTransactionLength = 2_000_000;

/** In as few transactions as their sizes allow. */
export async function writeTogether(
  table: TableClient,
  rows: readonly Row[],
  toAction: (row: Row) => TransactionAction,
): Promise<void> {
  for (const group of inTransactions(rows))
    await creatingWhenMissing(
      () => table.submitTransaction(group.map(toAction)),
      () => table.createTable(),
    );
}

function inTransactions(rows: readonly Row[]): readonly Row[][] {
  const transactions: Row[][] = [];
  let left = 0;
  for (const row of rows) {
    const { length } = JSON.stringify(row);
    if (left < length || transactions.at(-1)?.length === chunkSize) {
      transactions.push([]);
      left = maxTransactionLength;
    }
    left -= length;
    transactions.at(-1)?.push(row);
  }
  return transactions;
}
