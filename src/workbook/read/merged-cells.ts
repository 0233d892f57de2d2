import type { CellRange } from '../reference';
import type { Cell, SheetRow } from './sheet-rows';

/** The content of a merged cell, for the rows below its first. */
interface Covering {
  readonly lastRow: number;
  readonly cell: Cell;
}

/**
 * Gives the content of a cell that is merged over several rows to each of these rows that has other cells: a day or a
 * heading is often written once for all of them. Columns that it covers too stay empty, as beside a title.
 */
export function* withMergedCells(
  rows: Iterable<SheetRow>,
  merges: readonly CellRange[],
): Generator<SheetRow> {
  const lastRows = new Map(
    merges
      .filter(({ from, to }) => to.row > from.row)
      .map(({ from, to }) => [placeOf(from.row, from.column), to.row]),
  );
  if (lastRows.size === 0) return yield* rows;
  const covering = new Map<number, Covering>();
  for (const { row, cells } of rows) {
    yield { row, cells: completed(row, cells, covering) };
    for (const cell of cells) {
      const lastRow = lastRows.get(placeOf(row, cell.column));
      if (lastRow !== undefined)
        covering.set(cell.column, { lastRow, cell: { ...cell, isCovered: true } });
    }
  }
}

const placeOf = (row: number, column: number): string => `${row} ${column}`;

/** The cells of a row and those that cover it, in the order of the columns. Forgets cells that end above the row. */
function completed(
  row: number,
  cells: readonly Cell[],
  covering: Map<number, Covering>,
): readonly Cell[] {
  const own = new Set(cells.map(({ column }) => column));
  const above: Cell[] = [];
  for (const [column, { lastRow, cell }] of covering)
    if (lastRow < row) covering.delete(column);
    else if (!own.has(column)) above.push(cell);
  if (above.length === 0) return cells;
  return [...cells, ...above].toSorted((one, other) => one.column - other.column);
}
