import { filledWorkbook } from '../../../src/batches/results/results-workbook';
import { aRow, asBody, BatchHarness } from '../../support/harness/batch-harness';
import { partsIn, textsOf } from '../../support/workbook/read-workbook';
import { row, text, workbookOf } from '../../support/workbook/workbook-parts';

const defaults = {
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { startDateTime: '2026-12-01T14:30:00' },
};

/** The workbook with these rows, returned after its batch has ended. */
async function returned(rows: string, after = '', preview = false): Promise<Uint8Array> {
  const harness = new BatchHarness();
  const body = workbookOf({ sheets: [{ name: 'Evening', rows, after }] });
  await harness.accept({ body, format: 'xlsx', defaults, preview });
  return filled(harness);
}

async function filled(harness: BatchHarness): Promise<Uint8Array> {
  await harness.run();
  const { workbook, csv } = harness.batch;
  if (workbook === undefined || csv === undefined) throw new Error('There is no workbook.');
  return filledWorkbook({ ...harness.batch, workbook, csv }, harness.deps);
}

/** The first columns of the rows. */
const firstOf = (bytes: Uint8Array, count: number): readonly (readonly string[])[] =>
  textsOf(bytes).map((cells) => cells.slice(0, count));

const batchId = '00000000-0000-4000-8000-000000000001';

describe('the workbook that is returned', () => {
  test('has the ids of its rows in the empty cells, under a title and beside filled ones', async () => {
    const rows =
      row([text('Parent evening')], ' r="1"') +
      row([text('Anfrage-ID'), text('Class'), text('subject')], ' r="3"') +
      row([text('own-1'), text('3a'), text('x')], ' r="4"') +
      `<row r="5"><c r="B5" t="inlineStr"><is><t>3b</t></is></c><c r="C5" t="inlineStr"><is><t>y</t></is></c></row>` +
      row([text('  '), text('3c'), text('z')], ' r="7"');
    expect(firstOf(await returned(rows), 4)).toEqual([
      ['Parent evening'],
      [],
      ['Anfrage-ID', 'Class', 'subject', 'joinWebUrl'],
      ['own-1', '3a', 'x', 'https://teams.example/0'],
      [`${batchId}:1`, '3b', 'y', 'https://teams.example/1'],
      [],
      [`${batchId}:2`, '3c', 'z', 'https://teams.example/2'],
    ]);
  });

  test('has them in the last column, where the row ends earlier', async () => {
    const rows = row([text('subject'), text('requestId')]) + row([text('x')]);
    expect(firstOf(await returned(rows), 3)).toEqual([
      ['subject', 'requestId', 'joinWebUrl'],
      ['x', `${batchId}:0`, 'https://teams.example/0'],
    ]);
  });

  test('has them in cells that a merged one covers, and in place of a formula with an empty text', async () => {
    const merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>';
    const formula = '<c r="A4" t="str"><f>IF(C4="","",C4)</f><v></v></c>';
    const rows =
      row([text('requestId'), text('subject')]) +
      row([text('r1'), text('x')]) +
      `<row><c r="A3"/><c r="B3" t="inlineStr"><is><t>y</t></is></c></row>` +
      `<row>${formula}<c r="B4" t="inlineStr"><is><t>z</t></is></c></row>`;
    const bytes = await returned(rows, merged);
    expect(firstOf(bytes, 2)).toEqual([
      ['requestId', 'subject'],
      ['r1', 'x'],
      [`${batchId}:1`, 'y'],
      [`${batchId}:2`, 'z'],
    ]);
    expect(partsIn(bytes)['xl/worksheets/sheet1.xml']).not.toContain('<f>');
  });

  test.each([
    ['a blank text', '<c r="A2" t="inlineStr"><is><t></t></is></c>'],
    ['spaces', '<c r="A2" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>'],
    ['an empty shared text', '<c r="A2" t="s"><v>0</v></c>'],
    ['a formula with an empty shared text', '<c r="A2" t="s"><f>""</f><v>0</v></c>'],
    ['a formula with a space', '<c r="A2" t="str"><f>" "</f><v> </v></c>'],
  ])('has the id in a cell with %s', async (_, cell) => {
    const harness = new BatchHarness();
    const rows = row([text('requestId'), text('subject')]) + `<row r="2">${cell}${text('x')}</row>`;
    const body = workbookOf({ sheets: [{ name: 'Evening', rows }], strings: ['<t/>'] });
    await harness.accept({ body, format: 'xlsx', defaults });
    expect(firstOf(await filled(harness), 2)[1]).toEqual([`${batchId}:0`, 'x']);
  });

  test.each([
    ['an error', '<c r="A2" t="e"><f>NA()</f><v>#N/A</v></c>'],
    ['a formula that was never calculated', '<c r="A2"><f>B2</f><v></v></c>'],
  ])('keeps %s, whose row is refused until it is corrected', async (_, cell) => {
    const rows =
      row([text('requestId'), text('subject')]) +
      `<row r="2">${cell}${text('x')}</row>` +
      row([text('own'), text('y')], ' r="3"');
    const bytes = await returned(rows);
    expect(partsIn(bytes)['xl/worksheets/sheet1.xml']).toContain(cell);
    expect(textsOf(bytes)[1]?.[3]).toBe('failed');
  });

  test('has a column of ids behind the others if it had none', async () => {
    const [names, cells] = textsOf(
      await returned(row([text('subject'), text('Class')]) + row([text('x'), text('3a')])),
    );
    expect([names?.at(-1), cells?.at(-1)]).toEqual(['requestId', `${batchId}:0`]);
  });

  test('has the id where a person has taken a wrong one away, with a note of it', async () => {
    const rows = row([text('Nr'), text('Code')]) + row([text('1'), text('wrong')]);
    const corrections = [{ column: 2, from: 'wrong', to: '' }];
    const sent = {
      fileName: 'evening.xlsx',
      header: ['Nr', 'Code'],
      columns: { requestId: 2 },
      sheet: { name: 'Evening', headerRow: 1 },
      workbook: Buffer.from(workbookOf({ sheets: [{ name: 'Evening', rows }] })).toString('base64'),
      rows: [{ row: 2, cells: ['1', ''], corrections, request: aRow(0) }],
    };
    const harness = new BatchHarness();
    await harness.accept({ body: asBody(sent), format: 'rows' });
    const [names, cells] = textsOf(await filled(harness));
    expect([cells?.[1], names?.at(-1), cells?.at(-1)]).toEqual([
      ...['row-0', 'correctedCells', 'Code: "wrong" → ""'],
    ]);
  });

  test('has no ids after a preview, which sends nothing', async () => {
    const rows = row([text('requestId'), text('subject')]) + row([text(''), text('x')]);
    const texts = textsOf(await returned(rows, '', true));
    expect(texts[1]?.slice(0, 3)).toEqual(['', 'x', 'create']);
  });
});
