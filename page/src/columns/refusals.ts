import { timeTargets } from '../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../src/requests/column-names';
import { readTimeOfDay } from '../../../src/requests/time/time-of-day';
import type { SheetRow } from '../../../src/workbook/read/sheet-rows';
import type { Problem, RefusedRow } from '../answers';
import type { Words } from '../words/english';
import { allFields } from './fields';
import { sourceOf } from './mapping';
import { cellAt } from './requests';
import type { LoadedSheet } from '../sheet/loaded-sheet';

/** A problem at the place where a person can fix it. */
export interface Refusal {
  readonly row: number;
  /** Undefined if the value has no column and is set under Columns. */
  readonly column: number | undefined;
  readonly field: ColumnTarget | undefined;
  readonly sentence: string;
}

/** Returns each problem with its cell, and a sentence in the language of the page. */
export function toRefusals(
  rows: readonly RefusedRow[],
  sheet: LoadedSheet,
  words: Words,
): readonly Refusal[] {
  const bodies = new Map(sheet.body.map((row) => [row.row, row]));
  return rows.flatMap(({ row, problems }) =>
    problems.map((problem): Refusal => {
      const field = fieldOf(problem, sheet, bodies.get(row));
      const source = field === undefined ? undefined : sourceOf(sheet.mapping, field);
      const column = source?.kind === 'column' ? source.column : undefined;
      return { row, field, column, sentence: sentenceOf(problem, words) };
    }),
  );
}

/**
 * The field that a problem belongs to. If the time of day has a separate column and is not a time, that column is the
 * wrong one; if a meeting is over, its day is wrong; and a pool stands for an organizer.
 */
function fieldOf(
  { code, target: given }: Problem,
  { mapping, corrections }: LoadedSheet,
  row: SheetRow | undefined,
): ColumnTarget | undefined {
  const isPool =
    given === 'organizer' &&
    sourceOf(mapping, given).kind === 'none' &&
    sourceOf(mapping, 'organizerPool').kind !== 'none';
  if (isPool) return 'organizerPool';
  const target = code === 'inThePast' ? 'meeting.startDateTime' : given;
  const fields = allFields.map((field) => field.target);
  const path = fields.find(
    (each) => target === each || target.startsWith(`${each}.`) || target.startsWith(`${each}[`),
  );
  const clock = sourceOf(mapping, 'startTime');
  if (path !== 'meeting.startDateTime' || clock.kind !== 'column' || row === undefined)
    return path === 'meeting.endDateTime' && sourceOf(mapping, path).kind === 'none'
      ? 'durationMinutes'
      : path;
  const cell = cellAt(row, clock.column, corrections);
  const isClock =
    cell !== undefined && (cell.kind !== 'text' || readTimeOfDay(cell.text) !== undefined);
  return isClock ? path : 'startTime';
}

/** The sentence about a problem in the language of the page; the app's own if the page has none. */
export const sentenceOf = ({ code, target, message }: Problem, { problems }: Words): string => {
  const path = timeTargets.get(target) ?? target.replace(/\[.*$/, '');
  return problems[`${code} ${path}`] ?? problems[code] ?? message;
};
