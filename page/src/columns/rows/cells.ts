import type { Cell, SheetRow } from '../../../../src/workbook/read/sheet-rows';

/** Corrected texts of cells, by `cellKey`. */
export type Corrections = ReadonlyMap<string, string>;

/** Returns the key of a cell in `Corrections`; row and column from 1. */
export const cellKey = (row: number, column: number): string => `${row} ${column}`;

/** The current cell: corrected, or as in the file. */
export function cellAt(
  { row, cells }: SheetRow,
  column: number,
  corrections: Corrections,
): Cell | undefined {
  const corrected = corrections.get(cellKey(row, column));
  return corrected === undefined
    ? cells.find((cell) => cell.column === column)
    : { column, kind: 'text', text: corrected };
}
