import { canBeMade, toChecked } from '../../page/src/steps/checked';
import type { LoadedSheet } from '../../page/src/sheet/loaded-sheet';

const sheet: LoadedSheet = {
  file: { name: 'evening.csv', sheets: [], fingerprint: '', rowsOf: () => [] },
  sheetName: 'evening.csv',
  headerRow: 1,
  headings: [],
  body: [
    { row: 2, cells: [] },
    { row: 3, cells: [] },
  ],
  listId: 'abc',
  mapping: { sources: {}, timeZone: 'Europe/Berlin' },
  corrections: new Map(),
};
const refused = (...rows: readonly number[]) => rows.map((row) => ({ row, problems: [] }));

describe('a sheet can be made', () => {
  test.each([
    ['after its check', toChecked(sheet, [], []), true],
    ['if some of its rows are right', toChecked(sheet, refused(3), []), true],
    ['not if all of its rows are wrong', toChecked(sheet, refused(2, 3), []), false],
    ['not before its check', undefined, false],
    ['not after the check of another version', toChecked({ ...sheet }, [], []), false],
  ])('%s', (_when, checked, canBe) => {
    expect(canBeMade(sheet, checked)).toBe(canBe);
  });
});
