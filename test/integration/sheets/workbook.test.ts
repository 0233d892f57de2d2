import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateCell, flatSheet, numberCell, textCell } from './flat-sheet';
import { StackHarness } from '../../support/harness/stack-harness';
import { partsIn, textsOf } from '../../support/workbook/read-workbook';
import { maxWaitMs, program, Spreadsheet } from './spreadsheet';
import { number, row, text, workbookOf } from '../../support/workbook/workbook-parts';
import { eventually } from '../../support/harness/eventually';
import { submitBatch } from '../../support/harness/submit-batch';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const query = 'organizer=anna@contoso.com&timeZone=Europe/Lisbon&durationMinutes=45';

const fixture = StackHarness.use();

/** Sends a workbook and returns it with all its results. */
async function sentAndBack(workbook: Uint8Array): Promise<Buffer> {
  const address = `${fixture.stack.url}/api/batches?${query}`;
  const headers = { 'Content-Type': workbookType };
  const accepted = await submitBatch(address, Uint8Array.from(workbook), headers);
  expect(accepted.status).toBe(202);
  const location = accepted.headers.get('location') ?? '';
  await eventually('the batch has ended', async () => (await fetch(location)).status === 200);
  const results = await fetch(`${location}/results?format=xlsx`);
  expect(results.headers.get('content-type')).toBe(workbookType);
  return Buffer.from(await results.arrayBuffer());
}

const link = expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//) as string;
const added = [
  ...['joinWebUrl', 'status', 'errorMessage', 'remedy', 'notApplied', 'joinMeetingId'],
  ...['joinPasscode', 'joinDialIn', 'meetingOptionsWebUrl', 'expiryDateTime', 'joinText'],
];
/** The columns after the status of a meeting: no problem, and how people join it. */
const joining = [
  ...['', '', '', expect.stringMatching(/^(?:\d{3} ){4}\d\d$/), '', ''],
  expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/meetingOptions\//),
  expect.stringMatching(/^2027-01-30T/),
  expect.stringMatching(/^Join the meeting now <https:/),
] as string[];

test('a workbook goes in and comes back with its links, through storage and the queue', async () => {
  const rows =
    row([text('Parent evening')]) +
    row([text('requestId'), text('subject'), text('startDateTime')]) +
    row([text('workbook-1'), text('First'), number('46357.583333', 1)]) +
    row([text('workbook-2'), text('Second'), '<c t="e"><v>#N/A</v></c>']);
  const sent = workbookOf({
    sheets: [{ name: 'Evening', rows }],
    formats: [0, 'dd.mm.yyyy hh:mm'],
  });
  expect(textsOf(await sentAndBack(sent))).toEqual([
    ['Parent evening'],
    ['requestId', 'subject', 'startDateTime', ...added],
    ['workbook-1', 'First', '2026-12-01T14:00:00', link, 'created', ...joining],
    [
      'workbook-2',
      'Second',
      '#N/A',
      '',
      'failed',
      expect.stringMatching(/^Evening!C4: .*#N\/A/),
      expect.any(String),
    ],
  ]);
  expect(fixture.stack.graph.meetings.list()).toMatchObject([
    { meeting: { subject: 'First', startDateTime: '2026-12-01T14:00:00Z' } },
  ]);
});

test('anybody can get the template, and it is accepted as it is', async () => {
  const template = await fetch(`${fixture.stack.url}/api/templates/xlsx`);
  expect(template.status).toBe(200);
  const rows = textsOf(await sentAndBack(Buffer.from(await template.arrayBuffer())));
  expect(rows[1]).toEqual(expect.arrayContaining(['evening-4a', link, 'created']));
});

const describeWithLibreOffice = program === undefined ? describe.skip : describe;

describeWithLibreOffice('a workbook of a spreadsheet program (LibreOffice is needed)', () => {
  let folder: string;
  let spreadsheet: Spreadsheet;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoke-workbook-'));
    spreadsheet = new Spreadsheet(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(
    'comes back as it was, opens, and can be saved and sent again; so does one that is made for a batch of JSON',
    async () => {
      await spreadsheet.write(
        'evening.fods',
        flatSheet([
          [textCell('Elternsprechtag "2026" <Größe>')],
          ['Klasse', 'requestId', 'subject', 'startDateTime'].map(textCell),
          [
            textCell('3a'),
            textCell('büro-1'),
            textCell('日本語 🎓'),
            dateCell('2026-12-01T14:00:00'),
          ],
          [textCell('3b'), textCell('büro-2'), numberCell(17), textCell('morgen')],
        ]),
      );
      const [evening = none] = await spreadsheet.convertAll(['evening.fods'], 'xlsx');
      await spreadsheet.write('back.xlsx', await sentAndBack(evening));
      await spreadsheet.write('json.xlsx', await jsonResults());

      // The cells as the program has read and saved them.
      const [saved = none, json = none] = await spreadsheet.convertAll(
        ['back.xlsx', 'json.xlsx'],
        'xlsx',
      );
      expect([saved, json].map((each) => formulasIn(each))).toEqual([[], []]);
      const rows = textsOf(saved);
      expect(rows[0]?.[0]).toBe('Elternsprechtag "2026" <Größe>');
      expect(rows.slice(1)).toEqual([
        ['Klasse', 'requestId', 'subject', 'startDateTime', ...added],
        ['3a', 'büro-1', '日本語 🎓', '2026-12-01T14:00:00', link, 'created', ...joining],
        [
          ...['3b', 'büro-2', '17', 'morgen', '', 'failed'],
          expect.stringContaining('!D4: "morgen"'),
          expect.any(String),
        ],
      ]);
      expect(textsOf(json)[1]?.slice(0, 3)).toEqual(['1', '=1+1', 'anna@contoso.com']);

      const again = textsOf(await sentAndBack(saved));
      expect(again[1]).toEqual(rows[1]);
      expect(again[2]).toEqual(rows[2]?.with(5, 'existing'));
    },
    maxWaitMs,
  );

  async function jsonResults(): Promise<Buffer> {
    const accepted = await fixture.post('batches', [
      { requestId: '=1+1', organizer: 'anna@contoso.com' },
    ]);
    const location = accepted.headers.get('location') ?? '';
    const results = await fetch(`${location}/results?format=xlsx`);
    return Buffer.from(await results.arrayBuffer());
  }
});

const none = Buffer.alloc(0);

const formulasIn = (workbook: Uint8Array): readonly string[] =>
  Object.entries(partsIn(workbook)).flatMap(([name, part]) =>
    /^xl\/worksheets\/[^/]+$/.test(name) && part.includes('<f') ? [part] : [],
  );
