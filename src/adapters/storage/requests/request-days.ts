import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { creatingWhenMissing, isConflict, toStorageError } from '../errors';
import { makeGroupedWrites, type GroupedWrites } from '../grouped-writes';

/**
 * Maximum number of keys in a row: 44 characters each, and a column holds 32,768:
 * https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 */
const maxKeys = 700;

/** The partition of a day such as `2026-12-01`. Partitions sort by day, and before those of all requests. */
export const dayPartition = (day: string): string => `day ${day}`;

/** The list of requests to check once their day is long past. */
export interface RequestDays {
  /** Adds the partition of a request to a day; may be repeated. @throws MeetingError `storageUnavailable`. */
  add(partitionKey: string, day: string): Promise<void>;
}

/** Requests by day, in the table of requests. Each row names the requests that arrived while the previous row was written. */
export function makeRequestDays(table: TableClient): RequestDays {
  const days = new Map<string, GroupedWrites<string>>();

  async function write(day: string, keys: readonly string[]): Promise<void> {
    const row = {
      partitionKey: dayPartition(day),
      rowKey: randomUUID(),
      keys: [...new Set(keys)].join(' '),
    };
    try {
      await creatingWhenMissing(
        () => table.createEntity(row),
        () => table.createTable(),
      );
    } catch (thrown) {
      // Written by an attempt whose response was lost.
      if (!isConflict(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
    }
  }

  return {
    add(partitionKey, day) {
      const writes = days.get(day) ?? makeGroupedWrites((keys) => write(day, keys), maxKeys);
      days.set(day, writes);
      return writes.add(partitionKey);
    },
  };
}
