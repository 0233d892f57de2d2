import { maxColumn, maxRow, toCellPlace, toColumn, toLetters, type CellPlace } from '../reference';

/**
 * Texts, sheet names in quotes, and names of tables' columns: nothing in them is a reference. One that is not closed
 * lasts to the end, so that the search never starts again inside it.
 */
const quoted = String.raw`"[^"]*(?:"|$)|'[^']*(?:'|$)|\[[^[\]]*(?:\[[^\]]*(?:\]|$)[^[\]]*)*(?:\]|$)`;
const columns = String.raw`\$?[A-Z]{1,3}:\$?[A-Z]{1,3}`;
const rows = String.raw`\$?\d{1,7}:\$?\d{1,7}`;
const cell = String.raw`\$?[A-Z]{1,3}\$?\d{1,7}`;
/** Not a part of a longer name, the name of a sheet, or a function such as LOG10. */
const token = new RegExp(
  String.raw`${quoted}|(?<![\p{L}\d_.$])(?:${columns}|${rows}|${cell})(?![\p{L}\d_.(!])`,
  'gu',
);
const quotes = /^["'[]/;

/**
 * A formula as it reads when it is copied from one cell to another of its sheet: references without `$` move with it.
 * ECMA-376 part 1, 18.17.2.3.
 */
export function shiftFormula(formula: string, from: CellPlace, to: CellPlace): string {
  const by = { column: to.column - from.column, row: to.row - from.row };
  return formula.replaceAll(token, (found) => (quotes.test(found) ? found : shiftRange(found, by)));
}

const shiftRange = (range: string, by: CellPlace): string =>
  range
    .split(':')
    .map((end) => shiftEnd(end, by))
    .join(':');

/** A cell, a column, or a row. */
function shiftEnd(reference: string, by: CellPlace): string {
  const [, fixedColumn, letters = '', fixedRow, digits = ''] =
    /^(\$?)([A-Z]*)(\$?)(\d*)$/.exec(reference) ?? [];
  if (letters !== '' && digits !== '' && toCellPlace(reference) === undefined) return reference;
  const column = (toColumn(letters) ?? 1) + (fixedColumn === '$' ? 0 : by.column);
  // A row alone has its `$` where a cell has that of its column.
  const isFixedRow = (letters === '' ? fixedColumn : fixedRow) === '$';
  const row = Number(digits) + (isFixedRow ? 0 : by.row);
  if (letters !== '' && (column < 1 || column > maxColumn)) return '#REF!';
  if (digits !== '' && (row < 1 || row > maxRow)) return '#REF!';
  return [
    fixedColumn,
    letters === '' ? '' : toLetters(column),
    letters === '' ? '' : fixedRow,
    digits === '' ? '' : String(row),
  ].join('');
}
