import type { TableClient } from '@azure/data-tables';
import { monthPartition } from '../../src/adapters/storage/requests/organizer-counts';
import type { CountedMonth } from '../verdict/pool-verdict';

/** The counts of each organizer, by month. */
export async function countedMonths(table: TableClient): Promise<readonly CountedMonth[]> {
  const [from = ''] = monthPartition({ organizerId: '', month: '' }).split('  ');
  const filter = `PartitionKey ge '${from} ' and PartitionKey lt '${from}!'`;
  const months = new Map<string, { meetings: number; keys: string[] }>();
  for await (const row of table.listEntities<{ meetings?: number }>({ queryOptions: { filter } })) {
    const { partitionKey = '', rowKey = '', meetings } = row;
    const found = months.get(partitionKey) ?? { meetings: 0, keys: [] };
    months.set(partitionKey, found);
    if (meetings === undefined) found.keys.push(rowKey);
    else found.meetings = meetings;
  }
  return [...months].map(([partition, counted]) => {
    const [, month = '', organizerId = ''] = partition.split(' ');
    return { organizerId, month, ...counted };
  });
}
