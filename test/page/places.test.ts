import type { Mapping } from '../../page/src/columns/mapping';
import { toRefusals } from '../../page/src/columns/problems/refusals';
import { toRequests } from '../../page/src/columns/rows/requests';
import { english } from '../../page/src/words/english';
import { parseMeetingRequest } from '../../src/requests/parse/parse-meeting-request';
import type { Cell } from '../../src/workbook/read/sheet-rows';

const noSuchTime = 'This day or time does not exist.';
const wrongWeekday = 'The day of the week does not match the date.';
const excelError = 'The cell contains an Excel error.';

/** The fields and sentences of a row with these cells, by field, as its request is refused. */
function refused(
  columns: Readonly<Record<string, string>>,
  duration?: string,
): readonly (readonly [string | undefined, string])[] {
  const fields = Object.keys(columns);
  const cells = Object.values(columns).flatMap((text, place): Cell[] =>
    text === '' ? [] : [{ column: place + 1, kind: 'text', text }],
  );
  const mapping: Mapping = {
    timeZone: 'Europe/Berlin',
    sources: {
      organizer: { kind: 'text', text: 'anna@contoso.com' },
      'meeting.subject': { kind: 'text', text: 'Lesson' },
      ...(duration !== undefined && { durationMinutes: { kind: 'text', text: duration } }),
      ...Object.fromEntries(
        fields.map((field, place) => [field, { kind: 'column', column: place + 1 }]),
      ),
    },
  };
  const headings = fields.map((name, place) => ({ column: place + 1, name }));
  const sheet = { headings, body: [{ row: 2, cells }], mapping, corrections: new Map() };
  const [sent] = toRequests({ ...sheet, listId: 'list' });
  const parsed = parseMeetingRequest(sent?.request);
  const rows = parsed.ok ? [] : [{ row: 2, problems: parsed.problems }];
  return toRefusals(rows, sheet, english).map(({ field, sentence }) => [field, sentence]);
}

describe('the place of a problem', () => {
  test.each([
    ['', '14:00', [['meeting.startDateTime', 'Enter a date.']]],
    ['15.01.2030', '', [['startTime', 'Enter a start time.']]],
    [
      '',
      '',
      [
        ['meeting.startDateTime', 'Enter a date.'],
        ['startTime', 'Enter a start time.'],
      ],
    ],
    ['#REF!', '14:00', [['meeting.startDateTime', excelError]]],
    ['15.01.2030', '#N/A', [['startTime', excelError]]],
    ['15.01.2030', '25:00', [['startTime', noSuchTime]]],
    ['Mo 15.01.2030', '14:00', [['meeting.startDateTime', wrongWeekday]]],
    ['15.01.2030', 'soon', [['startTime', noSuchTime]]],
    ['31.02.2030', '14:00', [['meeting.startDateTime', noSuchTime]]],
    ['31.03.2030', '02:30', [['startTime', noSuchTime]]],
    [
      '31.02.2030',
      'soon',
      [
        ['meeting.startDateTime', noSuchTime],
        ['startTime', noSuchTime],
      ],
    ],
    ['15.01.2030 25:00', '', [['meeting.startDateTime', noSuchTime]]],
    ['15.01.2030 14:00', '', []],
    ['15.01.2030', '14:00', []],
  ])('of the day %p and the time %p', (day, clock, places) => {
    expect(refused({ 'meeting.startDateTime': day, startTime: clock }, '20')).toEqual(places);
  });

  test.each([
    ['', 'Enter a start time.'],
    ['15.01.2030', 'Enter a start time.'],
    ['14:00', 'Enter a date.'],
    ['#REF!', excelError],
    ['31.02.2030', noSuchTime],
    ['31.03.2030 02:30', noSuchTime],
  ])('of the start %p in one column', (start, sentence) => {
    expect(refused({ 'meeting.startDateTime': start }, '20')).toEqual([
      ['meeting.startDateTime', sentence],
    ]);
  });

  const start = { 'meeting.startDateTime': '15.01.2030', startTime: '14:00' };

  test.each([
    ['', [['endTime', 'Enter an end time.']]],
    ['25:00', [['endTime', noSuchTime]]],
    ['#REF!', [['endTime', excelError]]],
    ['13:00', [['endTime', 'The end is before the start.']]],
    ['14:20', []],
  ])('of the end %p on the day of the start', (endTime, places) => {
    expect(refused({ ...start, endTime })).toEqual(places);
  });

  test.each([
    ['15.01.2030', '', [['endTime', 'Enter an end time.']]],
    ['31.02.2030', '14:20', [['meeting.endDateTime', noSuchTime]]],
    ['#REF!', '14:20', [['meeting.endDateTime', excelError]]],
    ['14.01.2030', '14:20', [['meeting.endDateTime', 'The end is before the start.']]],
    ['15.01.2030', '13:20', [['endTime', 'The end is before the start.']]],
    ['16.01.2030', '08:00', []],
  ])('of the end on %p at %p', (day, endTime, places) => {
    expect(refused({ ...start, 'meeting.endDateTime': day, endTime })).toEqual(places);
  });

  test.each([
    ['', [['meeting.endDateTime', 'Enter an end time.']]],
    ['15.01.2030', [['meeting.endDateTime', 'Enter an end time.']]],
    ['25:00', [['meeting.endDateTime', noSuchTime]]],
    ['13:00', [['meeting.endDateTime', 'The end is before the start.']]],
    ['14:20', []],
  ])('of the end %p in one column', (end, places) => {
    expect(refused({ ...start, 'meeting.endDateTime': end })).toEqual(places);
  });

  test('of a missing day is not marked at the end too', () => {
    const row = { 'meeting.startDateTime': '', startTime: '14:00', endTime: '14:20' };
    expect(refused(row)).toEqual([['meeting.startDateTime', 'Enter a date.']]);
  });

  test('of a missing duration', () => {
    expect(refused({ ...start, durationMinutes: '' })).toEqual([
      ['durationMinutes', 'Enter a duration.'],
    ]);
  });
});
