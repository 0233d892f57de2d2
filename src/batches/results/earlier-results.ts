import { addedOrders, correctedCellsName } from './result-columns';

/** Names that make their neighbours recognizable as columns of Convoke. */
const marks: ReadonlySet<string> = new Set(['joinWebUrl', 'previewChanges']);

/**
 * The places, from 0, of the columns that an earlier result has added to a sheet: columns side by side, in an order of
 * Convoke, one of which is a mark. Some may have been deleted since. A column that only has the name of one, such as
 * `status`, is the caller's own.
 */
export function placesOfEarlierResults(names: readonly string[]): ReadonlySet<number> {
  const trimmed = names.map((name) => name.trim());
  return new Set(
    trimmed.flatMap((name, place) => {
      if (name === correctedCellsName) return [place];
      return marks.has(name) ? columnsAround(trimmed, place) : [];
    }),
  );
}

/** The columns around a mark; none if it stands alone. */
function columnsAround(names: readonly string[], mark: number): readonly number[] {
  const runs = addedOrders.map((order) => runAround(names, mark, order));
  const largest = runs.reduce((best, next) => (next.length > best.length ? next : best));
  return largest.length > 1 ? largest : [];
}

function runAround(
  names: readonly string[],
  mark: number,
  order: readonly string[],
): readonly number[] {
  const rankAt = (place: number): number => order.indexOf(names[place] ?? '');
  if (rankAt(mark) === -1) return [];
  let first = mark;
  let last = mark;
  while (rankAt(first - 1) !== -1 && rankAt(first - 1) < rankAt(first)) first -= 1;
  while (rankAt(last + 1) > rankAt(last)) last += 1;
  return Array.from({ length: last - first + 1 }, (_, more) => first + more);
}
