import { canBeMade, toChecked } from '../../page/src/steps/check/checked';
import { loadedSheet } from './loaded-sheet';

const sheet = loadedSheet(['meeting.subject'], [['Piano'], ['Violin']]);
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
