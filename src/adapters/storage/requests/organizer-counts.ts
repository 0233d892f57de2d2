import { hash } from 'node:crypto';
import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { LRUCache } from 'lru-cache';
import { forEachParallel } from '../../../meetings/for-each-parallel';
import {
  monthOf,
  type OrganizerCounts,
  type OrganizerMonth,
} from '../../../meetings/pools/organizer-pools';
import {
  creatingWhenMissing,
  isConflict,
  isPreconditionFailed,
  isNotFound,
  toStorageError,
} from '../errors';
import { makeGroupedWrites, type GroupedWrites } from '../grouped-writes';

/** Key of the row with the sum. The other rows are one for each request, so that none is counted twice. */
const sumKey = 'sum';
/** A transaction takes 100 rows: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const maxRequests = 99;
/**
 * A filter takes 15 comparisons, and one is for the partition:
 * https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities
 */
const maxKeysInFilter = 14;
/** Maximum number of organizer months in the cache of an instance. */
const maxRemembered = 20_000;

/** The partition with the counts of an organizer in a month. */
export const monthPartition = ({ organizerId, month }: OrganizerMonth): string =>
  `organizer ${month} ${organizerId}`;

/** Row key of a request in each month that counts it. */
export const countedKey = (requestId: string): string =>
  `request ${hash('sha256', requestId, 'base64url')}`;

interface Sum {
  readonly meetings: number;
  /** Undefined while the row does not exist. */
  readonly etag: string | undefined;
}

interface Month {
  /** Undefined until it is read. */
  sum: Sum | undefined;
  readonly requests: GroupedWrites<string>;
}

/**
 * Counts in the table of requests, with one partition for each organizer and month. One transaction writes the sum and
 * the requests that it counts, so a meeting costs one operation, or less when several arrive together.
 */
export function makeOrganizerCounts(table: TableClient): OrganizerCounts {
  const rows = sumRows(table);
  const months = new LRUCache<string, Month>({ max: maxRemembered });

  function monthAt(counted: OrganizerMonth): Month {
    const partitionKey = monthPartition(counted);
    const known = months.get(partitionKey);
    if (known !== undefined) return known;
    const month: Month = {
      sum: undefined,
      requests: makeGroupedWrites((keys) => count(partitionKey, month, keys), maxRequests),
    };
    months.set(partitionKey, month);
    return month;
  }

  async function count(partitionKey: string, month: Month, keys: readonly string[]): Promise<void> {
    try {
      let left: readonly string[] = [...new Set(keys)];
      while (left.length > 0) {
        month.sum ??= await rows.read(partitionKey);
        const written = await rows.write(partitionKey, month.sum, left);
        if (written !== undefined) return void (month.sum = written);
        // Another instance has counted, or the response to our own write was lost: the rows tell which.
        month.sum = await rows.read(partitionKey);
        const counted = await rows.counted(partitionKey, left);
        left = left.filter((key) => !counted.has(key));
      }
    } catch (thrown) {
      month.sum = undefined;
      throw toStorageError(thrown, `table ${table.tableName}`);
    }
  }

  return {
    async read(counted) {
      const month = monthAt(counted);
      try {
        const { meetings } = (month.sum ??= await rows.read(monthPartition(counted)));
        return meetings + month.requests.pending;
      } catch (thrown) {
        throw toStorageError(thrown, `table ${table.tableName}`);
      }
    },
    add: (counted, requestId) => monthAt(counted).requests.add(countedKey(requestId)),
  };
}

function sumRows(table: TableClient) {
  return {
    async read(partitionKey: string): Promise<Sum> {
      try {
        const { meetings, etag } = await table.getEntity<{ meetings: number }>(
          partitionKey,
          sumKey,
        );
        return { meetings, etag };
      } catch (thrown) {
        if (isNotFound(thrown)) return { meetings: 0, etag: undefined };
        throw thrown;
      }
    },

    /** Those of the requests that are already counted. */
    async counted(partitionKey: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
      const found = new Set<string>();
      for (let from = 0; from < keys.length; from += maxKeysInFilter) {
        const some = keys.slice(from, from + maxKeysInFilter);
        const rowKeys = some.map((key) => odata`RowKey eq ${key}`).join(' or ');
        const filter = `${odata`PartitionKey eq ${partitionKey}`} and (${rowKeys})`;
        for await (const { rowKey = '' } of table.listEntities({ queryOptions: { filter } }))
          found.add(rowKey);
      }
      return found;
    },

    /** The new sum; undefined if another instance wrote first, or one of the requests is already counted. */
    async write(
      partitionKey: string,
      { meetings: before, etag }: Sum,
      keys: readonly string[],
    ): Promise<Sum | undefined> {
      const meetings = before + keys.length;
      const sum = { partitionKey, rowKey: sumKey, meetings };
      const actions: TransactionAction[] = [
        etag === undefined ? ['create', sum] : ['update', sum, 'Replace', { etag }],
        ...keys.map((rowKey): TransactionAction => ['create', { partitionKey, rowKey }]),
      ];
      try {
        const { subResponses } = await creatingWhenMissing(
          () => table.submitTransaction(actions),
          () => table.createTable(),
        );
        return { meetings, etag: subResponses[0]?.etag?.trim() };
      } catch (thrown) {
        if (isConflict(thrown) || isPreconditionFailed(thrown)) return undefined;
        throw thrown;
      }
    },
  };
}

/** Number of months read at a time. */
const parallelReads = 16;

/** The number of meetings given to each of these organizers in the month of `now`; undefined if storage does not answer. */
export async function countMeetings(
  table: TableClient,
  organizerIds: readonly string[],
  now: Date,
): Promise<readonly number[] | undefined> {
  const counts = makeOrganizerCounts(table);
  const meetings = new Map<string, number>();
  try {
    await forEachParallel(organizerIds, parallelReads, async (organizerId) => {
      meetings.set(organizerId, await counts.read({ organizerId, month: monthOf(now) }));
    });
  } catch {
    return undefined;
  }
  return [...meetings.values()];
}
