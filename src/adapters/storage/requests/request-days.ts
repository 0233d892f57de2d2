import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { creatingWhenMissing, isAlreadyThere, toStorageError } from '../errors';
import { makeGroupedWrites, type GroupedWrites } from '../grouped-writes';

/** 44 characters each; a column holds 32,768: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const maxKeys = 700;

/** The partition of a day such as `2026-12-01`. In the order of the days, and before those of all requests. */
export const dayPartition = (day: string): string => `day ${day}`;

/** Which requests to check once their day is long past. */
export interface RequestDays {
  /** Lists the partition of a request under a day; may be repeated. @throws MeetingError `storageUnavailable`. */
  add(partitionKey: string, day: string): Promise<void>;
}

/** Requests by day, in the table of requests: each row names those that came while the one before was written. */
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
      // Written by a try whose answer was lost.
      if (!isAlreadyThere(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
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
