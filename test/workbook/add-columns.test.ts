import { addColumns, newWorkbook, type AddedCell, type AddedColumns } from '../../src/workbook';
import { partsIn, textsOf } from '../support/workbook/read-workbook';
import {
  number,
  partsOf,
  row,
  text,
  workbookOf,
  zipOf,
  type GivenSheet,
} from '../support/workbook/workbook-parts';

const columns = [
  { name: 'joinWebUrl', width: 40 },
  { name: 'status', width: 10 },
];
const link = 'https://teams.microsoft.com/l/meetup-join/1?a=1&b="2"';
const made = (address = link): readonly AddedCell[] => [
  { text: address, isLink: true },
  { text: 'created' },
];
const failed: readonly AddedCell[] = [{ text: '' }, { text: 'failed' }];

const added = (change: Partial<AddedColumns> = {}): AddedColumns => ({
  sheet: 'Evening',
  headerRow: 1,
  columns,
  rows: new Map([
    [2, made()],
    [3, failed],
  ]),
  ...change,
});

const yieldControl = (): Promise<void> => Promise.resolve();
const add = (bytes: Uint8Array, change?: Partial<AddedColumns>): Promise<Uint8Array> =>
  addColumns(bytes, added(change), yieldControl);

const evening = (change: Partial<GivenSheet> = {}): Uint8Array =>
  workbookOf({
    sheets: [
      {
        name: 'Evening',
        rows:
          row([text('subject'), text('Class')]) +
          row([text('x'), text('3a')]) +
          row([text('y'), text('3b')]),
        ...change,
      },
    ],
  });

const sheetOf = (bytes: Uint8Array): string => partsIn(bytes)['xl/worksheets/sheet1.xml'] ?? '';

describe('columns added to a sheet', () => {
  test('stand right of its own, under their names', async () => {
    expect(textsOf(await add(evening()))).toEqual([
      ['subject', 'Class', 'joinWebUrl', 'status'],
      ['x', '3a', link, 'created'],
      ['y', '3b', '', 'failed'],
    ]);
  });

  test('leave every other part as it was, byte for byte, and every other character of the sheet', async () => {
    const given = evening();
    const [before, after] = [partsIn(given), partsIn(await add(given))];
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(['xl/worksheets/sheet1.xml', 'xl/worksheets/_rels/sheet1.xml.rels']);
    const stripped = sheetOf(zipOf(after))
      .replaceAll(/<c r="[CD]\d+"[^>]*>.*?<\/c>/g, '')
      .replace(/<cols>.*<\/cols>/, '')
      .replace(/<hyperlinks>.*<\/hyperlinks>/, '');
    expect(stripped).toBe(before['xl/worksheets/sheet1.xml']);
  });

  test('keep their place when the sheet is sent again, without their old content', async () => {
    const once = await add(evening());
    const again = await add(once, {
      rows: new Map([
        [2, failed],
        [3, made('https://x.example/2')],
      ]),
    });
    expect(textsOf(again)).toEqual([
      ['subject', 'Class', 'joinWebUrl', 'status'],
      ['x', '3a', '', 'failed'],
      ['y', '3b', 'https://x.example/2', 'created'],
    ]);
    expect([...sheetOf(again).matchAll(/<hyperlink /g)]).toHaveLength(1);
    const none = await add(again, {
      rows: new Map([
        [2, failed],
        [3, failed],
      ]),
    });
    expect(sheetOf(none)).not.toContain('hyperlink');
  });

  test('are put beyond what is beside the table, never over it', async () => {
    const rows =
      row([text('subject')]) +
      row([text('x'), '<c r="C2"><v>1</v></c>']) +
      row([text('y'), '<c r="F3"><f>A1</f></c>']);
    expect(textsOf(await add(evening({ rows })))).toEqual([
      ['subject', '', '', 'joinWebUrl', 'status'],
      ['x', '', '1', link, 'created'],
      ['y', '', '', '', 'failed', ''],
    ]);
    const merged = await add(
      evening({
        rows: row([text('subject')]) + row([text('x')]),
        after: '<mergeCells><mergeCell ref="B2:C2"/></mergeCells>',
      }),
    );
    expect(textsOf(merged)[0]).toEqual(['subject', '', '', 'joinWebUrl', 'status']);
  });

  test('are found under a title, and look like the headings beside them', async () => {
    const rows = `<row r="1">${text('Title over everything')}<c r="D1" t="inlineStr"><is><t>!</t></is></c></row><row r="4" spans="1:2" ht="30"><c r="A4" s="7" t="inlineStr"><is><t>subject</t></is></c></row><row r="5" spans="1:2">${text('x')}<c r="B5" s="5"/></row>`;
    const sheet = sheetOf(
      await add(evening({ rows }), { headerRow: 4, rows: new Map([[5, made()]]) }),
    );
    expect(sheet).toContain('<row r="4" ht="30">');
    expect(sheet).toContain('<c r="B4" s="7" t="inlineStr">');
    expect(sheet).toContain('<c r="B5" s="5" t="inlineStr">');
    expect(sheet).toContain('<row r="5">');
  });

  test('have widths, which leave those of the sheet alone', async () => {
    const own = '<cols><col min="1" max="2" width="9"/></cols>';
    expect(sheetOf(await add(evening({ before: own })))).toContain(
      '<cols><col min="1" max="2" width="9"/><col min="3" max="3" width="40" customWidth="1"/><col min="4" max="4" width="10" customWidth="1"/></cols>',
    );
    const all = '<cols><col min="1" max="16384" width="9"/></cols>';
    expect(sheetOf(await add(evening({ before: all })))).toContain(all);
  });

  test('belong to the range that the sheet says it uses', async () => {
    expect(sheetOf(await add(evening({ before: '<dimension ref="A1:B3"/>' })))).toContain(
      '<dimension ref="A1:D3"/>',
    );
  });

  test.each([
    [
      'before the margins',
      '<mergeCells><mergeCell ref="A9:B9"/></mergeCells>|<pageMargins left="1"/><drawing r:id="rId1"/>',
    ],
    ['behind the rules', '<conditionalFormatting sqref="A1"/><dataValidations/>|<extLst/>'],
    ['at the end', '<sheetProtection sheet="1"/>|'],
  ])('have their links %s', async (_where, around) => {
    const [before = '', after = ''] = around.split('|');
    const sheet = sheetOf(await add(evening({ after: before + after })));
    expect(
      sheet.endsWith(
        `${before}<hyperlinks><hyperlink ref="C2" r:id="link1"/></hyperlinks>${after}</worksheet>`,
      ),
    ).toBe(true);
  });

  test('have their links beside those of the sheet', async () => {
    const parts = partsOf({
      sheets: [
        {
          name: 'Evening',
          rows: row([text('subject')]) + row([text('x')]),
          after: '<hyperlinks><hyperlink ref="A2" r:id="link1"/></hyperlinks>',
        },
      ],
      more: {
        'xl/worksheets/_rels/sheet1.xml.rels':
          '<ns0:Relationships xmlns:ns0="http://schemas.openxmlformats.org/package/2006/relationships"><ns0:Relationship Id="link1" Type="x/hyperlink" Target="https://own.example" TargetMode="External"/></ns0:Relationships>',
      },
    });
    const result = partsIn(await add(zipOf(parts)));
    expect(result['xl/worksheets/sheet1.xml']).toContain(
      '<hyperlink ref="A2" r:id="link1"/><hyperlink ref="B2" r:id="link2"/>',
    );
    expect(result['xl/worksheets/_rels/sheet1.xml.rels']).toMatch(
      /Target="https:\/\/own\.example".*Id="link2" .*<\/ns0:Relationships>$/,
    );
  });

  test('are put into sheets with prefixes and without references too', async () => {
    const parts = { ...partsOf({ sheets: [{ name: 'Evening', rows: '' }] }) };
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>subject</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const bytes = await add(zipOf(parts), { rows: new Map([[2, made()]]) });
    expect(textsOf(bytes)).toEqual([
      ['subject', 'joinWebUrl', 'status'],
      ['1', link, 'created'],
    ]);
    expect(sheetOf(bytes)).toContain(
      '<x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">https',
    );
  });

  test('do not mistake the rows of a control for those of the sheet', async () => {
    const after =
      '<controls><control><anchor><from><col>7</col><row>1</row></from></anchor></control></controls>';
    expect(sheetOf(await add(evening({ after })))).toContain(after);
  });

  test('are cut at the maximum length of a cell, and contain only what XML allows', async () => {
    const long = 'x'.repeat(40_000);
    const texts = textsOf(
      await add(evening(), {
        rows: new Map([[2, [{ text: long }, { text: '\u0000 <b>&\uD800' }]]]),
      }),
    );
    expect(texts[1]).toEqual(['x', '3a', 'x'.repeat(32_767), '\u0000 <b>&\uFFFD']);
  });
});

test('a new workbook has its rows, and the same bytes every time', () => {
  const make = (): Uint8Array =>
    newWorkbook({
      name: 'Results & more',
      columns: [
        { name: 'requestId', width: 10, form: 'text' },
        { name: 'start', width: 20, form: 'dateTime' },
      ],
      rows: [
        ['0017', 46_357.75],
        ['=1+1', ''],
      ],
    });
  expect(textsOf(make())).toEqual([
    ['requestId', 'start'],
    ['0017', '2026-12-01T18:00:00'],
    ['=1+1'],
  ]);
  expect(Buffer.from(make()).equals(make())).toBe(true);
});

test('numbers beside text stay numbers', async () => {
  const rows = row([text('subject'), text('n')]) + row([text('x'), number(17)]);
  expect(sheetOf(await add(evening({ rows })))).toContain('<c s="0"><v>17</v></c>');
});
