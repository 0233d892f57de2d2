import type { ColumnTarget } from '../../../../src/requests/column-names';
import { plainName } from '../../../../src/requests/plain-name';
import { dayIn } from '../../../../src/requests/time/join-date-and-time';
import { readTimeOfDay } from '../../../../src/requests/time/time-of-day';
import { readDate } from '../../../../src/requests/time/written-date';
import type { Cell, SheetRow } from '../../../../src/workbook/read/sheet-rows';
import { isKnownName, meaningOf } from './known-names';
import type { Heading, Source } from '../mapping';

/** Number of rows used to recognize a column by its content. */
const maxSample = 50;

/** Targets that a column can have by its content. An address could be anybody's. */
export const targetsByContent = ['meeting.startDateTime', 'startTime', 'endTime'] as const;
type TargetByContent = (typeof targetsByContent)[number];

/** The column of the day to a time of day. */
const dayOf = { startTime: 'meeting.startDateTime', endTime: 'meeting.endDateTime' } as const;

/** Names that mean a time only if the column holds times of day; compared as `plainName` returns them. */
const clockNames = {
  startTime: ['von', 'ab', 'from', 'de', 'desde'],
  endTime: ['to', 'till', 'a', 'ate', 'hasta'],
};

/** The columns to choose from, the rows, and the sources found so far. */
export interface Content {
  readonly headings: readonly Heading[];
  readonly body: readonly SheetRow[];
  readonly sources: Readonly<Partial<Record<ColumnTarget, Source>>>;
}

/**
 * The column for a target by its content: one whose name fits, else the only one whose name says nothing. A name that
 * is known for something else is never used, and of several columns none is guessed.
 */
export function findByContent(
  target: TargetByContent,
  { headings, body, sources }: Content,
): Heading | undefined {
  const cellsOf = ({ column }: { readonly column: number }): readonly Cell[] =>
    body.slice(0, maxSample).flatMap(({ cells }) => cells.filter((cell) => cell.column === column));
  if (target === 'meeting.startDateTime')
    return onlyUnknown(headings.filter((heading) => fitsMost(cellsOf(heading), isDay)));
  const day = sources[dayOf[target]];
  if (day?.kind === 'column' && cellsOf(day).some(hasClock)) return undefined;
  const clocks = headings.filter((heading) => fitsMost(cellsOf(heading), isClock));
  const named = clocks.find(({ name }) => isClockName(target, name));
  // Nothing says that a second time of day is the end.
  return named ?? (target === 'startTime' ? onlyUnknown(clocks) : undefined);
}

const isClockName = (target: keyof typeof clockNames, name: string): boolean =>
  meaningOf(name) === dayOf[target] || clockNames[target].includes(plainName(name));

function onlyUnknown(headings: readonly Heading[]): Heading | undefined {
  const [first, ...others] = headings.filter(
    ({ name }) => !isKnownName(name) && !clockNames.endTime.includes(plainName(name)),
  );
  return others.length === 0 ? first : undefined;
}

const fitsMost = (cells: readonly Cell[], fits: (cell: Cell) => boolean): boolean =>
  cells.filter(fits).length > cells.length * 0.8;

/** Digits alone are rather a number of something than a day or a time. */
const isNumber = (text: string): boolean => /^\s*\d+\s*$/.test(text);

const isDay = ({ kind, text }: Cell): boolean =>
  kind === 'date' ||
  kind === 'dateTime' ||
  (kind === 'text' && !isNumber(text) && readDate(dayIn(text)) !== undefined);

const isClock = ({ kind, text }: Cell): boolean =>
  kind === 'time' || (kind === 'text' && !isNumber(text) && readTimeOfDay(text) !== undefined);

/** Whether a cell has a time of day next to its day. Programs write a day as midnight. */
const hasClock = ({ kind, text }: Cell): boolean =>
  kind === 'dateTime'
    ? !text.endsWith('T00:00:00')
    : kind === 'text' && !/[t\s]00:00/i.test(text) && dayIn(text) !== text;
