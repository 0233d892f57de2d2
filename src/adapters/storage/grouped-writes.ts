interface Waiting<T> {
  readonly item: T;
  readonly done: PromiseWithResolvers<void>;
}

export interface GroupedWrites<T> {
  /** Resolves when the item is written. Rejects when the write of its group failed. */
  add(item: T): Promise<void>;
  /** Items that are not written yet. */
  readonly pending: number;
}

/** Makes one write at a time. What comes while one is under way goes into the next, up to `max` items together. */
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
