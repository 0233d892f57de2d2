import { makeWorkbooks } from '../../../../src/adapters/workbooks';
import type { BatchBody, InputRow } from '../../../../src/batches/intake/body';
import { openWorkbook } from '../../../../src/batches/intake/sheet/read-workbook';
import { fromText, type RowLine } from '../../../../src/batches/row-line';
import { rowError } from '../../../../src/batches/failed-row';
import { MeetingError } from '../../../../src/errors/meeting-error';
import { BatchHarness } from '../../../support/harness/batch-harness';
import {
  number,
  row,
  text,
  workbookOf,
  type GivenSheet,
  type GivenWorkbook,
} from '../../../support/workbook/workbook-parts';

const workbooks = makeWorkbooks(() => Number.POSITIVE_INFINITY);

const open = (given: GivenWorkbook, sheet?: string): Promise<BatchBody> =>
  openWorkbook(workbooks.open(workbookOf(given)), {}, sheet);

async function rowsOf(body: BatchBody): Promise<InputRow[]> {
  const rows: InputRow[] = [];
  for await (const line of body.rows()) rows.push(line);
  return rows;
}

const refusal = async (work: Promise<unknown>): Promise<MeetingError> => {
  const thrown: unknown = await work.catch((caught: unknown) => caught);
  if (thrown instanceof MeetingError) return thrown;
  throw new Error('It was not refused.', { cause: thrown });
};

const header = (...names: readonly string[]): string => row(names.map(text));

const evening = (rows: string, more: Partial<GivenSheet> = {}): GivenSheet => ({
  name: 'Evening',
  rows,
  ...more,
});

const formats = [0, 'dd.mm.yyyy hh:mm', 'hh:mm', '[h]:mm', 14];

describe('the header row', () => {
  test('is found below a title and an empty row', async () => {
    const rows = `<row r="1">${text('Parent evening 2026: organizer Anna')}</row><row r="3">${text('subject')}${text('startDateTime')}</row><row r="4">${text('Ben')}${number(46_357.75, 1)}</row>`;
    const body = await open({ sheets: [evening(rows)], formats });
    expect(body.sheet).toEqual({ name: 'Evening', headerRow: 3, extension: 'xlsx' });
    expect(await rowsOf(body)).toEqual([
      {
        row: 4,
        input: { meeting: { subject: 'Ben', startDateTime: '2026-12-01T18:00:00' } },
        cells: ['Ben', '2026-12-01T18:00:00'],
      },
    ]);
  });

  test('is not a title that happens to be the name of a column', async () => {
    const rows =
      header('Subject') + header('Class', 'subject', 'organizer') + header('3a', 'x', 'a@x.org');
    expect((await open({ sheets: [evening(rows)] })).sheet?.headerRow).toBe(2);
  });

  test('is that of the first visible sheet that has one', async () => {
    const sheets: GivenSheet[] = [
      { name: 'Old', rows: header('subject', 'organizer'), state: 'hidden' },
      { name: 'Read me', rows: header('Please fill in the next sheet') },
      evening(header('subject', 'organizer') + header('x', 'a@x.org')),
      { name: 'Last year', rows: header('subject', 'organizer') },
    ];
    expect((await open({ sheets })).sheet?.name).toBe('Evening');
    expect((await open({ sheets }, 'last year')).sheet?.name).toBe('Last year');
    expect((await open({ sheets }, 'Old')).sheet?.name).toBe('Old');
    expect(await refusal(open({ sheets }, 'Next year'))).toMatchObject({
      code: 'invalidRequest',
      target: 'sheet',
      message: 'The workbook has no sheet "Next year".',
      remedy: 'Specify one of its sheets: "Old", "Read me", "Evening", "Last year".',
    });
    expect(await refusal(open({ sheets }, 'Read me'))).toMatchObject({
      message: 'There is no header row in the first 50 rows of the sheet "Read me".',
    });
  });

  test('may be merged over two rows', async () => {
    const rows =
      row([text('Class'), text('Meeting')]) +
      row(['', '<c r="B2" t="inlineStr"><is><t>subject</t></is></c>', text('organizer')]) +
      row([text('3a'), text('x'), text('a@x.org')]);
    const after =
      '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>';
    const body = await open({ sheets: [evening(rows, { after })] });
    expect(body.csv?.header).toEqual(['Class', 'subject', 'organizer']);
    expect(await rowsOf(body)).toMatchObject([{ row: 3, cells: ['3a', 'x', 'a@x.org'] }]);
  });

  test('that covers two rows itself is no meeting with its second row', async () => {
    const rows =
      header('subject', 'organizer') + row(['<c r="C2"><v>1</v></c>']) + header('x', 'a@x.org');
    const after = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>';
    const body = await open({ sheets: [evening(rows, { after })] });
    expect((await rowsOf(body)).map((line) => line.row)).toEqual([3]);
  });

  test('stands below a row that groups its columns', async () => {
    const rows =
      row([text('Title'), '<c r="B1" t="inlineStr"><is><t>Start</t></is></c>']) +
      row(['<c r="A2"/>', text('Date'), text('Time')]) +
      header('x', '2030-01-15', '14:00');
    const after = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>';
    const body = await open({ sheets: [evening(rows, { after })] });
    expect(body.sheet?.headerRow).toBe(2);
    expect(await rowsOf(body)).toMatchObject([
      { row: 3, input: { meeting: { subject: 'x', startDateTime: '2030-01-15 14:00' } } },
    ]);
  });

  test('with a wrong name is refused by its cell', async () => {
    const error = await refusal(
      open({ sheets: [{ name: 'My class', rows: header('organizer', 'subjct') }] }),
    );
    expect(error).toMatchObject({
      target: "'My class'!B1",
      message: expect.stringContaining('Did you mean meeting.subject?'),
    });
  });
});

describe('rows', () => {
  const read = async (
    names: readonly string[],
    cells: readonly string[],
    more: Partial<GivenWorkbook> = {},
  ) => rowsOf(await open({ sheets: [evening(header(...names) + row(cells))], formats, ...more }));

  test.each<[string, string, string, object]>([
    ['a number as an id', 'requestId', number(17), { requestId: '17' }],
    ['a number as a subject', 'subject', number(3), { meeting: { subject: '3' } }],
    ['minutes as a number', 'durationMinutes', number(45), { durationMinutes: '45' }],
    ['minutes as a time of day', 'durationMinutes', number(0.03125, 2), { durationMinutes: '45' }],
    ['minutes as a span', 'durationMinutes', number(0.0625, 3), { durationMinutes: '90' }],
    ['a yes', 'allowRecording', '<c t="b"><v>1</v></c>', { meeting: { allowRecording: 'TRUE' } }],
    [
      'a serial number',
      'startDateTime',
      number(46_357.75),
      { meeting: { startDateTime: '46357.75' } },
    ],
    ['a day', 'endDateTime', number(46_357, 4), { meeting: { endDateTime: '2026-12-01' } }],
  ])('take %s', async (_what, name, cell, input) => {
    expect((await read([name], [cell]))[0]?.input).toEqual(input);
  });

  test.each<[string, readonly string[], object]>([
    [
      'a day and a time',
      [number(46_357, 4), number('0.5833333', 2)],
      { startDateTime: '2026-12-01 14:00:00' },
    ],
    [
      'days with a midnight',
      [number(46_357, 1), number(0.75, 2)],
      { startDateTime: '2026-12-01 18:00:00' },
    ],
    [
      'times with a day',
      [number(46_357, 4), number(46_357.75, 2)],
      { startDateTime: '2026-12-01 18:00:00' },
    ],
  ])('make one time of two columns: %s', async (_what, cells, meeting) => {
    expect((await read(['Date', 'Time'], cells))[0]?.input).toEqual({ meeting });
  });

  test('have the day of a cell that is merged over them, but no id of another row', async () => {
    const rows =
      header('requestId', 'date', 'time') +
      row([text('r1'), number(46_357, 4), number(0.75, 2)]) +
      row(['<c r="A3"/>', '<c r="B3"/>', number(0.5, 2)]) +
      row(['', '', '<c r="C4"><v>0.5</v></c>']);
    const after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>';
    const body = await open({ sheets: [evening(rows, { after })], formats });
    expect(await rowsOf(body)).toMatchObject([
      { input: { requestId: 'r1', meeting: { startDateTime: '2026-12-01 18:00:00' } } },
      { input: { meeting: { startDateTime: '2026-12-01 12:00:00' } }, cells: ['', '', '12:00:00'] },
      { input: { meeting: { startDateTime: '0.5' } } },
    ]);
    expect((await rowsOf(body))[1]?.input).not.toHaveProperty('requestId');
  });

  test('of a workbook that counts from 1904 have the same times', async () => {
    const given = await read(
      ['startDateTime', 'endDateTime'],
      [number(44_895.75), number(44_895.75, 1)],
      {
        date1904: true,
      },
    );
    expect(given[0]?.input).toEqual({
      meeting: { startDateTime: '46357.75', endDateTime: '2026-12-01T18:00:00' },
    });
  });

  test('that are hidden are taken, those that are empty are not', async () => {
    const rows =
      header('subject', 'Room') +
      row([text('a')], ' hidden="1"') +
      row([text(' '), '<c s="1"/>']) +
      row([]) +
      row(['', '<c r="H5"><v>1</v></c>']) +
      row([text('b')]);
    const body = await open({ sheets: [evening(rows)] });
    expect((await rowsOf(body)).map((line) => line.row)).toEqual([2, 6]);
  });

  test('with errors and formulas without a value are refused by their cells, with all that is wrong', async () => {
    const world = new BatchHarness();
    const rows =
      header('requestId', 'organizer', 'subject', 'startDateTime', 'Own') +
      row([
        '<c t="e"><v>#N/A</v></c>',
        text('nobody'),
        '<c t="e"><v>#REF!</v></c>',
        '<c><f>A1+1</f></c>',
        '<c t="e"><v>#N/A</v></c>',
      ]) +
      row(['<c t="e"><v>#N/A</v></c>', text('a@x.org'), text('x'), text('2026-12-01T18:00:00Z')]);
    await world.accept({
      body: workbookOf({ sheets: [evening(rows)] }),
      format: 'xlsx',
      defaults: { durationMinutes: 30 },
    });
    const [text_ = ''] = world.rows.blobs.get(world.batch.rows.blob) ?? [];
    const [first, second] = fromText(text_) as [RowLine, RowLine];
    expect(first.problems?.map(({ target, message }) => `${target}: ${message}`)).toEqual([
      'Evening!A2: The cell contains the error #N/A because its formula has no valid result. Correct the formula, or enter a value.',
      'Evening!C2: The cell contains the error #REF! because its formula has no valid result. Correct the formula, or enter a value.',
      'Evening!D2: The cell contains a formula that was never calculated. Open the workbook in Excel, save it, and send it again.',
      expect.stringMatching(/^Evening!B2: .*"nobody"/),
    ]);
    expect(first.cells?.at(-1)).toBe('#N/A');
    expect(second.problems).toMatchObject([{ target: 'Evening!A3' }]);
    expect(rowError(second).message).toMatch(/^Evening!A3: The cell contains the error/);
  });

  test('with values beside a heading that covers two columns are refused', async () => {
    const after = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>';
    const rows =
      row([text('subject'), '<c r="C1" t="inlineStr"><is><t>organizer</t></is></c>']) +
      header('x', 'y', 'a@x.org') +
      row([text('x'), '<c r="C3" t="inlineStr"><is><t>a@x.org</t></is></c>']);
    const given = await rowsOf(await open({ sheets: [evening(rows, { after })] }));
    expect(given.map(({ problems }) => problems?.[0]?.message)).toEqual([
      'The heading Evening!A1 covers several columns, and this row has values in more than one of them. Use a separate heading for each column.',
      undefined,
    ]);
  });
});

describe('a batch as a workbook', () => {
  const body = workbookOf({
    sheets: [
      evening(
        header('requestId', 'subject', 'startDateTime') +
          row([text('e1'), text('x'), number(46_357.75, 1)]),
      ),
    ],
    formats,
  });
  const defaults = { organizer: 'a@x.org', durationMinutes: 30, timeZone: 'Europe/Lisbon' };

  test('keeps the workbook beside its rows', async () => {
    const world = new BatchHarness();
    const { batch } = await world.accept({ body, format: 'xlsx', defaults });
    expect(batch).toMatchObject({
      total: 1,
      rejected: 0,
      workbook: {
        name: 'Evening',
        headerRow: 1,
        extension: 'xlsx',
        blob: expect.stringMatching(/\.xlsx$/),
      },
    });
    expect(world.rows.workbooks.get(batch.workbook?.blob ?? '')).toEqual(body);
  });

  test('is another batch under the same key when another sheet is named', async () => {
    const world = new BatchHarness();
    const call = { body, format: 'xlsx', defaults, idempotencyKey: 'k' } as const;
    await world.accept(call);
    expect((await refusal(world.accept({ ...call, sheet: 'Evening' }))).code).toBe(
      'requestIdReused',
    );
  });

  test.each(['before', 'after'] as const)(
    'that breaks off %s any call leaves blobs, or is a batch that has its workbook',
    async (when) => {
      for (let at = 0; at < 5; at += 1) {
        const world = new BatchHarness();
        world.crash = { at, when };
        await world.accept({ body, format: 'xlsx', defaults }).catch(() => undefined);
        for (const { batch } of world.batches.rows.values())
          expect(world.rows.workbooks.has(batch.workbook?.blob ?? '')).toBe(true);
      }
    },
  );
});
