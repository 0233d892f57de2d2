import fc from 'fast-check';
import { Workbook, type Cell } from '../../src/workbook';
import { styleOfFormat } from '../../src/workbook/read/styles';
import {
  number,
  row,
  text,
  workbookOf,
  type GivenWorkbook,
} from '../support/workbook/workbook-parts';

const rowsOf = (given: GivenWorkbook): { row: number; cells: readonly Cell[] }[] => {
  const workbook = new Workbook(workbookOf(given));
  const [sheet] = workbook.sheets;
  return sheet === undefined ? [] : [...workbook.rows(sheet)];
};

/** The texts of the cells of a single row, with their kinds. */
const saidBy = (cells: readonly string[], given: Partial<GivenWorkbook> = {}): string[] =>
  rowsOf({ sheets: [{ name: 'Sheet', rows: row(cells) }], ...given }).flatMap(({ cells: read }) =>
    read.map(({ kind, text: said }) => `${kind} ${said}`),
  );

describe('cells', () => {
  test.each<[string, string, string]>([
    ['a shared text', '<c t="s"><v>0</v></c>', 'text plain'],
    ['a shared text of several runs', '<c t="s"><v>1</v></c>', 'text Parent evening'],
    ['a shared text with its pronunciation', '<c t="s"><v>2</v></c>', 'text 東京'],
    ['a text in place', text('a & b < c'), 'text a & b < c'],
    [
      'runs in place',
      '<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r></is></c>',
      'text a b',
    ],
    ['an escaped character', text('a_x000D_b_x005F_x0041_'), 'text a\rb_x0041_'],
    ['a whole number', number('17'), 'number 17'],
    ['a large number', number('1E+15'), 'number 1000000000000000'],
    ['noise behind the 15th digit', number('0.30000000000000004'), 'number 0.3'],
    ['leading zeros by format', number(17, 1), 'number 0017'],
    ['true', '<c t="b"><v>1</v></c>', 'boolean TRUE'],
    ['false', '<c t="b"><v>0</v></c>', 'boolean FALSE'],
    ['an error', '<c t="e"><v>#N/A</v></c>', 'error #N/A'],
    ['a formula with its value', '<c t="str"><f>A1&amp;B1</f><v>ab</v></c>', 'text ab'],
    ['a formula that is empty', '<c t="str"><f>""</f><v></v></c>', 'text '],
    ['a formula that was never computed', '<c><f>A1+1</f></c>', 'uncomputed '],
    ['a formula with an error', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'error #DIV/0!'],
    ['a date of the strict form', '<c t="d"><v>2026-12-01</v></c>', 'date 2026-12-01'],
    [
      'a time of the strict form',
      '<c t="d"><v>2026-12-01T14:00:00.000</v></c>',
      'dateTime 2026-12-01T14:00:00',
    ],
  ])('%s', (_what, cell, said) => {
    const strings = [
      '<t>plain</t>',
      '<r><t>Parent</t></r><r><rPr><b/></rPr><t xml:space="preserve"> evening</t></r>',
      '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
    ];
    expect(saidBy([cell], { strings, formats: [0, '0000'] })).toEqual([said]);
  });

  test('that are empty, with a style or without, hold nothing', () => {
    expect(
      rowsOf({
        sheets: [{ name: 'S', rows: row(['<c s="0"/>', '<c t="inlineStr"><is><t/></is></c>']) }],
      }),
    ).toEqual([]);
  });

  test('have the places that they say, or the next ones', () => {
    const rows = `${row([text('a'), '<c r="C1"><v>1</v></c>', text('d')])}<row r="5">${text('e')}</row>${row([text('f')])}`;
    const read = rowsOf({ sheets: [{ name: 'S', rows }] });
    expect(read.map((line) => [line.row, line.cells.map(({ column }) => column)])).toEqual([
      [1, [1, 3, 4]],
      [5, [1]],
      [6, [1]],
    ]);
  });

  test('of hidden rows and columns are there', () => {
    const rows = row([text('a')], ' hidden="1"') + row([text('b')]);
    const before = '<cols><col min="1" max="1" hidden="1"/></cols>';
    expect(rowsOf({ sheets: [{ name: 'S', rows, before }] })).toHaveLength(2);
  });
});

describe('times', () => {
  const formats = [
    0,
    14,
    20,
    22,
    'dd.mm.yyyy hh:mm',
    '[h]:mm',
    '[$-407]d. mmm yyyy;@',
    'h:mm AM/PM',
  ];

  test.each<[string, number | string, number, string]>([
    ['a day', 46_357, 1, 'date 2026-12-01'],
    ['a day by a format of its own', 46_357, 6, 'date 2026-12-01'],
    ['a day with a time of day that is not shown', 46_357.5, 1, 'dateTime 2026-12-01T12:00:00'],
    ['a time of day', 0.583_333_333_333_333_4, 2, 'time 14:00:00'],
    ['a time of day to seven digits', '0.5833333', 2, 'time 14:00:00'],
    ['a time of day in twelve hours', 0.75, 7, 'time 18:00:00'],
    ['midnight', 0, 2, 'time 00:00:00'],
    ['a moment before midnight, as sums come out', 0.999_999_999_9, 2, 'time 00:00:00'],
    ['a day and a time', 46_357.583_333, 3, 'dateTime 2026-12-01T14:00:00'],
    ['a day and a time by a format of its own', 46_357.75, 4, 'dateTime 2026-12-01T18:00:00'],
    ['a day and a time, of which the time is shown', 46_357.75, 2, 'dateTime 2026-12-01T18:00:00'],
    ['a span of hours', 1.5, 5, 'span 36:00:00'],
    ['the first day', 1, 1, 'date 1900-01-01'],
    ['the last day before the one that never was', 59, 1, 'date 1900-02-28'],
    ['the first day after it', 61, 1, 'date 1900-03-01'],
    ['a number that is no date', -1, 1, 'number -1'],
    ['a number beyond all dates', 3_000_000, 1, 'number 3000000'],
    ['a number that is shown as such', 46_357, 0, 'number 46357'],
  ])('%s', (_what, value, style, said) => {
    expect(saidBy([number(value, style)], { formats })).toEqual([said]);
  });

  test('of a workbook that counts from 1904', () => {
    const cells = [number(44_895, 1), number(44_895.75, 4), number(0.75, 2), number(44_895, 0)];
    const [read] = rowsOf({
      sheets: [{ name: 'S', rows: row(cells) }],
      formats,
      date1904: true,
    });
    expect(read?.cells.map(({ text: said, serial }) => [said, serial])).toEqual([
      ['2026-12-01', 46_357],
      ['2026-12-01T18:00:00', 46_357.75],
      ['18:00:00', 0.75],
      ['44895', 46_357],
    ]);
  });

  test('any minute of any day is read as written, however its fraction is rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 2_958_465 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 8, max: 17 }),
        (day, minute, digits) => {
          const value = (day + minute / 1440).toPrecision(Math.max(digits, String(day).length + 6));
          const expected = new Date(Date.UTC(1899, 11, 30) + (day * 1440 + minute) * 60_000);
          expect(saidBy([number(value, 4)], { formats })).toEqual([
            `dateTime ${expected.toISOString().slice(0, 19)}`,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('number formats', () => {
  test.each<[string, string]>([
    ['General', 'none'],
    ['0.00', 'none'],
    ['0.00E+00', 'none'],
    ['#,##0 "days"', 'none'],
    ['[Red]0;[Blue]-0', 'none'],
    ['\\d0', 'none'],
    ['General" Uhr"', 'none'],
    ['@', 'none'],
    ['yyyy-mm-dd', 'date'],
    ['mmm', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['[$-411]ggge"年"', 'date'],
    ['h:mm', 'time'],
    ['[$-F400]h:mm:ss AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['m/d/yy h:mm', 'dateTime'],
    ['[hh]:mm', 'span'],
    ['[mm]:ss', 'span'],
  ])('%s shows %s', (code, time) => {
    expect(styleOfFormat(code).time).toBe(time);
  });
});
