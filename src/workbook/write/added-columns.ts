import { maxColumn, type CellRange } from '../reference';
import type { SheetRow } from '../read/sheet-rows';
import type { CorrectedCells } from './cell-corrector';
import { tooLarge } from '../workbook-error';

/** A column to add to a sheet. */
export interface AddedColumn {
  readonly name: string;
  /** In characters, as Excel counts widths. */
  readonly width: number;
}

/** A cell to be written: a text, which may also be the address of a link. Empty text removes the cell. */
export interface AddedCell {
  readonly text: string;
  readonly isLink?: boolean;
}

/** Columns to add to a sheet. */
export interface AddedColumns {
  readonly sheet: string;
  /** The row that names the columns, from 1. */
  readonly headerRow: number;
  readonly columns: readonly AddedColumn[];
  /** A cell for each column, by row number. */
  readonly rows: ReadonlyMap<number, readonly AddedCell[]>;
  /** Corrections of the sheet's own cells, by row and column. */
  readonly corrections?: CorrectedCells;
}

/**
 * The first column for the added ones: their old place, if the sheet has all of them side by side in its header row;
 * else the first free columns to its right. A column is free if it is empty from the header row down.
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
