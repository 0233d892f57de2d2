import { parse } from 'papaparse';
import { delimiters, possibleDelimiters } from '../../../src/batches/intake/sheet/delimiters';
import { isCompoundFile, isZip } from '../../../src/workbook/zip/signature';
import type { SheetRow } from '../../../src/workbook/read/sheet-rows';
import { Workbook } from '../../../src/workbook/read/workbook';
import { isKnownName } from '../columns/known-names';
import { maxRowsAbove } from '../columns/match';
import { readText } from './read-text';

/** A sheet of a workbook. A text file has one sheet. */
export interface SheetName {
  readonly name: string;
  readonly isHidden: boolean;
}

/** A file that was chosen, dropped or pasted, read in the browser. */
export interface OpenedFile {
  readonly name: string;
  /** For CSV. */
  readonly delimiter?: string;
  /** For a workbook: the file itself, which is sent with its rows and returned with links. */
  readonly workbook?: Uint8Array;
  readonly sheets: readonly SheetName[];
  /** SHA-256 of the content, in hexadecimal: the same file is the same list of meetings. */
  readonly fingerprint: string;
  readonly rowsOf: (sheet: string) => readonly SheetRow[];
}

/** The error of a file without content. */
export class EmptyFile extends Error {}

/** The error of a text file with a quotation mark that is not closed, or not at the end of its cell. */
export class OpenQuote extends Error {
  /** From 1. */
  readonly row: number;

  constructor(row: number) {
    super(`Row ${row} has a quotation mark that is not closed.`);
    this.row = row;
  }
}

/** Excel's line above the headings that names the delimiter. */
const separatorLine = /^\uFEFF?sep=.\r?\n/;
/** The parser takes an empty last line for a row with one cell, and in a short text does not find the delimiter. */
const lastLineEnds = /[\r\n]+$/;

/** @throws EmptyFile, NoSheet, OpenQuote, WorkbookError */
export async function openFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<OpenedFile> {
  if (bytes.length === 0) throw new EmptyFile();
  const fingerprint = await fingerprintOf(bytes);
  if (isZip(bytes) || isCompoundFile(bytes) || /\.xls[xmb]?$/i.test(name))
    return openWorkbook(name, bytes, fingerprint);
  return openText(name, readText(bytes), fingerprint);
}

function openWorkbook(name: string, bytes: Uint8Array, fingerprint: string): OpenedFile {
  const workbook = new Workbook(bytes);
  const read = new Map<string, readonly SheetRow[]>();
  return {
    name,
    workbook: bytes,
    fingerprint,
    sheets: workbook.sheets,
    rowsOf(wanted) {
      const sheet = workbook.sheets.find((each) => each.name === wanted);
      if (sheet === undefined) return [];
      const rows = read.get(wanted) ?? [...workbook.rows(sheet)];
      read.set(wanted, rows);
      return rows;
    },
  };
}

function openText(name: string, text: string, fingerprint: string): OpenedFile {
  const sheet = text.replace(separatorLine, '').replace(lastLineEnds, '');
  const { data, errors, meta } = parse<readonly string[]>(sheet, {
    delimiter: delimiterOf(text, sheet),
    delimitersToGuess: [...delimiters],
  });
  const firstRow = separatorLine.test(text) ? 2 : 1;
  // Such a cell would contain the rows below it.
  const wrong = errors.find(({ type }) => type === 'Quotes');
  if (wrong !== undefined) throw new OpenQuote(firstRow + (wrong.row ?? 0));
  const rows = toRows(data, firstRow);
  const delimiter = delimiters.find((each) => each === meta.delimiter) ?? ',';
  return { name, delimiter, fingerprint, sheets: [{ name, isHidden: false }], rowsOf: () => rows };
}

/**
 * The delimiter that is named, or gives headings of several known names: a title above them may have another. Empty for
 * the parser's guess, if the headings are the person's own.
 */
function delimiterOf(text: string, sheet: string): string {
  const { candidates } = possibleDelimiters(text);
  const [named, other] = candidates;
  if (other === undefined) return named;
  return candidates.find((delimiter) => hasKnownHeadings(sheet, delimiter)) ?? '';
}

const hasKnownHeadings = (sheet: string, delimiter: string): boolean =>
  parse<readonly string[]>(sheet, { delimiter, preview: maxRowsAbove }).data.some(
    (cells) => cells.filter(isKnownName).length > 1,
  );

/** Opens cells copied from a spreadsheet, separated by tabs. @throws EmptyFile, OpenQuote */
export async function openPasted(name: string, text: string): Promise<OpenedFile> {
  if (text.trim() === '') throw new EmptyFile();
  return openText(name, text, await fingerprintOf(new TextEncoder().encode(text)));
}

const toRows = (records: readonly (readonly string[])[], firstRow: number): readonly SheetRow[] =>
  records.flatMap((record, index) => {
    const cells = record.flatMap((cell, place) =>
      cell.trim() === '' ? [] : [{ column: place + 1, kind: 'text' as const, text: cell }],
    );
    return cells.length === 0 ? [] : [{ row: index + firstRow, cells }];
  });

async function fingerprintOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
