import { partsIn } from '../../support/workbook/read-workbook';
import { number, row, text, workbookOf, zipOf } from '../../support/workbook/workbook-parts';

/** 2030-01-15 as Excel counts days. */
const day = 47_498;
const firstRow = 4;
const [dayStyle, timeStyle] = [1, 2];

const headings = [
  'Nr',
  'Class',
  'Teacher',
  'Teacher e-mail',
  'Pupil',
  'Parent e-mail',
  'Date',
  'Time',
  'Minutes',
  'Remark',
];

/** From 14:00 on, every twenty minutes, ten a teacher. */
const timeOf = (index: number): number => (14 * 60 + 20 * (index % 10)) / (24 * 60);

/** Three cells have typical mistakes. */
function cellsOf(index: number): readonly string[] {
  const teacher = ['anna@contoso.com', 'ben@contoso.com', 'chloe.martin@contoso.com'][index % 3];
  return [
    number(index + 1),
    text('3a'),
    text('Teacher'),
    text(index === 3 ? 'anna.contoso.com' : (teacher ?? '')),
    text(`Pupil ${index + 1}`),
    text(`parent${index + 1}@example.com`),
    index === 7 ? text('31.02.2030') : number(day + Math.floor(index / 30), dayStyle),
    index === 9 ? text('noon') : number(timeOf(index), timeStyle),
    number(20),
    text(''),
  ];
}

/** A typical workbook of a school: a title above, its own headings, date and time in separate columns. */
export const schoolWorkbook = (rows: number): Buffer =>
  Buffer.from(
    workbookOf({
      formats: ['General', 'dd\\.mm\\.yyyy', 'hh:mm'],
      sheets: [
        {
          name: 'Evening',
          rows: [
            row([text('Parent-teacher evening')], ' r="1"'),
            row(headings.map(text), ' r="3"'),
            ...Array.from({ length: rows }, (_, index) =>
              row(cellsOf(index), ` r="${firstRow + index}"`),
            ),
          ].join(''),
        },
      ],
    }),
  );

/**
 * A person's changes in Excel next week: each meeting moves by two days to a Thursday, and one is cancelled in a
 * separate column.
 */
export function movedWorkbook(bytes: Uint8Array): Uint8Array {
  const part = 'xl/worksheets/sheet1.xml';
  const parts = partsIn(bytes);
  const cell = (reference: string, content: string): string =>
    text(content).replace('<c ', `<c r="${reference}" `);
  const put = (sheet: string, line: number, content: string): string =>
    sheet.replace(
      new RegExp(`(<row r="${line}".*?)(</row>)`, 's'),
      (_all, start: string, end: string) => `${start}${cell(`AZ${line}`, content)}${end}`,
    );
  const moved = (parts[part] ?? '').replaceAll(`<v>${day}</v>`, `<v>${day + 2}</v>`);
  return zipOf({ ...parts, [part]: put(put(moved, 3, 'Ação'), 5, 'cancelar') });
}
