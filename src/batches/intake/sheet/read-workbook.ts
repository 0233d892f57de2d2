import type { Problem } from '../../../errors/meeting-error';
import { wholeRequest } from '../../../errors/problems';
import type { Cell, CellRange, SheetRow } from '../../../workbook';
import { nameOfCell } from '../../../workbook/reference';
import type { OpenedWorkbook } from '../../ports';
import type { BatchBody, InputRow } from '../body';
import {
  pathOfColumn,
  placesOf,
  readHeader,
  toForm,
  toInput,
  type Column,
  type CsvHeader,
} from './csv-header';
import { withDefaults, type InputObject } from '../defaults';
import { textFor } from './cell-text';
import { findHeader, type FoundHeader } from './find-header';

interface Reading {
  readonly header: CsvHeader;
  readonly found: FoundHeader;
  readonly defaults: InputObject;
  /** Known columns, by column number. */
  readonly ours: ReadonlyMap<number, Column>;
  /** Columns without their own heading because a known one is merged over them, with the first cell of that heading. */
  readonly covered: ReadonlyMap<number, string>;
}

/**
 * A batch as a sheet of a workbook: a header row, and below it one request in each row. Hidden rows count, because
 * Excel saves them to CSV too. @throws MeetingError if the header row is missing or wrong; also while rows are read.
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
  const ours = new Map(header.columns.map((column) => [column.place + 1, column]));
  const covered = coveredColumns(found, workbook.merges(sheet), ours);
  const reading = { header, found, defaults, ours, covered };
  return {
    csv: toForm(header, ','),
    unusedColumns: header.unused,
    sheet: { name: sheet.name, headerRow, extension: workbook.extension },
    rows: () => readRows(workbook.rows(sheet), reading),
    nameOf(target, row) {
      const places = placesOf(header, target);
      return places.length === 0 ? target : places.map((place) => nameAt(place, row)).join(', ');
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
  { header, defaults, ours, covered }: Reading,
): InputRow {
  const shown = header.names.map(() => '');
  const said = [...shown];
  const problems: Problem[] = [];
  for (const cell of cells) {
    const column = ours.get(cell.column);
    const problem =
      column === undefined ? lost(covered.get(cell.column)) : unreadable(cell, column);
    if (cell.isCovered !== true) shown[cell.column - 1] = cell.text;
    if (problem !== undefined) problems.push(problem);
    else if (column !== undefined) said[cell.column - 1] = textFor(column.target, cell);
  }
  const input = withDefaults(toInput(header, said), defaults);
  return { row, input, cells: shown, ...(problems.length > 0 && { problems }) };
}

function unreadable({ kind, text }: Cell, column: Column): Problem | undefined {
  const target = pathOfColumn(column);
  if (kind === 'error')
    return {
      code: 'excelError',
      target,
      message: `The cell contains the error ${text} because its formula has no valid result. Correct the formula, or enter a value.`,
    };
  if (kind !== 'uncomputed') return undefined;
  const message =
    'The cell contains a formula that was never calculated. Open the workbook in Excel, save it, and send it again.';
  return { code: 'wrongType', target, message };
}

/** Reports a value below a merged heading that would otherwise be ignored silently. */
function lost(heading: string | undefined): Problem | undefined {
  if (heading === undefined) return undefined;
  const message = `The heading ${heading} covers several columns, and this row has values in more than one of them. Use a separate heading for each column.`;
  return { code: 'wrongType', target: wholeRequest, message };
}

function coveredColumns(
  { sheet, row, names }: FoundHeader,
  merges: readonly CellRange[],
  ours: ReadonlyMap<number, Column>,
): ReadonlyMap<number, string> {
  const covered = new Map<number, string>();
  for (const { from, to } of merges) {
    if (from.row > row || to.row < row || !ours.has(from.column)) continue;
    const last = Math.min(to.column, names.length);
    for (let column = from.column + 1; column <= last; column += 1)
      covered.set(column, nameOfCell(sheet.name, from));
  }
  return covered;
}
