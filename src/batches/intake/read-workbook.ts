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
  readonly merges: readonly CellRange[];
  readonly defaults: InputObject;
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
  const reading = { header, found, defaults, merges: workbook.merges(sheet) };
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
  { header, defaults, ...reading }: Reading,
): InputRow {
  const shown = header.names.map(() => '');
  const said = [...shown];
  const problems: Problem[] = [];
  for (const cell of cells) {
    const place = cell.column - 1;
    const path = header.columns.find((column) => column.place === place)?.path.join('.');
    const message = path === undefined ? uncovered(cell, { header, ...reading }) : unreadable(cell);
    shown[place] = cell.text;
    if (message !== undefined)
      problems.push({ code: 'wrongType', target: path ?? wholeRequest, message });
    else if (path !== undefined) said[place] = textFor(path, cell);
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

function unreadable({ kind, text }: Cell): string | undefined {
  if (kind === 'error')
    return `The cell holds the error ${text}: its formula found nothing. Correct the formula, or write a value.`;
  if (kind === 'uncomputed')
    return 'The cell holds a formula that was never computed. Open the workbook in Excel, save it, and send it again.';
  return undefined;
}

/** A value beside a heading of ours that is merged over several columns would be left out without a word. */
function uncovered(
  { column }: Cell,
  { header, merges, found }: Omit<Reading, 'defaults'>,
): string | undefined {
  const merge = merges.find(
    ({ from, to }) =>
      from.row <= found.row && found.row <= to.row && from.column < column && column <= to.column,
  );
  const isOurs = header.columns.some(({ place }) => place + 1 === merge?.from.column);
  if (merge === undefined || !isOurs) return undefined;
  const cells = nameOfCell(found.sheet.name, merge.from);
  return `The heading ${cells} covers several columns, and this row has values in more than the first. Give each column a heading of its own.`;
}
