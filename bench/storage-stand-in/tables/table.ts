import { newEtag, StorageFault } from '../protocol';

/** The columns of a row, with the types of OData as columns of their own: `name@odata.type`. */
export type Columns = Readonly<Record<string, unknown>>;

/** The key of a row in its table. */
export interface Key {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** One write of one row. A merge keeps the other columns. */
export type Write = Key & {
  readonly kind: 'insert' | 'replace' | 'merge' | 'delete';
  /** The ETag that the row must have; `*` for any. A row need not be there without it, except to be removed. */
  readonly ifMatch?: string | undefined;
  readonly columns: Columns;
};

/** A row as it stands in an answer. */
export type Row = Columns & {
  readonly 'odata.etag': string;
  readonly PartitionKey: string;
  readonly RowKey: string;
  readonly Timestamp: string;
};

/** The rows of one table. */
export class Table {
  readonly #partitions = new Map<string, Map<string, Row>>();

  /** @throws StorageFault when there is no such row */
  find(key: Key): Row {
    const row = this.#find(key);
    if (row === undefined) throw new StorageFault(404, 'ResourceNotFound');
    return row;
  }

  /** Of one partition, or all; in no order. */
  *rows(partitionKey?: string): Generator<Row> {
    if (partitionKey !== undefined)
      return yield* this.#partitions.get(partitionKey)?.values() ?? [];
    for (const partition of this.#partitions.values()) yield* partition.values();
  }

  /** All or none. Gives the rows as they are then, without those that were removed. @throws StorageFault */
  write(writes: readonly Write[]): readonly (Row | undefined)[] {
    const undo: (() => void)[] = [];
    try {
      return writes.map((write) => {
        const before = this.#find(write);
        const after = toRow(write, before);
        this.#put(write, after);
        undo.unshift(() => this.#put(write, before));
        return after;
      });
    } catch (thrown) {
      for (const undoOne of undo) undoOne();
      throw thrown;
    }
  }

  #find({ partitionKey, rowKey }: Key): Row | undefined {
    return this.#partitions.get(partitionKey)?.get(rowKey);
  }

  #put({ partitionKey, rowKey }: Key, row: Row | undefined): void {
    const partition = this.#partitions.get(partitionKey) ?? new Map<string, Row>();
    if (row === undefined) partition.delete(rowKey);
    else partition.set(rowKey, row);
    if (partition.size === 0) this.#partitions.delete(partitionKey);
    else this.#partitions.set(partitionKey, partition);
  }
}

function toRow(write: Write, before: Row | undefined): Row | undefined {
  checkConditions(write, before);
  const { kind, partitionKey, rowKey, columns } = write;
  if (kind === 'delete') return undefined;
  return {
    ...(kind === 'merge' && before),
    ...columns,
    'odata.etag': `W/${newEtag()}`,
    PartitionKey: partitionKey,
    RowKey: rowKey,
    Timestamp: new Date().toISOString(),
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes */
function checkConditions({ kind, ifMatch }: Write, before: Row | undefined): void {
  if (kind === 'insert' && before !== undefined) throw new StorageFault(409, 'EntityAlreadyExists');
  if (before === undefined && (ifMatch !== undefined || kind === 'delete'))
    throw new StorageFault(404, 'ResourceNotFound');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== before?.['odata.etag'])
    throw new StorageFault(412, 'UpdateConditionNotSatisfied');
}
