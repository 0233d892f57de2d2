import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import {
  Workbook,
  workbookLimits,
  WorkbookError,
  addColumns,
  type WorkbookLimits,
} from '../../src/workbook';
import {
  partsOf,
  row,
  text,
  workbookOf,
  zipOf,
  type Parts,
} from '../support/workbook/workbook-parts';

/** Reads everything of a workbook. */
function readAll(bytes: Uint8Array, limits: WorkbookLimits = workbookLimits): number {
  const workbook = new Workbook(bytes, limits);
  return workbook.sheets.flatMap((sheet) => [...workbook.rows(sheet), ...workbook.merges(sheet)])
    .length;
}

function refusal(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}): string {
  try {
    readAll(bytes, { ...workbookLimits, ...limits });
  } catch (thrown) {
    if (thrown instanceof WorkbookError)
      return `${thrown.kind}: ${thrown.message} ${thrown.remedy}`;
    throw thrown;
  }
  return 'nothing';
}

const one = partsOf({
  sheets: [{ name: 'S', rows: row([text('a')]) + row([text('b')]) }],
  strings: ['<t>a</t>', '<t>b</t>'],
});
const withPart = (name: string, content: string): Uint8Array => zipOf({ ...one, [name]: content });
const without = (name: string): Uint8Array =>
  zipOf(Object.fromEntries(Object.entries(one).filter(([other]) => other !== name)));

/** The relevant parts of a compound file with a stream of this name. */
const compound = (stream: string): Uint8Array =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(500),
    Buffer.from(stream, 'utf16le'),
  ]);

describe('files that are no .xlsx are refused by name', () => {
  test.each<[string, Uint8Array, RegExp]>([
    [
      'of before 2007',
      compound('Workbook'),
      /^unreadable: This is a workbook in a format from before 2007 \(\.xls\).*save it as \.xlsx/,
    ],
    [
      'with a password',
      compound('EncryptedPackage'),
      /^unreadable: This is a workbook with a password.*Remove the password/,
    ],
    [
      'binary workbooks',
      zipOf({ 'xl/workbook.bin': '' }),
      /^unreadable: This is a binary workbook \(\.xlsb\)/,
    ],
    [
      'of OpenDocument',
      zipOf({ mimetype: 'x', 'content.xml': '' }),
      /OpenDocument file \(\.ods\).*save it as \.xlsx/,
    ],
    ['of Word', zipOf({ 'word/document.xml': '' }), /a Word document/],
    ['of Numbers', zipOf({ 'Index/Document.iwa': '' }), /a Numbers document/],
    ['other archives', zipOf({ 'a.txt': '' }), /a zip archive of something else/],
    ['text', Buffer.from('subject;organizer'), /another kind of file/],
    ['nothing', new Uint8Array(), /another kind of file/],
  ])('%s', (_what, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });
});

describe('workbooks beyond a limit are refused', () => {
  const filler = (count: number): Parts =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, '']));

  test.each<[string, Uint8Array, Partial<WorkbookLimits>, RegExp]>([
    ['a large file', zipOf(one), { maxFileBytes: 500 }, /^tooLarge: .*the file has more than/],
    [
      'many parts',
      zipOf({ ...one, ...filler(30) }),
      { maxEntries: 20 },
      /it has 37 parts, but the maximum is 20/,
    ],
    ['a large part', zipOf(one), { maxPartBytes: 300 }, /has more than 0 MB/],
    ['all parts together', zipOf(one), { maxBytes: 2_000 }, /has more than 0 MB/],
    ['many texts', zipOf(one), { maxSharedStrings: 1 }, /more than 1 texts/],
    ['many rows', zipOf(one), { maxRows: 1 }, /more than 1 rows.*CSV UTF-8/],
    [
      'many merged cells',
      workbookOf({
        sheets: [
          { name: 'S', rows: '', after: '<mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/>' },
        ],
      }),
      { maxMerges: 1 },
      /more than 1 merged cells/,
    ],
    ['many cells', zipOf(one), { maxCells: 1 }, /more than 1 cells/],
    [
      'a bomb',
      withPart('xl/worksheets/sheet1.xml', ' '.repeat(6_000_000)),
      {},
      /more than 200 times as large as it is compressed/,
    ],
  ])('%s', (_what, bytes, limits, message) => {
    expect(refusal(bytes, limits)).toMatch(message);
  });

  test('whatever the archive says about their size', () => {
    const bytes = withPart('xl/worksheets/sheet1.xml', ' '.repeat(6_000_000));
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 4 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    expect(refusal(bytes)).toMatch(/^tooLarge/);
  });
});

describe('damaged workbooks are refused', () => {
  const sheet = (rows: string): Uint8Array => workbookOf({ sheets: [{ name: 'S', rows }] });

  test.each<[string, Uint8Array, RegExp]>([
    [
      'a document type',
      withPart(
        'xl/sharedStrings.xml',
        '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>',
      ),
      /contains a document type/,
    ],
    [
      'an entity',
      withPart('xl/sharedStrings.xml', '<sst><si><t>&a;</t></si></sst>'),
      /not well-formed XML at line 1/,
    ],
    ['an open element', sheet('<row>'), /not well-formed/],
    [
      'deep nesting',
      withPart('xl/worksheets/sheet1.xml', '<a>'.repeat(200) + '</a>'.repeat(200)),
      /nested too deeply/,
    ],
    [
      'no sheet',
      without('xl/worksheets/sheet1.xml'),
      /its part "xl\/worksheets\/sheet1.xml" is missing/,
    ],
    [
      'a text that is not there',
      sheet('<row><c t="s"><v>7</v></c></row>'),
      /refers to a text that does not exist/,
    ],
    [
      'a reference that is none',
      sheet('<row><c r="ABCD1"><v>7</v></c></row>'),
      /a cell with the reference "ABCD1"/,
    ],
    [
      'a column beyond the last',
      sheet('<row><c r="XFE1"><v>7</v></c></row>'),
      /a cell with the reference/,
    ],
    ['a row beyond the last', sheet('<row r="1048577"/>'), /more rows than a sheet can have/],
    ['rows in disorder', sheet('<row r="2"/><row r="1"/>'), /not in order/],
    ['cells twice', sheet('<row><c r="A1"/><c r="A1"/></row>'), /not in order/],
    [
      'bytes that are no text',
      zipSync({
        ...Object.fromEntries(Object.entries(one).map(([name, part]) => [name, strToU8(part)])),
        'xl/styles.xml': new Uint8Array([0xff, 0x41]),
      }),
      /"xl\/styles.xml" is not UTF-8 text/,
    ],
  ])('by %s', (_what, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  test('wherever they are cut off', () => {
    const bytes = zipOf(one);
    for (let length = 0; length < bytes.length; length += 13)
      expect(refusal(bytes.subarray(0, length))).toMatch(/^unreadable/);
  });
});

describe('nothing but our own errors', () => {
  const columns = [{ name: 'status', width: 10 }];
  const edit = (bytes: Uint8Array): Promise<unknown> =>
    addColumns(
      bytes,
      { sheet: 'S', headerRow: 1, columns, rows: new Map([[2, [{ text: 'x' }]]]) },
      () => Promise.resolve(),
    );

  async function survives(bytes: Uint8Array): Promise<boolean> {
    refusal(bytes);
    const thrown: unknown = await edit(bytes).catch((caught: unknown) => caught);
    return !(thrown instanceof Error) || thrown instanceof WorkbookError;
  }

  test('is thrown for an archive with any bytes changed', async () => {
    const good = zipOf(one);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        expect(await survives(bytes)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is thrown for a sheet with any content', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<row>',
        '</row>',
        '<row r="2"/>',
        '<c t="s">',
        '<c r="B1" s="9">',
        '</c>',
        '<v>',
        '</v>',
        '<is><t>',
        '</t></is>',
        '<f/>',
        '<![CDATA[<row>]]>',
        '<!-- <c> -->',
        '&#65;',
        '<hyperlinks/>',
        '<cols/>',
        '<mergeCell ref="A1:B2"/>',
        '<dimension ref="A1"/>',
      ),
      fc.string({ maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        expect(await survives(workbookOf({ sheets: [{ name: 'S', rows: pieces.join('') }] }))).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });
});
