/** Runs the work for each item, a limited number at a time. Throws the first error, after the running work has ended. */
export async function forEachParallel<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const run = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true && failures.length === 0; next = left.next()) {
      await work(next.value).catch((thrown: unknown) => failures.push(thrown));
    }
  };
  await Promise.all(Array.from({ length: limit }, run));
  // oxlint-disable-next-line typescript/only-throw-error -- rethrows what the work threw
  if (failures.length > 0) throw failures[0];
}
