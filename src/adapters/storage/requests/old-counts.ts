import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import type { Clock } from '../../../meetings/ports';
import type { OldCounts } from '../../../retention/clean-up';
import { isNotFound, toStorageError } from '../errors';

/** https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const maxRows = 100;

/** Removes the rows with organizers' meeting counts of past months. */
export function makeOldCounts(table: TableClient, clock: Pick<Clock, 'now'>): OldCounts {
  async function remove(
    rows: readonly { partitionKey?: string; rowKey?: string }[],
  ): Promise<void> {
    const actions = rows.map(({ partitionKey = '', rowKey = '' }): TransactionAction => [
      'delete',
      { partitionKey, rowKey },
    ]);
    if (actions.length > 0) await table.submitTransaction(actions);
  }

  return {
    async removeBefore(month, deadline) {
      const filter = odata`PartitionKey ge ${'organizer '} and PartitionKey lt ${`organizer ${month}`}`;
      const queryOptions = { filter, select: ['PartitionKey', 'RowKey'] };
      let rows: { partitionKey?: string; rowKey?: string }[] = [];
      let removed = 0;
      try {
        for await (const row of table.listEntities<object>({ queryOptions })) {
          const [first = row] = rows;
          if (rows.length === maxRows || first.partitionKey !== row.partitionKey) {
            await remove(rows);
            removed += rows.length;
            rows = [];
            if (clock.now().getTime() >= deadline) return removed;
          }
          rows.push(row);
        }
        await remove(rows);
        return removed + rows.length;
      } catch (thrown) {
        if (isNotFound(thrown)) return removed;
        throw toStorageError(thrown, `table ${table.tableName}`);
      }
    },
  };
}
