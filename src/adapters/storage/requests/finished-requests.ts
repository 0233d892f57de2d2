import { odata, type TableClient } from '@azure/data-tables';
import { forEachParallel } from '../../../meetings/for-each-parallel';
import type { Clock } from '../../../meetings/ports';
import type { FinishedRequests } from '../../../retention/clean-up';
import { isPreconditionFailed, isNotFound, toStorageError } from '../errors';
import { dayPartition, makeRequestDays } from './request-days';
import { listUnlisted } from './unlisted-requests';

const parallelRequests = 16;
/** Number of list rows read at a time; each names up to 700 requests. */
const pageSize = 50;

interface Found {
  readonly partitionKey?: string;
  readonly rowKey?: string;
  readonly etag: string;
  readonly timestamp?: string;
  readonly state?: string;
}

/**
 * Removes old requests by the list of days, so it reads only what is old enough. A request that has not ended, or was
 * changed since, moves to a later day first. A row of the list is removed when all its requests have been checked.
 */
export function makeFinishedRequests(
  requests: TableClient,
  notes: TableClient,
  clock: Pick<Clock, 'now'>,
): FinishedRequests {
  const days = makeRequestDays(requests);

  /** Returns false if the row was changed or removed since it was read. */
  async function remove({ partitionKey = '', rowKey = '' }: Found, etag = '*'): Promise<boolean> {
    try {
      await requests.deleteEntity(partitionKey, rowKey, { etag });
      return true;
    } catch (thrown) {
      if (!isNotFound(thrown) && !isPreconditionFailed(thrown)) throw thrown;
      return false;
    }
  }

  async function rowsOf(partitionKey: string): Promise<readonly Found[]> {
    const queryOptions = {
      filter: odata`PartitionKey eq ${partitionKey}`,
      select: ['PartitionKey', 'RowKey', 'Timestamp', 'state'],
    };
    const rows: Found[] = [];
    for await (const row of requests.listEntities<{ state?: string }>({ queryOptions }))
      rows.push(row);
    return rows;
  }

  /** Returns true if the request was removed. */
  async function removeIfOld(partitionKey: string, time: string): Promise<boolean> {
    const rows = await rowsOf(partitionKey);
    const row = rows.find(({ rowKey }) => rowKey === 'request');
    const changes = rows.filter((other) => other !== row);
    const changedAt = row?.timestamp ?? '';
    const hasEnded = row?.state === 'finished';
    if (row !== undefined && (!hasEnded || Date.parse(changedAt) >= Date.parse(time))) {
      const day = hasEnded ? changedAt : clock.now().toISOString();
      await days.add(partitionKey, day.slice(0, 10));
      return false;
    }
    const isRemoved = row !== undefined && (await remove(row, row.etag));
    if (row !== undefined && !isRemoved) return removeIfOld(partitionKey, time);
    // An interrupted run may have left only the changes.
    for (const change of changes) await remove(change);
    return isRemoved;
  }

  async function removeListed(time: string, deadline: number): Promise<number> {
    const lastDay = dayPartition(time.slice(0, 10));
    // From the last day, only entries that are old enough. Entries listed again below are newer, so they are not read
    // twice.
    const ofLastDay = odata`PartitionKey eq ${lastDay} and Timestamp lt ${new Date(time)}`;
    const before = odata`PartitionKey ge ${dayPartition('')} and PartitionKey lt ${lastDay}`;
    const filter = `(${before}) or (${ofLastDay})`;
    const pages = requests
      .listEntities<{ keys: string }>({ queryOptions: { filter } })
      .byPage({ maxPageSize: pageSize });
    let removed = 0;
    for await (const page of pages)
      for (const row of page) {
        if (clock.now().getTime() >= deadline) return removed;
        await forEachParallel(row.keys.split(' '), parallelRequests, async (key) => {
          if (await removeIfOld(key, time)) removed += 1;
        });
        await remove(row);
      }
    return removed;
  }

  return {
    async removeBefore(time, deadline) {
      try {
        await listUnlisted({ requests, notes, days, clock }, deadline);
        return await removeListed(time, deadline);
      } catch (thrown) {
        if (isNotFound(thrown)) return 0;
        throw toStorageError(thrown, `table ${requests.tableName}`);
      }
    },
  };
}
