import type { Cell, SheetRow } from '../../src/workbook/read/sheet-rows';

/** A row of texts, from column A. Blank cells do not exist. */
export const rowOf = (row: number, ...texts: readonly string[]): SheetRow => ({
  row,
  cells: texts.flatMap((text, place): Cell[] =>
    text === '' ? [] : [{ column: place + 1, kind: 'text', text }],
  ),
});
