interface Waiting<T> {
  readonly item: T;
  readonly done: PromiseWithResolvers<void>;
}

/** Writes items in groups. */
export interface GroupedWrites<T> {
  /** Resolves when the item is written; rejects when the write of its group fails. */
  add(item: T): Promise<void>;
  /** Number of items that are not written yet. */
  readonly pending: number;
}

/** Runs one write at a time. Items added during a write go into the next one, up to `max` together. */
export function makeGroupedWrites<T>(
  write: (group: readonly T[]) => Promise<void>,
  max: number,
): GroupedWrites<T> {
  const waiting: Waiting<T>[] = [];
  let writing = 0;
  let isRunning = false;

  async function writeNext(): Promise<void> {
    const group = waiting.splice(0, max);
    writing = group.length;
    try {
      await write(group.map(({ item }) => item));
      for (const { done } of group) done.resolve();
    } catch (thrown) {
      for (const { done } of group) done.reject(thrown);
    }
    writing = 0;
  }

  async function writeAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) await writeNext();
    isRunning = false;
  }

  return {
    add(item) {
      const done = Promise.withResolvers<void>();
      waiting.push({ item, done });
      void writeAll();
      return done.promise;
    },
    get pending() {
      return waiting.length + writing;
    },
  };
}
