/** Limits of a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
export const maxColumn = 16_384;
export const maxRow = 1_048_576;
/** Maximum length of a cell, in characters. */
export const maxCellLength = 32_767;

/** A column by its letters: A is 1. Undefined for anything that is not a column. */
export function toColumn(letters: string): number | undefined {
  if (!/^[A-Z]{1,3}$/.test(letters)) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return column <= maxColumn ? column : undefined;
}

/** The letters of a column, 1 is A. */
export function toLetters(column: number): string {
  const rest = (column - 1) % 26;
  const last = String.fromCharCode(65 + rest);
  return column <= 26 ? last : toLetters((column - 1 - rest) / 26) + last;
}

/** A cell by its column and row, both from 1. */
export interface CellPlace {
  readonly column: number;
  readonly row: number;
}

/** Parses a cell reference such as `C7` or `$C$7`; undefined if it is none. */
export function toCellPlace(reference: string): CellPlace | undefined {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  const [column, row] = [toColumn(letters), Number(digits)];
  return column !== undefined && row >= 1 && row <= maxRow ? { column, row } : undefined;
}

/** A rectangle of cells, both corners included. */
export interface CellRange {
  readonly from: CellPlace;
  readonly to: CellPlace;
}

/** A range such as `A1:C3`, or a single cell. */
export function toCellRange(reference: string): CellRange | undefined {
  const [first = '', last = first] = reference.split(':');
  const [from, to] = [toCellPlace(first), toCellPlace(last)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The reference to the cell in a formula: `Evening!C7`, `'Parent evening'!C7`. */
export function nameOfCell(sheet: string, { column, row }: CellPlace): string {
  const isPlain = /^[\p{L}_][\p{L}\d_.]*$/u.test(sheet);
  const name = isPlain ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  return `${name}!${toLetters(column)}${row}`;
}

/** A cell with its sheet, as `nameOfCell` writes it. */
export const isCellName = (text: string): boolean => /!\$?[A-Z]{1,3}\$?\d{1,7}$/.test(text);
