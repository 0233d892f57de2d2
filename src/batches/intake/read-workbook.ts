import type { Problem } from '../../errors/meeting-error';
import { wholeRequest } from '../../errors/problems';
import type { Cell, CellRange, SheetRow } from '../../workbook';
import { nameOfCell } from '../../workbook/reference';
import type { OpenedWorkbook } from '../ports';
import type { BatchBody, InputRow } from './body';
import { placeOfTarget, readHeader, toInput, type CsvHeader } from './csv-header';
import { withDefaults, type InputObject } from './defaults';
import { findHeader, type FoundHeader } from './find-header';

interface Reading {
  readonly header: CsvHeader;
  readonly found: FoundHeader;
  readonly defaults: InputObject;
  /** JSON paths of the columns that are ours, by the number of the column. */
  readonly paths: ReadonlyMap<number, string>;
  /** Columns without a heading of their own, since one of ours covers them; and the first cell of that heading. */
  readonly covered: ReadonlyMap<number, string>;
}

/**
 * A batch as a sheet of a workbook: a row names the columns, those below it are requests. Rows that are hidden are taken, as
 * Excel saves them to CSV too. @throws MeetingError when there is no header row, or it is wrong; also while rows are read.
 */
export async function openWorkbook(
  workbook: OpenedWorkbook,
  defaults: InputObject,
  sheetName: string | undefined,
): Promise<BatchBody> {
  const found = await findHeader(workbook, sheetName);
  const { sheet, row: headerRow } = found;
  const nameAt = (place: number, row: number): string =>
    nameOfCell(sheet.name, { column: place + 1, row });
  const header = readHeader(found.names, (place) => nameAt(place, headerRow));
  const paths = new Map(header.columns.map(({ place, path }) => [place + 1, path.join('.')]));
  const covered = coveredColumns(found, workbook.merges(sheet), paths);
  const reading = { header, found, defaults, paths, covered };
  return {
    csv: { delimiter: ',', header: header.names },
    sheet: { name: sheet.name, headerRow, extension: workbook.extension },
    rows: () => readRows(workbook.rows(sheet), reading),
    nameOf(target, row) {
      const place = placeOfTarget(header, target);
      return place === undefined ? target : nameAt(place, row);
    },
  };
}

async function* readRows(
  rows: AsyncIterable<SheetRow>,
  reading: Reading,
): AsyncGenerator<InputRow> {
  const width = reading.header.names.length;
  for await (const { row, cells } of rows) {
    if (row <= reading.found.lastRow) continue;
    const own = cells.filter(({ column }) => column <= width);
    if (own.some(({ kind, text }) => kind !== 'text' || text.trim() !== ''))
      yield readRow(row, own, reading);
  }
}

function readRow(
  row: number,
  cells: readonly Cell[],
  { header, defaults, paths, covered }: Reading,
): InputRow {
  const shown = header.names.map(() => '');
  const said = [...shown];
  const problems: Problem[] = [];
  for (const cell of cells) {
    const path = paths.get(cell.column);
    const message = path === undefined ? whyLost(covered.get(cell.column)) : whyUnreadable(cell);
    shown[cell.column - 1] = cell.text;
    if (message !== undefined)
      problems.push({ code: 'wrongType', target: path ?? wholeRequest, message });
    else if (path !== undefined) said[cell.column - 1] = textFor(path, cell);
  }
  const input = withDefaults(toInput(header, said), defaults);
  return { row, input, cells: shown, ...(problems.length > 0 && { problems }) };
}

/** What the cell says to its property: times and durations are numbers in workbooks, and shown in many ways. */
function textFor(path: string, { kind, text, serial }: Cell): string {
  if (serial === undefined) return text;
  if (path === 'durationMinutes' && (kind === 'time' || kind === 'span'))
    return String(Math.round(serial * 24 * 60 * 60) / 60);
  return kind === 'number' && path.endsWith('DateTime') ? String(serial) : text;
}

function whyUnreadable({ kind, text }: Cell): string | undefined {
  if (kind === 'error')
    return `The cell holds the error ${text}: its formula found nothing. Correct the formula, or write a value.`;
  if (kind === 'uncomputed')
    return 'The cell holds a formula that was never computed. Open the workbook in Excel, save it, and send it again.';
  return undefined;
}

/** A value beside a heading of ours that covers several columns would be left out without a word. */
const whyLost = (heading: string | undefined): string | undefined =>
  heading === undefined
    ? undefined
    : `The heading ${heading} covers several columns, and this row has values in more than the first. Give each column a heading of its own.`;

function coveredColumns(
  { sheet, row, names }: FoundHeader,
  merges: readonly CellRange[],
  paths: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const covered = new Map<number, string>();
  for (const { from, to } of merges) {
    if (from.row > row || to.row < row || !paths.has(from.column)) continue;
    const last = Math.min(to.column, names.length);
    for (let column = from.column + 1; column <= last; column += 1)
      covered.set(column, nameOfCell(sheet.name, from));
  }
  return covered;
}
