import { textFor } from '../../../src/batches/intake/sheet/cell-text';
import { putTimes, timeTargets } from '../../../src/batches/intake/sheet/time-columns';
import type { Correction } from '../../../src/batches/row-line';
import { fromCell } from '../../../src/batches/results/csv-cell';
import { actionWords } from '../../../src/requests/action-words';
import type { ColumnTarget } from '../../../src/requests/column-names';
import { isAddress } from '../../../src/requests/identity';
import { peopleInText } from '../../../src/requests/readers/person';
import type { Cell, SheetRow } from '../../../src/workbook/read/sheet-rows';
import { allFields } from './fields';
import { sourceOf, type Heading, type Mapping } from './mapping';
import { fillIn } from './placeholders';

/** Corrections of cells, by row and column. */
export type Corrections = ReadonlyMap<string, string>;

/** Returns the key of a cell in `Corrections`; row and column from 1. */
export const placeOf = (row: number, column: number): string => `${row} ${column}`;

/** One row in the format for sending. */
export interface SentRow {
  readonly row: number;
  readonly cells?: readonly string[];
  readonly corrections?: readonly Correction[];
  readonly request: Readonly<Record<string, unknown>>;
}

/** The part of a sheet that becomes requests. */
export interface Sheet {
  readonly headings: readonly Heading[];
  /** The rows below the headings. */
  readonly body: readonly SheetRow[];
  /** Prefix of the ids of rows without their own. */
  readonly listId: string;
  /** Ids by row, instead of those with the prefix, for rows that a person wants as new meetings. */
  readonly newCodes?: ReadonlyMap<number, string>;
}

/** The current cell: corrected, or as in the file. */
export function cellAt(
  { row, cells }: SheetRow,
  column: number,
  corrections: Corrections,
): Cell | undefined {
  const corrected = corrections.get(placeOf(row, column));
  return corrected === undefined
    ? cells.find((cell) => cell.column === column)
    : { column, kind: 'text', text: corrected };
}

/** Converts every row to its request. */
export const toRequests = (
  sheet: Sheet,
  mapping: Mapping,
  corrections: Corrections,
): readonly SentRow[] =>
  sheet.body.map((sheetRow) => {
    const corrected = correctionsOf(sheet, sheetRow, corrections);
    return {
      row: sheetRow.row,
      cells: cellsOf(sheet, sheetRow, corrections),
      ...(corrected.length > 0 && { corrections: corrected }),
      request: requestOf(sheet, mapping, { row: sheetRow, corrections }),
    };
  });

/** The corrected cells of a row, with their original text. */
const correctionsOf = (
  { headings }: Sheet,
  { row, cells }: SheetRow,
  corrections: Corrections,
): readonly Correction[] =>
  headings.flatMap(({ column }) => {
    const to = corrections.get(placeOf(row, column));
    const from = cells.find((cell) => cell.column === column)?.text ?? '';
    return to === undefined || to === from ? [] : [{ column, from, to }];
  });

interface RowContext {
  readonly row: SheetRow;
  readonly corrections: Corrections;
}

function requestOf(
  { headings, listId, newCodes }: Sheet,
  mapping: Mapping,
  { row, corrections }: RowContext,
): Readonly<Record<string, unknown>> {
  const request: Record<string, unknown> = {};
  const times = new Map<string, string>();
  const inCalendar = isInCalendar(mapping, { headings, row, corrections });
  for (const { target } of allFields) {
    if (target.startsWith('calendar.') && !inCalendar) continue;
    const text = valueOf(target, mapping, { headings, row, corrections });
    if (text === '') continue;
    if (timeTargets.has(target)) times.set(target, text);
    else put(request, target.split('.'), text);
  }
  putTimes(times, (target, value) => put(request, target.split('.'), value));
  return {
    // The code of the row in this file is no other meeting's, so nothing can be changed under it.
    ...(!isChange(request['action']) && {
      requestId: newCodes?.get(row.row) ?? `sheet-${listId}-${row.row}`,
    }),
    // If rows have their own codes, known rows are changed, and only new ones are made.
    ...(sourceOf(mapping, 'requestId').kind === 'column' && { action: 'upsert' }),
    timeZone: mapping.timeZone,
    ...(mapping.dateOrder !== undefined && { dateOrder: mapping.dateOrder }),
    ...request,
  };
}

/** Whether this action is for a meeting that exists. */
function isChange(action: unknown): boolean {
  const word = typeof action === 'string' ? action.toLowerCase() : '';
  return ['cancel', 'update'].includes(actionWords.get(word) ?? word);
}

type RowOfSheet = RowContext & { readonly headings: readonly Heading[] };

/** Whether the meeting of a row is in a calendar, which sends mail. */
export const isInCalendar = (mapping: Mapping, row: RowOfSheet): boolean =>
  valueOf('calendar.enabled', mapping, row) !== '';

/** Addresses of the people who are invited by mail to the new meeting of a row; never its organizer. */
export function invitedIn(mapping: Mapping, row: RowOfSheet): readonly string[] {
  if (!isInCalendar(mapping, row)) return [];
  const [organizer] = peopleOf('organizer', mapping, row);
  return peopleOf('meeting.participants.attendees', mapping, row).filter(
    (each) => isAddress(each) && each.toLowerCase() !== organizer?.toLowerCase(),
  );
}

/** The people in a row, as the app reads them: addresses or object ids, each person once. */
export const peopleOf = (
  target: 'organizer' | 'meeting.participants.attendees',
  mapping: Mapping,
  row: RowOfSheet,
): readonly string[] => eachOnce(peopleInText(valueOf(target, mapping, row)));

/** The names that are not blank, each once in any letter case, as first written. */
export function eachOnce(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names)
    if (name !== '' && !byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
}

/** The value of a field in a row; blank if empty. */
export function valueOf(
  target: ColumnTarget,
  mapping: Mapping,
  { headings, row, corrections }: RowOfSheet,
): string {
  const source = sourceOf(mapping, target);
  if (source.kind === 'none') return '';
  const textAt = (column: number): string => {
    const cell = cellAt(row, column, corrections);
    return cell === undefined ? '' : fromCell(textFor(target, cell)).trim();
  };
  if (source.kind === 'column') return textAt(source.column);
  return fillIn(source.text, headings, textAt).trim();
}

function put(
  object: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length === 0) object[name] = value;
  else put((object[name] ??= {}) as Record<string, unknown>, rest, value);
}

/** The cells of a row in the order of the sheet, from column A on. */
function cellsOf(sheet: Sheet, row: SheetRow, corrections: Corrections): readonly string[] {
  const last = Math.max(0, ...sheet.headings.map(({ column }) => column));
  return Array.from(
    { length: last },
    (_, place) => cellAt(row, place + 1, corrections)?.text ?? '',
  );
}
