import { putTimes, timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { Correction } from '../../../../src/batches/row-line';
import { actionWords } from '../../../../src/requests/action-words';
import type { SheetRow } from '../../../../src/workbook/read/sheet-rows';
import { allFields } from '../fields';
import type { MappedRow, MappedSheet } from '../mapped-sheet';
import { sourceOf } from '../mapping';
import { cellAt, cellKey } from './cells';
import { isInCalendar } from './people';
import { valueOf } from './value-of';

/** One row in the format for sending. */
export interface SentRow {
  readonly row: number;
  readonly cells?: readonly string[];
  readonly corrections?: readonly Correction[];
  readonly request: Request;
}

type Request = Readonly<Record<string, unknown>>;

/** A sheet whose rows have ids. */
export interface Sheet extends MappedSheet {
  /** Prefix of the ids of rows without their own. */
  readonly listId: string;
  /** Ids by row, instead of those with the prefix, for rows that a person wants as new meetings. */
  readonly newCodes?: ReadonlyMap<number, string>;
}

/** Converts every row to its request. */
export const toRequests = (sheet: Sheet): readonly SentRow[] =>
  sheet.body.map((row) => {
    const corrections = correctionsOf(sheet, row);
    return {
      row: row.row,
      cells: cellsOf(sheet, row),
      ...(corrections.length > 0 && { corrections }),
      request: requestOf(sheet, row),
    };
  });

/** The corrected cells of a row, with their original text. */
const correctionsOf = (
  { headings, corrections }: Sheet,
  { row, cells }: SheetRow,
): readonly Correction[] =>
  headings.flatMap(({ column }) => {
    const to = corrections.get(cellKey(row, column));
    const from = cells.find((cell) => cell.column === column)?.text ?? '';
    return to === undefined || to === from ? [] : [{ column, from, to }];
  });

/** The cells of a row in the order of the sheet, from column A on. */
function cellsOf({ headings, corrections }: Sheet, row: SheetRow): readonly string[] {
  const last = Math.max(0, ...headings.map(({ column }) => column));
  return Array.from({ length: last }, (_, place) => {
    const cell = cellAt(row, place + 1, corrections);
    return cell === undefined || cell.isCovered === true ? '' : cell.text;
  });
}

function requestOf({ listId, newCodes, ...sheet }: Sheet, row: SheetRow): Request {
  const { mapping } = sheet;
  const values = valuesOf({ ...sheet, row });
  return {
    // The code of the row in this file is no other meeting's, so nothing can be changed under it.
    ...(!isChange(values['action']) && {
      requestId: newCodes?.get(row.row) ?? `sheet-${listId}-${row.row}`,
    }),
    // If rows have their own codes, known rows are changed, and only new ones are made.
    ...(sourceOf(mapping, 'requestId').kind === 'column' && { action: 'upsert' }),
    timeZone: mapping.timeZone,
    ...(mapping.dateOrder !== undefined && { dateOrder: mapping.dateOrder }),
    ...values,
  };
}

/** The values of a row that are not blank. */
function valuesOf(row: MappedRow): Request {
  const values: Record<string, unknown> = {};
  const times = new Map<string, string>();
  const inCalendar = isInCalendar(row);
  for (const { target } of allFields) {
    if (target.startsWith('calendar.') && !inCalendar) continue;
    const text = valueOf(target, row);
    if (text === '') continue;
    if (timeTargets.has(target)) times.set(target, text);
    else put(values, target.split('.'), text);
  }
  putTimes(times, (target, value) => put(values, target.split('.'), value));
  return values;
}

/** Whether this action is for a meeting that exists. */
function isChange(action: unknown): boolean {
  const word = typeof action === 'string' ? action.toLowerCase() : '';
  return ['cancel', 'update'].includes(actionWords.get(word) ?? word);
}

function put(
  object: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length === 0) object[name] = value;
  else put((object[name] ??= {}) as Record<string, unknown>, rest, value);
}
