import type { ColumnTarget } from '../../src/requests/column-names';
import type { LoadedSheet } from '../../page/src/sheet/loaded-sheet';

/** A sheet in Berlin whose columns, from A, are these fields; its rows begin in row 2. Blank cells do not exist. */
export const loadedSheet = (
  columns: readonly ColumnTarget[],
  rows: readonly (readonly string[])[],
): LoadedSheet => ({
  file: { name: 'evening.csv', sheets: [], fingerprint: '', rowsOf: () => [] },
  sheetName: 'evening.csv',
  headerRow: 1,
  headings: columns.map((name, place) => ({ column: place + 1, name })),
  body: rows.map((texts, index) => ({
    row: index + 2,
    cells: texts.flatMap((text, place) =>
      text === '' ? [] : [{ column: place + 1, kind: 'text' as const, text }],
    ),
  })),
  listId: 'abc',
  mapping: {
    sources: Object.fromEntries(
      columns.map((target, place) => [target, { kind: 'column', column: place + 1 }]),
    ),
    timeZone: 'Europe/Berlin',
  },
  corrections: new Map(),
});
