import { maxColumn, type CellRange } from '../reference';
import type { SheetRow } from '../read/sheet-rows';
import type { CorrectedCells } from './cell-corrector';
import { tooLarge } from '../workbook-error';

export interface AddedColumn {
  readonly name: string;
  /** In characters, as Excel counts widths. */
  readonly width: number;
}

/** A cell to be written: a text, which may be the address that it leads to. An empty one is taken away. */
export interface AddedCell {
  readonly text: string;
  readonly isLink?: boolean;
}

/** Columns for a sheet, beside those that it has. */
export interface AddedColumns {
  readonly sheet: string;
  /** The row that names the columns, from 1. */
  readonly headerRow: number;
  readonly columns: readonly AddedColumn[];
  /** By the number of the row: a cell for each column. */
  readonly rows: ReadonlyMap<number, readonly AddedCell[]>;
  /** Cells of the sheet's own columns that are to say something else, by row and column. Formulas stay. */
  readonly corrections?: CorrectedCells;
}

/**
 * The first of the columns that the added ones take: where they were before, if the sheet has them all side by side in its
 * header row; else the first free ones to the right of it. A column is free that holds nothing from the header row on.
 */
export function placeColumns(
  { headerRow, columns }: AddedColumns,
  rows: Iterable<SheetRow>,
  merges: readonly CellRange[],
): number {
  const names = new Map<number, string>();
  const used = new Set<number>();
  for (const { row, cells } of rows) {
    if (row < headerRow) continue;
    for (const { column, text } of cells) {
      used.add(column);
      if (row === headerRow) names.set(column, text);
    }
  }
  const below = merges.filter(({ to }) => to.row >= headerRow);
  const isUsed = (column: number): boolean =>
    used.has(column) || below.some(({ from, to }) => from.column <= column && column <= to.column);
  const isAt = (first: number): boolean =>
    columns.every(({ name }, index) => names.get(first + index)?.trim() === name);
  return (
    [...names.keys()].find(isAt) ??
    firstFree(Math.max(0, ...names.keys()) + 1, columns.length, isUsed)
  );
}

function firstFree(from: number, count: number, isUsed: (column: number) => boolean): number {
  let first = from;
  for (let column = from; column < first + count && column <= maxColumn; column += 1)
    if (isUsed(column)) first = column + 1;
  if (first + count - 1 > maxColumn) throw tooLarge('there is no room for more columns');
  return first;
}
