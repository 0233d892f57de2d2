interface Waiting<T, Result> {
  readonly item: T;
  readonly done: PromiseWithResolvers<Result>;
}

export interface GroupedWrites<T, Result = void> {
  /** Resolves with what the write of its group gave. Rejects when that failed. */
  add(item: T): Promise<Result>;
  /** Items that are not written yet. */
  readonly pending: number;
}

/** Makes one write at a time. What comes while one is under way goes into the next, up to `max` items together. */
export function makeGroupedWrites<T, Result = void>(
  write: (group: readonly T[]) => Promise<Result>,
  max: number,
): GroupedWrites<T, Result> {
  const waiting: Waiting<T, Result>[] = [];
  let writing = 0;
  let isRunning = false;

  async function writeNext(): Promise<void> {
    const group = waiting.splice(0, max);
    writing = group.length;
    try {
      const result = await write(group.map(({ item }) => item));
      for (const { done } of group) done.resolve(result);
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
      const done = Promise.withResolvers<Result>();
      waiting.push({ item, done });
      void writeAll();
      return done.promise;
    },
    get pending() {
      return waiting.length + writing;
    },
  };
}
