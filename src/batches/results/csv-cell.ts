/**
 * Text that a spreadsheet program may take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. Some
 * programs ignore leading spaces, and East Asian ones accept full-width characters.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A cell with the apostrophe that marks it as text. Spreadsheet programs write it, and so does `toCell`. */
const guarded = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The cell without that apostrophe, so that a sheet of results can be sent again unchanged. */
export const fromCell = (text: string): string => text.replace(guarded, '');

/** One cell: harmless in a spreadsheet, and quoted where RFC 4180 requires it. */
export function toCell(text: string, delimiter: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(harmless) || harmless.includes(delimiter)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/** One CSV record, with its line end. */
export const toRecord = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => toCell(cell, delimiter)).join(delimiter)}\r\n`;
