import { MeetingError } from '../../../errors/meeting-error';
import { shorten } from '../../../errors/problems';
import type { CellRange, Sheet, SheetRow } from '../../../workbook';
import type { OpenedWorkbook } from '../../ports';
import { countKnown } from './csv-header';
import { headerPlace } from './header-place';

/** Number of rows searched for the header row: titles and notes may be above it. */
const maxRowsAbove = 50;

/** The header row of a sheet. */
export interface FoundHeader {
  readonly sheet: Sheet;
  /** From 1. */
  readonly row: number;
  /** The last row of the header: a heading may be merged over two rows. */
  readonly lastRow: number;
  /** By column, beginning with column A. */
  readonly names: readonly string[];
}

/**
 * Finds the header row of the named sheet, or of the first visible sheet that has one: see `headerPlace`, else the first
 * row with one known column name.
 * @throws MeetingError `invalidRequest` when there is none.
 */
export async function findHeader(
  workbook: OpenedWorkbook,
  sheetName: string | undefined,
): Promise<FoundHeader> {
  const candidates =
    sheetName === undefined
      ? workbook.sheets.filter(({ isHidden }) => !isHidden)
      : [sheetNamed(workbook, sheetName)];
  for (const sheet of candidates) {
    const rows = await firstRows(workbook.rows(sheet));
    const counts = rows.map(({ cells }) => countKnown(cells.map(({ text }) => text)));
    const row = rows[headerPlace(counts) ?? counts.indexOf(1)];
    if (row !== undefined) return toHeader(sheet, row, { rows, merges: workbook.merges(sheet) });
  }
  throw noHeader(candidates);
}

async function firstRows(rows: AsyncIterable<SheetRow>): Promise<readonly SheetRow[]> {
  const first: SheetRow[] = [];
  for await (const row of rows) {
    first.push(row);
    if (first.length === maxRowsAbove) break;
  }
  return first;
}

function toHeader(
  sheet: Sheet,
  { row, cells }: SheetRow,
  { rows, merges }: { readonly rows: readonly SheetRow[]; readonly merges: readonly CellRange[] },
): FoundHeader {
  const names: (string | undefined)[] = [];
  for (const { column, text } of cells) names[column - 1] = text;
  let lastRow = row;
  for (const { from, to } of merges) {
    if (from.row > row || to.row < row) continue;
    // A merged heading may reach beyond the last named column.
    if (names[from.column - 1] !== undefined) names.length = Math.max(names.length, to.column);
    if (from.row === to.row) continue;
    if (names[from.column - 1] !== undefined || from.row < row) lastRow = Math.max(lastRow, to.row);
    names[from.column - 1] ??= textAt(rows, from);
  }
  return { sheet, row, lastRow, names: Array.from(names, (name = '') => name) };
}

const textAt = (rows: readonly SheetRow[], { row, column }: CellRange['from']): string =>
  rows.find((other) => other.row === row)?.cells.find((cell) => cell.column === column)?.text ?? '';

function sheetNamed({ sheets }: OpenedWorkbook, wanted: string): Sheet {
  const found =
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const names = sheets.map(({ name }) => `"${shorten(name)}"`).join(', ');
  const message = `The workbook has no sheet "${shorten(wanted)}".`;
  throw new MeetingError('invalidRequest', message, {
    target: 'sheet',
    remedy: `Specify one of its sheets: ${names}.`,
    details: [{ code: 'unknownValue', target: 'sheet', message }],
  });
}

function noHeader(sheets: readonly Sheet[]): MeetingError {
  const where =
    sheets.length === 1 ? `the sheet "${shorten(sheets[0]?.name ?? '')}"` : 'any visible sheet';
  const message = `There is no header row in the first ${maxRowsAbove} rows of ${where}.`;
  return new MeetingError('invalidRequest', message, {
    target: '$',
    remedy:
      'Put the column names, such as organizer, subject and startDateTime, in a separate row. See the template at /api/templates/xlsx.',
    details: [{ code: 'missing', target: '$', message }],
  });
}
