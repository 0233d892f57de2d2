import { toRefusals } from '../../page/src/columns/problems/refusals';
import { refusedIn } from '../../page/src/columns/problems/row-problems';
import { withoutCell } from '../../page/src/columns/problems/without-cell';
import { english } from '../../page/src/words/english';
import type { ColumnTarget } from '../../src/requests/column-names';
import { loadedSheet } from './loaded-sheet';

const refusalsOf = (
  columns: readonly ColumnTarget[],
  rows: readonly (readonly string[])[],
  ...problems: readonly (readonly [row: number, code: string, target: string])[]
) =>
  toRefusals(
    problems.map(([row, code, target]) => ({ row, problems: [{ code, target, message: code }] })),
    loadedSheet(columns, rows),
    english,
  );

describe('a problem is marked in the cell where it can be corrected:', () => {
  const start = 'meeting.startDateTime';

  test.each<[string, readonly ColumnTarget[], readonly string[], string, string, ColumnTarget]>([
    ['an empty pool', ['organizerPool'], [''], 'missing', 'organizer', 'organizerPool'],
    ['no organizer', ['organizer', 'organizerPool'], ['', ''], 'missing', 'organizer', 'organizer'],
    [
      'the day of a meeting that is over',
      [start, 'startTime', 'durationMinutes'],
      ['15.02.2020', '14:00', '30'],
      'inThePast',
      'meeting.endDateTime',
      start,
    ],
    [
      'a duration that is missing',
      [start, 'durationMinutes'],
      ['15.02.2030 14:00', ''],
      'missing',
      'meeting.endDateTime',
      'durationMinutes',
    ],
  ])('%s', (_what, columns, cells, code, target, field) => {
    const [refusal] = refusalsOf(columns, [cells], [2, code, target]);
    expect(refusal).toMatchObject({ field, column: columns.indexOf(field) + 1 });
  });
});

describe('a problem without a cell', () => {
  const rows = [['Piano'], ['Violin'], ['Choir']];

  test('names its rows, once for each sentence', () => {
    const refusals = refusalsOf(
      ['meeting.subject'],
      rows,
      [2, 'missing', 'organizer'],
      [4, 'missing', 'organizer'],
      [3, 'tooLong', 'meeting.subject'],
    );
    expect(withoutCell(refusals)).toEqual([
      { field: 'organizer', sentence: 'Enter the organizer.', rows: [2, 4] },
    ]);
  });

  test.each([
    ['a meeting that a row already has', 'requestIdReused', 'requestId'],
    ['a row that Graph refuses', 'graphRejected', '$'],
  ])('is under no field if none can be set: %s', (_what, code, target) => {
    const [problem] = withoutCell(refusalsOf(['meeting.subject'], rows, [3, code, target]));
    expect(problem).toMatchObject({ field: undefined, rows: [3] });
  });
});

describe('a row that would be refused', () => {
  const errorOf = (code: string) => ({ code, message: 'Refused.', remedy: 'Ask.' });
  const problem = { code: 'missing', target: 'organizer', message: 'Add an organizer.' };

  test.each([
    ['with its own problems', { ...errorOf('invalidRequest'), details: [problem] }, [problem]],
    [
      'in a field that its code names',
      errorOf('organizerNotFound'),
      [{ code: 'organizerNotFound', target: 'organizer', message: 'Refused. Ask.' }],
    ],
    [
      'as a whole',
      errorOf('accessDenied'),
      [{ code: 'accessDenied', target: '$', message: 'Refused. Ask.' }],
    ],
  ])('is refused %s', (_how, error, problems) => {
    expect(refusedIn([{ row: 3, error }])).toEqual([{ row: 3, problems }]);
  });
});
