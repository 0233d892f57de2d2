import { strToU8, zipSync } from 'fflate';

/** Workbooks built by hand, part by part, as common programs write them. */
export type Parts = Readonly<Record<string, string>>;

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';

/** Packs parts of a workbook, by name, without a check. */
export const zipOf = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

export interface GivenSheet {
  readonly name: string;
  /** The content of `sheetData`. */
  readonly rows: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** The XML before and after the rows. */
  readonly before?: string;
  readonly after?: string;
}

export interface GivenWorkbook {
  readonly sheets: readonly GivenSheet[];
  /** The contents of the `si` elements. */
  readonly strings?: readonly string[];
  /** Number formats of the styles, by number or as a code. */
  readonly formats?: readonly (number | string)[];
  readonly date1904?: boolean;
  readonly more?: Parts;
}

const styleSheet = (formats: readonly (number | string)[]): string => {
  const codes = formats.map((format, index) => ({ format, id: 164 + index }));
  const custom = codes.filter(({ format }) => typeof format === 'string');
  const idOf = ({ format, id }: { format: number | string; id: number }): number =>
    typeof format === 'number' ? format : id;
  return `${declaration}<styleSheet xmlns="${main}"><numFmts count="${custom.length}">${custom
    .map(({ format, id }) => `<numFmt numFmtId="${id}" formatCode="${escape(String(format))}"/>`)
    .join(
      '',
    )}</numFmts><fonts><font><sz val="11"/></font></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${codes
    .map((code) => `<xf numFmtId="${idOf(code)}" applyNumberFormat="1"/>`)
    .join('')}</cellXfs></styleSheet>`;
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The parts of a workbook as Excel names and refers to them. */
export function partsOf({
  sheets,
  strings = [],
  formats = [0],
  date1904 = false,
  more = {},
}: GivenWorkbook): Parts {
  const relationship = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets
      .map(
        (_sheet, index) =>
          `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
      )
      .join(
        '',
      )}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packages}">${relationship('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${escape(name)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packages}">${sheets
      .map((_sheet, index) =>
        relationship(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
      )
      .join(
        '',
      )}${relationship('rId90', 'styles', 'styles.xml')}${relationship('rId91', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': styleSheet(formats),
    'xl/sharedStrings.xml': `${declaration}<sst xmlns="${main}">${strings.map((inside) => `<si>${inside}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, before = '', after = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
    ...more,
  };
}

/** A workbook as Excel would have written it. */
export const workbookOf = (given: GivenWorkbook): Uint8Array => zipOf(partsOf(given));

/** A cell with an inline text. */
export const text = (content: string): string =>
  `<c t="inlineStr"><is><t>${escape(content)}</t></is></c>`;

/** A number in the style of this number. */
export const number = (value: number | string, style = 0): string =>
  `<c s="${style}"><v>${value}</v></c>`;

/** A row of cells; without a number it is the next one. */
export const row = (cells: readonly string[], attributes = ''): string =>
  `<row${attributes}>${cells.join('')}</row>`;
