/**
 * The index of the header row, given the number of known column names in each row: the first row with two. A row above
 * it may group the columns, and have two known words too; so the next row counts if it knows as many.
 */
export function headerPlace(known: readonly number[]): number | undefined {
  const first = known.findIndex((count) => count > 1);
  if (first === -1) return undefined;
  return (known[first + 1] ?? 0) >= (known[first] ?? 0) ? first + 1 : first;
}
