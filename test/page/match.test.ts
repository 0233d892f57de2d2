import { findHeaderRow, headingsOf } from '../../page/src/columns/matching/headings';
import { matchColumns } from '../../page/src/columns/matching/match';
import { contentOf } from '../../page/src/columns/matching/time-content';
import type { Cell } from '../../src/workbook/read/sheet-rows';
import { rowOf } from './sheet-row';

/** The recognized meaning of each column, by its letter. */
function matched(headings: readonly string[], ...rows: readonly (readonly string[])[]): object {
  const header = headingsOf([rowOf(1, ...headings)], 1);
  const body = rows.map((cells, index) => rowOf(index + 2, ...cells));
  const sources = matchColumns(header, body);
  return Object.fromEntries(
    Object.entries(sources).map(([target, source]) => [
      target,
      source.kind === 'column' ? 'ABCDEFGH'[source.column - 1] : source.kind,
    ]),
  );
}

describe('columns are found', () => {
  test.each([
    ['English', ['Subject', 'Start', 'Duration', 'Attendees']],
    ['German', ['Betreff', 'Beginn', 'Dauer', 'Teilnehmer']],
    ['French', ['Objet', 'Début', 'Durée', 'Participants']],
    ['Portuguese', ['Assunto', 'Início', 'Duração', 'Participantes']],
    ['Spanish', ['Asunto', 'Inicio', 'Duración', 'Asistentes']],
  ])('by their names in %s', (_language, headings) => {
    expect(matched(headings)).toEqual({
      'meeting.subject': 'A',
      'meeting.startDateTime': 'B',
      durationMinutes: 'C',
      'meeting.participants.attendees': 'D',
    });
  });

  test('by the words of a school, where date and time are apart', () => {
    const headings = ['Nr', 'Teacher e-mail', 'Pupil', 'Parent e-mail', 'Date', 'Time'];
    expect(matched(headings)).toEqual({
      organizer: 'B',
      'meeting.participants.attendees': 'D',
      'meeting.startDateTime': 'E',
      startTime: 'F',
    });
  });

  test('by their content, if the names say nothing', () => {
    expect(matched(['A1', 'B1'], ['15.01.2030', '14:00'], ['16.01.2030', '15 Uhr'])).toEqual({
      'meeting.startDateTime': 'A',
      startTime: 'B',
    });
  });

  test.each([
    ['in English', 'Start Date', 'Start Time', 'End Date', 'End Time'],
    ['as Outlook exports them in German', 'Startdatum', 'Startzeit', 'Enddatum', 'Endzeit'],
  ])('by their names %s, where start and end have two columns each', (_language, ...headings) => {
    expect(matched(headings)).toEqual({
      'meeting.startDateTime': 'A',
      startTime: 'B',
      'meeting.endDateTime': 'C',
      endTime: 'D',
    });
  });

  test.each([
    [['Date', 'Start Time', 'End Time']],
    [['Datum', 'Von', 'Bis']],
    [['Date', 'From', 'To']],
    [['Data', 'De', 'Até']],
    [['Data', 'Das', 'Às']],
  ])('where the end is a time of day: %s', (headings) => {
    expect(matched(headings, ['15.01.2030', '14:00', '14:20'])).toEqual({
      'meeting.startDateTime': 'A',
      startTime: 'B',
      endTime: 'C',
    });
  });

  test('where a column named like the day holds the time', () => {
    const row = ['15.01.2030', '14:00', '16.01.2030', '14:20'];
    expect(matched(['Start Date', 'Start', 'End Date', 'End'], row)).toEqual({
      'meeting.startDateTime': 'A',
      startTime: 'B',
      'meeting.endDateTime': 'C',
      endTime: 'D',
    });
  });

  test.each([
    ['English', ['Start', 'Start Date', 'End', 'End Date']],
    ['German', ['Beginn', 'Datum', 'Ende', 'Enddatum']],
    ['German', ['Anfang', 'Startdatum', 'Bis', 'Endet am']],
    ['Portuguese', ['Início', 'Data', 'Fim', 'Data de fim']],
    ['Portuguese', ['De', 'Dia', 'Até', 'Data de término']],
    ['French', ['Début', 'Jour', 'Fin', 'Date de fin']],
    ['Spanish', ['Inicio', 'Fecha', 'Hasta', 'Fecha de fin']],
  ])('where the time of day stands before its day in %s: %j', (_language, headings) => {
    expect(matched(headings, ['09:00', '2030-01-15', '10:00', '2030-01-16'])).toEqual({
      'meeting.startDateTime': 'B',
      startTime: 'A',
      'meeting.endDateTime': 'D',
      endTime: 'C',
    });
  });

  const clock = '09:00';
  const day = '2030-01-15';
  const both = '2030-01-15 09:00';

  test.each([
    [['Time', 'Date'], [clock, day], { startTime: 'A', 'meeting.startDateTime': 'B' }],
    [['Start', 'Start'], [clock, day], { startTime: 'A', 'meeting.startDateTime': 'B' }],
    [['Start', 'Day of it'], [clock, day], { startTime: 'A', 'meeting.startDateTime': 'B' }],
    [['Start', 'Room'], [clock, '12'], { startTime: 'A' }],
    [['Start Time'], [both], { 'meeting.startDateTime': 'A' }],
    [['Date', 'Start'], [day, both], { 'meeting.startDateTime': 'B' }],
    [['Start', 'Date'], [both, day], { 'meeting.startDateTime': 'A' }],
    [['Von', 'Bis'], [both, both], { 'meeting.startDateTime': 'A', 'meeting.endDateTime': 'B' }],
    [
      ['Date', 'Start', 'Start Time'],
      [day, both, clock],
      { 'meeting.startDateTime': 'A', startTime: 'C' },
    ],
    [['Start', 'Start Date'], ['soon', 'later'], { 'meeting.startDateTime': 'A' }],
  ])('by name and content: %j above %j', (headings, row, found) => {
    expect(matched(headings, row)).toEqual(found);
  });

  test.each([
    ['the end', ['Datum', 'Bis', 'Von'], { endTime: 'B', startTime: 'C' }],
    ['a recurrence', ['Datum', 'Wiederholung', 'Von'], { startTime: 'C' }],
    ['the end, if the start is missing', ['Datum', 'Until'], { endTime: 'B' }],
  ])('the start is never a column whose name means %s', (_what, headings, times) => {
    expect(matched(headings, ['15.01.2030', '14:20', '14:00'])).toEqual({
      'meeting.startDateTime': 'A',
      ...times,
    });
  });

  test.each([
    ['of two columns with times', ['Date', 'X', 'Y'], ['15.01.2030', '14:00', '15:00']],
    ['if the start has its time', ['Date', 'X'], ['15.01.2030 14:00', '13:45']],
    ['from a number', ['Date', 'Room'], ['15.01.2030', '1204']],
  ])('no time is guessed %s', (_what, headings, row) => {
    expect(matched(headings, row)).toEqual({ 'meeting.startDateTime': 'A' });
  });

  test('by its content, although some cells have no format', () => {
    const headings = headingsOf([rowOf(1, 'Day', 'Start', 'Room')], 1);
    const body = [rowOf(2, '2030-01-15', '14:00', '12'), rowOf(3, '2030-01-16', '15:00', '12')];
    const plain = ['47498', '0.5833', '12'].map((text, place): Cell => ({
      column: place + 1,
      kind: 'number',
      text,
    }));
    expect(matchColumns(headings, [...body, { row: 4, cells: plain }])).toEqual({
      'meeting.startDateTime': { kind: 'column', column: 1 },
      startTime: { kind: 'column', column: 2 },
    });
    expect(contentOf([{ row: 2, cells: plain }], 1)).toBeUndefined();
  });

  test('never twice, and an address alone says nothing about whose it is', () => {
    expect(matched(['Email', 'Start', 'Start'], ['a@example.com', '', ''])).toEqual({
      'meeting.startDateTime': 'B',
    });
  });
});

test('the headings stand below titles, and columns that a result has added are none', () => {
  const rows = [
    rowOf(1, 'Parent evening'),
    rowOf(3, 'Nr', 'Subject', 'Start', 'status', 'joinWebUrl', 'meetingId', 'Remark'),
    rowOf(4, '1', 'Evening', '2030-01-15 14:00', 'created', 'https://teams.example', 'm', 'x'),
  ];
  expect(findHeaderRow(rows)).toBe(3);
  expect(headingsOf(rows, 3)).toEqual([
    { column: 1, name: 'Nr' },
    { column: 2, name: 'Subject' },
    { column: 3, name: 'Start' },
    { column: 7, name: 'Remark' },
  ]);
});

test.each([
  ['groups the columns', ['Termin', '', 'Teilnehmer'], ['Datum', 'Uhrzeit', 'E-Mail'], 2],
  ['is a meeting', ['Title', 'Start', 'Organizer'], ['Start', '2030-01-15', 'a@contoso.com'], 1],
])('the headings are found if a row beside them %s', (_what, first, second, expected) => {
  expect(findHeaderRow([rowOf(1, ...first), rowOf(2, ...second)])).toBe(expected);
});

test('a column of one’s own that is called as one of a result is a heading', () => {
  const rows = [rowOf(1, 'Title', '', 'Status', 'status', 'remedy', 'Start')];
  expect(headingsOf(rows, 1).map(({ name }) => name)).toEqual([
    ...['Title', 'Status', 'status', 'remedy', 'Start'],
  ]);
});
