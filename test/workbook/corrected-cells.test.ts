import { addColumns, type CorrectedCell } from '../../src/workbook';
import { partsIn, textsOf } from '../support/workbook/read-workbook';
import {
  number,
  partsOf,
  row,
  text,
  workbookOf,
  zipOf,
  type GivenWorkbook,
} from '../support/workbook/workbook-parts';

const [dateStyle, timeStyle] = [1, 2];
const heading = row([text('Pupil'), text('Date'), text('Minutes')]);

const workbook = (cells: string, change: Partial<GivenWorkbook> = {}): Uint8Array =>
  workbookOf({
    formats: [0, 'dd.mm.yyyy', 'hh:mm'],
    sheets: [{ name: 'Evening', rows: `${heading}${row([cells])}` }],
    ...change,
  });

/** The second row of the sheet, with these corrections. */
async function corrected(
  bytes: Uint8Array,
  cells: Readonly<Record<number, CorrectedCell>>,
): Promise<{
  readonly bytes: Uint8Array;
  readonly xml: string;
  readonly texts: readonly string[] | undefined;
}> {
  const byColumn = new Map(
    Object.entries(cells).map(([column, cell]) => [Number(column), cell] as const),
  );
  const result = await addColumns(
    bytes,
    {
      sheet: 'Evening',
      headerRow: 1,
      columns: [{ name: 'status', width: 10 }],
      rows: new Map(),
      corrections: new Map([[2, byColumn]]),
    },
    () => Promise.resolve(),
  );
  const sheet = partsIn(result)['xl/worksheets/sheet1.xml'] ?? '';
  const [, , xml = ''] = sheet.split(/<row[^>]*>/);
  return { bytes: result, xml: xml.replace(/<\/row>.*/s, ''), texts: textsOf(result)[1] };
}

const override =
  '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>';
const chain =
  '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"></Relationship>';

const day: CorrectedCell = { text: '15.01.2030', number: { kind: 'day', value: 47_498 } };

describe('a corrected cell', () => {
  test('has its new value, and the others stay character for character', async () => {
    const { xml } = await corrected(
      workbook(`${text('Pia')}<c r="B2" s="7" t="inlineStr"><is><t>x</t></is></c>${number(20)}`),
      { 2: { text: '<noon> & "later"' } },
    );
    expect(xml).toBe(
      `${text('Pia')}<c r="B2" s="7" t="inlineStr"><is><t xml:space="preserve">&lt;noon&gt; &amp; &quot;later&quot;</t></is></c>${number(20)}`,
    );
  });

  test('is a date where the cell shows dates, in both date systems', async () => {
    const wrong = `${text('Pia')}<c s="${dateStyle}" t="inlineStr"><is><t>31.02.2030</t></is></c>`;
    const in1900 = await corrected(workbook(wrong), { 2: day });
    expect(in1900.xml).toContain('<c r="B2" s="1"><v>47498</v></c>');
    const in1904 = await corrected(workbook(wrong, { date1904: true }), { 2: day });
    expect(in1904.xml).toContain('<c r="B2" s="1"><v>46036</v></c>');
    expect([in1900.texts?.[1], in1904.texts?.[1]]).toEqual(['2030-01-15', '2030-01-15']);
  });

  test('is a time of day where the cell shows times, in both date systems alike', async () => {
    const noon: CorrectedCell = { text: '12:00', number: { kind: 'time', value: 0.5 } };
    const wrong = `${text('Pia')}<c s="${timeStyle}" t="inlineStr"><is><t>noon</t></is></c>`;
    const { texts, xml } = await corrected(workbook(wrong, { date1904: true }), { 2: noon });
    expect([xml, texts?.[1]]).toEqual([expect.stringContaining('<v>0.5</v>'), '12:00:00']);
  });

  test.each([
    ['a date', day, '15.01.2030'],
    ['a time', { text: '12:00', number: { kind: 'time', value: 0.5 } }, '12:00'],
  ] as const)('is a text where the cell would show %s as a number', async (_what, cell, shown) => {
    expect((await corrected(workbook(text('Pia') + text('x')), { 2: cell })).texts?.[1]).toBe(
      shown,
    );
  });

  test('is a number where it is one', async () => {
    const { xml } = await corrected(workbook(text('Pia') + text('x') + text('long')), {
      3: { text: '45', number: { kind: 'number', value: 45 } },
    });
    expect(xml).toContain('<c r="C2"><v>45</v></c>');
  });

  test('is put in where there was none, between the others and behind them', async () => {
    const { xml, texts } = await corrected(workbook('<c r="B2"><v>1</v></c>'), {
      1: { text: 'Pia' },
      3: { text: '45' },
    });
    expect(texts).toEqual(['Pia', '1', '45']);
    expect([...xml.matchAll(/r="([A-Z])2"/g)].map(([, column]) => column)).toEqual(['A', 'B', 'C']);
  });

  test('is empty where its content was taken away, and keeps its look', async () => {
    const { xml } = await corrected(workbook(`<c r="B2" s="${dateStyle}"><v>1</v></c>`), {
      2: { text: '' },
    });
    expect(xml).toBe('<c r="B2" s="1"/>');
  });

  test('keeps a formula, which others may need', async () => {
    const formula = '<c r="B2"><f t="shared" ref="B2:B9" si="0">A2+1</f><v>1</v></c>';
    expect((await corrected(workbook(formula), { 2: day })).xml).toBe(formula);
  });

  test('that replaces a formula leaves those that shared it with their own', async () => {
    const id: CorrectedCell = { text: 'id-1', replacesFormula: true };
    const bytes = workbook(
      '<c r="A2" t="str"><f t="shared" ref="A2:C2" si="0">IF(A1&lt;"","",A1)</f><v></v></c>' +
        '<c r="B2" t="str"><f t="shared" si="0"/><v>x</v></c>' +
        '<c r="C2" t="str"><f t="shared" si="1"/><v>y</v></c>',
    );
    const { xml } = await corrected(bytes, { 1: id });
    expect(xml).toContain(
      '<c r="B2" t="str"><f>IF(B1&lt;&quot;&quot;,&quot;&quot;,B1)</f><v>x</v></c><c r="C2" t="str"><f t="shared" si="1"/><v>y</v></c>',
    );
    expect(xml).toContain('>id-1<');
  });

  test.each([
    ['a formula has more than 8192 characters', 9_000, 1],
    ['too many cells share a long formula', 8_000, 4_300],
  ])('that replaces a formula is refused if %s', async (reason, length, cells) => {
    const bytes = workbook(
      `<c t="str"><f t="shared" si="0">"${'x'.repeat(length)}"</f></c>${'<c><f t="shared" si="0"/><v>1</v></c>'.repeat(cells)}`,
    );
    const id: CorrectedCell = { text: 'id-1', replacesFormula: true };
    await expect(corrected(bytes, { 1: id })).rejects.toThrow(`too large: ${reason}`);
  });

  test('that replaces a formula takes the list of cells with formulas away', async () => {
    const given = {
      formats: [0],
      sheets: [
        { name: 'Evening', rows: `${heading}${row(['<c r="A2" t="str"><f>""</f><v></v></c>'])}` },
      ],
    };
    const parts = partsOf(given);
    const chained = zipOf({
      ...parts,
      'xl/calcChain.xml': '<calcChain><c r="A2" i="1"/></calcChain>',
      '[Content_Types].xml': (parts['[Content_Types].xml'] ?? '').replace(
        '</Types>',
        `${override}</Types>`,
      ),
      'xl/_rels/workbook.xml.rels': (parts['xl/_rels/workbook.xml.rels'] ?? '').replace(
        '</Relationships>',
        `${chain}</Relationships>`,
      ),
    });
    const replaced = partsIn(
      (await corrected(chained, { 1: { text: 'x', replacesFormula: true } })).bytes,
    );
    expect(Object.keys(replaced)).not.toContain('xl/calcChain.xml');
    expect(replaced['[Content_Types].xml']).toBe(parts['[Content_Types].xml']);
    expect(replaced['xl/_rels/workbook.xml.rels']).toBe(parts['xl/_rels/workbook.xml.rels']);
    const kept = partsIn((await corrected(chained, { 1: { text: 'x' } })).bytes);
    expect(kept['xl/calcChain.xml']).toContain('A2');
  });
});
