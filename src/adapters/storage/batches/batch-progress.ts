import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { chunkSize } from '../../../batches/batch';
import type { BatchProgress } from '../../../batches/ports';
import { MeetingError } from '../../../errors/meeting-error';
import type { MeetingResult } from '../../../results/meeting-result';
import { fromColumns } from '../columns';
import { isNotFound, toStorageError } from '../errors';
import { outcomeColumns, partitionOf, toOutcome, toRow, type ProgressRow } from './progress-row';
import { insert, makeRowInserts, replace, writeTogether } from './progress-writes';

/** Writes of one result while others write, remove or make what it needs. */
const maxTries = 10;

/** The results of batch rows in Azure Table Storage: a row for each row, no shared rows. */
export function makeBatchProgress(table: TableClient): BatchProgress {
  const what = `table ${table.tableName}`;
  const insertWithOthers = makeRowInserts(table);

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
        // What a pass brings has a row already.
        if (result.pass === undefined && (await insertWithOthers(row))) return false;
        for (let tries = 0; tries < maxTries; tries += 1) {
          if (await insert(table, row)) return false;
          const replaced = await replace(table, row);
          if (replaced !== 'changedOrGone') return replaced === 'hadResult';
        }
      } catch (thrown) {
        throw toStorageError(thrown, what);
      }
      throw new MeetingError('storageUnavailable', `Storage keeps nothing: ${what}.`);
    },
    async recordPreviews(results) {
      const rows = results.flatMap((result) =>
        result.batchId === undefined || result.index === undefined
          ? []
          : [toRow(result, result.batchId, result.index)],
      );
      try {
        await writeTogether(table, rows, (row) => ['upsert', { ...row }, 'Replace']);
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
      return rows
        .filter(({ isAwaited }) => isAwaited !== true)
        .map((row) => JSON.parse(fromColumns('result', { ...row })) as MeetingResult);
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
