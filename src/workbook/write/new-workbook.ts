import { escapeXml } from '../xml';
import { maxCellLength, toLetters } from '../reference';
import { writeZip } from '../zip/write-zip';

/** `text`: entries stay as typed, such as 0017. `dateTime`: shown as `2026-12-01 14:00`. */
type ColumnForm = 'general' | 'text' | 'dateTime';

/** A column of a new sheet. Without `form`, it is `general`. */
export interface NewColumn {
  readonly name: string;
  /** Width of the column, in characters. */
  readonly width: number;
  readonly form?: ColumnForm;
}

/** A text, or a time as a serial number of the 1900 system. */
export type NewCell = string | number;

/** A sheet to be written: its columns and rows. */
export interface NewSheet {
  readonly name: string;
  readonly columns: readonly NewColumn[];
  readonly rows: Iterable<readonly NewCell[]>;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Numbers of the styles below. 49 is the format of texts: ECMA-376 part 1, 18.8.30. */
const styleOf: Readonly<Record<ColumnForm | 'header', number>> = {
  general: 0,
  header: 1,
  text: 2,
  dateTime: 3,
};

const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** A workbook with one sheet, whose header row is frozen. */
export function newWorkbook(sheet: NewSheet): Uint8Array {
  return writeZip([
    { name: '[Content_Types].xml', text: contentTypes },
    {
      name: '_rels/.rels',
      text: relationships([['officeDocument', 'xl/workbook.xml']]),
    },
    {
      name: 'xl/workbook.xml',
      text: `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeXml(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relationships([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', text: styles },
    { name: 'xl/worksheets/sheet1.xml', text: sheetXml(sheet) },
  ]);
}

const contentTypes = `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`;

const relationships = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `${declaration}<Relationships xmlns="${packages}/relationships">${targets
    .map(
      ([type, target], index) =>
        `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

function sheetXml({ columns, rows }: NewSheet): string {
  const pieces = [
    `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`,
    ...columns.map(
      ({ width, form = 'general' }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleOf[form]}" customWidth="1"/>`,
    ),
    '</cols><sheetData>',
    rowXml(
      1,
      columns.map(({ name }) => cellXml(name, styleOf.header)),
    ),
  ];
  let row = 1;
  for (const cells of rows) {
    row += 1;
    const styled = cells.map((cell, index) =>
      cellXml(cell, styleOf[columns[index]?.form ?? 'general']),
    );
    pieces.push(rowXml(row, styled));
  }
  return [...pieces, '</sheetData></worksheet>'].join('');
}

type CellXml = (reference: string) => string;

const rowXml = (row: number, cells: readonly CellXml[]): string =>
  `<row r="${row}">${cells.map((cell, index) => cell(`${toLetters(index + 1)}${row}`)).join('')}</row>`;

const cellXml =
  (cell: NewCell, style: number): CellXml =>
  (reference) => {
    if (cell === '') return '';
    const start = `<c r="${reference}" s="${style}"`;
    return typeof cell === 'number'
      ? `${start}><v>${cell}</v></c>`
      : `${start} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.slice(0, maxCellLength))}</t></is></c>`;
  };
