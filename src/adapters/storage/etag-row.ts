import { randomUUID } from 'node:crypto';
import { odata, type TableClient, type TableEntityResult } from '@azure/data-tables';
import { MeetingError } from '../../errors/meeting-error';
import {
  creatingWhenMissing,
  isConflict,
  isPreconditionFailed,
  isNotFound,
  toStorageError,
} from './errors';

/** The columns of one table row, without its keys. A write of an undefined column leaves it out. */
export type Columns = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a value is stored as one row. */
interface RowFormat<T> {
  readonly rowKey: string;
  partitionKeyOf(id: string): string;
  idOf(value: T): string;
  toColumns(value: T): Columns;
  fromColumns(columns: TableEntityResult<Columns>): T;
}

/** A value as stored, with its version. */
export interface StoredRow<T> {
  readonly value: T;
  /** Changes with every write. */
  readonly etag: string;
}

/** Rows of one kind. All functions throw MeetingError `storageUnavailable`. */
interface EtagRows<T> {
  read(id: string): Promise<StoredRow<T> | undefined>;
  /** Returns the stored value, with `inserted: false`, if one already exists. */
  insert(value: T): Promise<StoredRow<T> & { readonly inserted: boolean }>;
  /**
   * Undefined if another writer came first, or the row is gone. With `beside`, inserts another row of the same
   * partition in the same transaction; undefined also if that row already exists.
   */
  replace(etag: string, next: T, beside?: BesideRow): Promise<StoredRow<T> | undefined>;
  /** The row and the rows of its partition that match the filter, in one call as long as they are few. */
  readWith(id: string, filter: string): Promise<Beside<T>>;
}

/** A row that is written in the same partition as another. */
export interface BesideRow {
  readonly rowKey: string;
  readonly columns: Columns;
}

/** A row and other rows of its partition. */
interface Beside<T> {
  readonly row: StoredRow<T> | undefined;
  readonly others: readonly TableEntityResult<Columns>[];
}

/** Maximum number of inserts of a row that is removed between an insert and a read. */
const maxInserts = 3;

/**
 * Rows that are inserted once and updated by their ETag. Every write has a unique id, so a caller recognizes its own
 * write after a retry whose first response was lost. Creates the table if it does not exist.
 */
export function makeEtagRows<T>(table: TableClient, format: RowFormat<T>): EtagRows<T> {
  const what = `table ${table.tableName}`;
  const { rowKey } = format;

  async function find(
    id: string,
  ): Promise<(StoredRow<T> & { readonly write: string }) | undefined> {
    try {
      const row = await table.getEntity<{ write: string }>(format.partitionKeyOf(id), rowKey);
      return { etag: row.etag, value: format.fromColumns({ ...row }), write: row.write };
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined;
      throw toStorageError(thrown, what);
    }
  }

  const toRow = (value: T, id: string) => ({
    ...format.toColumns(value),
    partitionKey: format.partitionKeyOf(format.idOf(value)),
    rowKey,
    write: id,
  });

  /** Undefined if a condition failed, unless the stored row is our own write and only its response was lost. */
  async function write(
    value: T,
    send: (row: ReturnType<typeof toRow>) => Promise<{ etag?: string }>,
  ): Promise<StoredRow<T> | undefined> {
    const id = randomUUID();
    try {
      const { etag } = await send(toRow(value, id));
      if (etag !== undefined) return { etag, value };
    } catch (thrown) {
      if (!isConflict(thrown) && !isPreconditionFailed(thrown) && !isNotFound(thrown))
        throw toStorageError(thrown, what);
    }
    const found = await find(format.idOf(value));
    return found?.write === id ? { etag: found.etag, value: found.value } : undefined;
  }

  async function insert(value: T): ReturnType<EtagRows<T>['insert']> {
    for (let inserts = 0; inserts < maxInserts; inserts += 1) {
      const inserted = await write(value, (row) =>
        creatingWhenMissing(
          () => table.createEntity(row),
          () => table.createTable(),
        ),
      );
      if (inserted !== undefined) return { ...inserted, inserted: true };
      const found = await find(format.idOf(value));
      if (found !== undefined) return { etag: found.etag, value: found.value, inserted: false };
      // Gone between the two calls: the clean-up removed it, so it is new. If that repeats, the table is being deleted.
    }
    throw new MeetingError('storageUnavailable', `Storage did not save the data: ${what}.`);
  }

  async function readWith(id: string, filter: string): Promise<Beside<T>> {
    const partition = odata`PartitionKey eq ${format.partitionKeyOf(id)}`;
    const others: TableEntityResult<Columns>[] = [];
    let row: StoredRow<T> | undefined;
    try {
      const found = table.listEntities<Columns>({
        queryOptions: { filter: `${partition} and (${odata`RowKey eq ${rowKey}`} or ${filter})` },
      });
      for await (const entity of found)
        if (entity.rowKey === rowKey)
          row = { etag: entity.etag, value: format.fromColumns({ ...entity }) };
        else others.push(entity);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
    return { row, others };
  }

  /** Writes both rows or neither: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
  async function replaceBoth(
    row: ReturnType<typeof toRow>,
    etag: string,
    beside: BesideRow,
  ): Promise<{ etag?: string }> {
    const { partitionKey } = row;
    const { subResponses } = await table.submitTransaction([
      ['update', row, 'Replace', { etag }],
      ['create', { ...beside.columns, partitionKey, rowKey: beside.rowKey }],
    ]);
    const written = subResponses[0]?.etag?.trim();
    return written === undefined ? {} : { etag: written };
  }

  return {
    read: find,
    insert,
    replace: (etag, next, beside) =>
      write(next, (row) =>
        beside === undefined
          ? table.updateEntity(row, 'Replace', { etag })
          : replaceBoth(row, etag, beside),
      ),
    readWith,
  };
}
