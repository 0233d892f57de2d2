import { toChecked, type Checked } from '../../page/src/steps/checked';
import { summaryOf } from '../../page/src/steps/summary';
import type { LoadedSheet } from '../../page/src/sheet/loaded-sheet';
import type { Outcome } from '../../page/src/answers';

const columns = ['meeting.startDateTime', 'organizer', 'organizerPool'] as const;

/** Rows from 2: the predicted outcome, and the start, organizer and pool in columns A to C. */
function checkedRows(...rows: readonly (readonly [Outcome, ...string[]])[]): Checked {
  const sheet: LoadedSheet = {
    file: { name: 'evening.csv', sheets: [], fingerprint: '', rowsOf: () => [] },
    sheetName: 'evening.csv',
    headerRow: 1,
    headings: columns.map((name, place) => ({ column: place + 1, name })),
    body: rows.map(([, ...texts], index) => ({
      row: index + 2,
      cells: texts.map((text, place) => ({ column: place + 1, kind: 'text', text })),
    })),
    listId: 'abc',
    mapping: {
      sources: Object.fromEntries(
        columns.map((target, place) => [target, { kind: 'column', column: place + 1 } as const]),
      ),
      timeZone: 'Europe/Berlin',
    },
    corrections: new Map(),
  };
  const previewed = rows.map(([outcome], index) => ({
    row: index + 2,
    preview: { outcome, changes: [], warnings: [] },
    error: null,
  }));
  return toChecked(sheet, [], previewed);
}

test('the summary has the times of the meetings that are made or changed only', () => {
  const checked = checkedRows(
    ['cancel', '2030-01-10 14:00'],
    ['update', '2030-01-12 14:00'],
    ['create', '2030-01-11 14:00'],
    ['unchanged', '2030-01-20 14:00'],
  );
  expect(summaryOf(checked).starts).toEqual(['2030-01-11T13:00:00Z', '2030-01-12T13:00:00Z']);
});
