import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/harness/eventually';
import { StackHarness } from '../../support/harness/stack-harness';
import { submitBatch } from '../../support/harness/submit-batch';
import { cellsOf, dateCell, flatSheet, numberCell, textCell } from './flat-sheet';
import { asOpened, asSaved, maxWaitMs, program, Spreadsheet } from './spreadsheet';

const sheet = flatSheet([
  ['Klasse', 'requestId', 'subject', 'startDateTime', 'attendees', 'Notiz'].map(textCell),
  [
    textCell('3a – Überflieger'),
    textCell('blatt-1'),
    textCell('Elternabend "3a"; Größe'),
    dateCell('2026-12-01T18:00:00'),
    textCell('ben@contoso.com; carla@contoso.com'),
    textCell('zwei\nZeilen'),
  ],
  [
    textCell('=1+1'),
    textCell('blatt-2'),
    textCell('日本語 🎓'),
    textCell('2026-12-02T18:00:00'),
    textCell(''),
    textCell('@SUM(1;2)'),
  ],
  [
    textCell('+49 170 1234'),
    textCell('-blatt-3'),
    textCell('=Ein Tag als Zahl'),
    // 3 December 2026, 18:00, as a spreadsheet counts days.
    numberCell(46_359.75),
    textCell(''),
    textCell('-1+2'),
  ],
  [
    textCell(' =1+1'),
    textCell('blatt-4'),
    textCell('=HYPERLINK("http://evil.example")'),
    textCell('morgen'),
    textCell(''),
    textCell('x;=1+1'),
  ],
]);

/** Status and link of a row. */
type Outcome = readonly [status: string, link: string];

const describeWithLibreOffice = program === undefined ? describe.skip : describe;

// Without the program this is reported as skipped; what the cells of a sheet of results look like is checked without it too.
describeWithLibreOffice('a sheet of a spreadsheet program (LibreOffice is needed)', () => {
  const harness = StackHarness.use();
  let folder: string;
  let spreadsheet: Spreadsheet;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoke-spreadsheet-'));
    spreadsheet = new Spreadsheet(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Sends a sheet and returns its results as CSV and its rows, once all have their results. */
  async function resultsOf(csv: string): Promise<{ csv: string; rows: Outcome[] }> {
    const query = 'organizer=anna@contoso.com&timeZone=Europe/Lisbon&durationMinutes=45';
    const accepted = await submitBatch(`${harness.stack.url}/api/batches?${query}`, csv, {
      'Content-Type': 'text/csv',
    });
    const location = accepted.headers.get('location') ?? '';
    expect(accepted.status).toBe(202);
    await eventually('the end of the batch', async () => (await fetch(location)).status !== 202);
    const results = (await (await fetch(`${location}/results`)).json()) as {
      value: { status: string; meeting: { joinWebUrl: string } | null }[];
    };
    const text = await fetch(`${location}/results?format=csv`);
    return {
      csv: Buffer.from(await text.arrayBuffer()).toString('utf8'),
      rows: results.value.map(({ status, meeting }) => [status, meeting?.joinWebUrl ?? '']),
    };
  }

  test(
    'goes in as CSV, comes back with its results, and can be sent again as it was saved',
    async () => {
      await spreadsheet.write('sheet.fods', sheet);
      const { csv, rows } = await resultsOf(await spreadsheet.convert('sheet.fods', asSaved(';')));
      await spreadsheet.write('results.csv', csv);
      const opened = cellsOf(await spreadsheet.convert('results.csv', 'fods', asOpened(';')));
      expect(rows.map(([status]) => status)).toEqual(['created', 'created', 'created', 'failed']);
      const made = (row: number): unknown[] => [
        ...[...(rows[row] ?? []), expect.stringMatching(/^\S+$/), '', '', '', ''],
        ...[expect.stringMatching(/^(?:\d{3} ){4}\d\d$/), '', '', expect.stringMatching(/^https:/)],
        ...[expect.stringMatching(/^20\d\d-/), expect.stringMatching(/^Join the meeting now </)],
      ];
      expect(opened.formulas).toEqual([]);
      expect(opened.rows).toEqual([
        [
          ...['Klasse', 'requestId', 'subject', 'startDateTime', 'attendees', 'Notiz', 'status'],
          ...['joinWebUrl', 'meetingId', 'notApplied', 'errorCode', 'errorMessage', 'remedy'],
          ...['joinMeetingId', 'joinPasscode', 'joinDialIn', 'meetingOptionsWebUrl'],
          ...['expiryDateTime', 'joinText'],
        ],
        [
          ...['3a – Überflieger', 'blatt-1', 'Elternabend "3a"; Größe', '2026-12-01T18:00:00'],
          ...['ben@contoso.com; carla@contoso.com', 'zwei\nZeilen', ...made(0)],
        ],
        ["'=1+1", 'blatt-2', '日本語 🎓', '2026-12-02T18:00:00', '', "'@SUM(1;2)", ...made(1)],
        [
          ...["'+49 170 1234", "'-blatt-3", "'=Ein Tag als Zahl", '46359.75', '', "'-1+2"],
          ...made(2),
        ],
        [
          ...["' =1+1", 'blatt-4', `'=HYPERLINK("http://evil.example")`, 'morgen', '', 'x;=1+1'],
          ...['failed', '', '', '', 'invalidRequest'],
          ...[
            expect.stringMatching(/^Row 5, startDateTime: "morgen" is not a date/),
            expect.any(String),
            ...Array.from({ length: 6 }, () => ''),
          ],
        ],
      ]);

      const again = await resultsOf(
        await spreadsheet.convert('results.csv', asSaved(','), asOpened(';')),
      );
      expect(again.rows).toEqual([
        ...rows.slice(0, 3).map(([, link]) => ['existing', link]),
        ['failed', ''],
      ]);
    },
    maxWaitMs,
  );
});
