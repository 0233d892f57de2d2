import { toChecked, type Checked } from '../../page/src/steps/check/checked';
import { summaryOf } from '../../page/src/steps/summary';
import type { Outcome } from '../../page/src/api/answers';
import { loadedSheet } from './loaded-sheet';

const columns = [
  'meeting.startDateTime',
  'organizer',
  'organizerPool',
  'meeting.participants.attendees',
  'calendar.enabled',
] as const;

/** Rows from 2: the predicted outcome, and the cells of `columns`. */
function checkedRows(...rows: readonly (readonly [Outcome, ...string[]])[]): Checked {
  const sheet = loadedSheet(
    columns,
    rows.map(([, ...texts]) => texts),
  );
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

test.each([
  [
    'people, however they are written',
    [
      ['anna@contoso.com', ''],
      ['Anna@contoso.com', ''],
      ['Ben Okafor <ben@contoso.com>', ''],
      ['mailto:anna@contoso.com', ''],
    ],
    ['anna@contoso.com', 'ben@contoso.com'],
  ],
  [
    'pools, in any letter case',
    [
      ['', 'teachers'],
      ['', 'Teachers'],
      ['anna@contoso.com', ''],
    ],
    ['anna@contoso.com', 'teachers'],
  ],
])('the summary names each organizer once: %s', (_what, rows, organizers) => {
  const checked = checkedRows(
    ...rows.map((cells): [Outcome, ...string[]] => ['create', '2030-01-10 14:00', ...cells]),
  );
  expect(summaryOf(checked).organizers).toEqual(organizers);
});

const mailsOf = (outcome: Outcome, calendar: string): object => {
  const cells = ['2030-01-10 14:00', 'anna@contoso.com', '', 'pia@example.org', calendar];
  const { invited, isOutlookTelling } = summaryOf(checkedRows([outcome, ...cells]));
  return { invited, isOutlookTelling };
};

test.each([
  ['create', 'true', { invited: 1, isOutlookTelling: false }],
  ['update', 'true', { invited: 0, isOutlookTelling: true }],
  ['cancel', 'true', { invited: 0, isOutlookTelling: true }],
  ['unchanged', 'true', { invited: 0, isOutlookTelling: false }],
  ['create', '', { invited: 0, isOutlookTelling: false }],
  ['update', '', { invited: 0, isOutlookTelling: false }],
] as const)('the mails of a row to %s, in a calendar “%s”', (outcome, calendar, mails) => {
  expect(mailsOf(outcome, calendar)).toEqual(mails);
});
