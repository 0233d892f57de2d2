import { dayIn } from '../../../../src/requests/time/join-date-and-time';
import { readTimeOfDay } from '../../../../src/requests/time/time-of-day';
import { readDate } from '../../../../src/requests/time/written-date';
import type { Cell, SheetRow } from '../../../../src/workbook/read/sheet-rows';

/** What most cells of a column hold: days, times of day, or days with their times of day. */
export type TimeContent = 'day' | 'clock' | 'dayAndClock';

/** Number of rows used to recognize a column by its content. */
const maxSample = 50;

/** What the first cells of a column hold; undefined if it is something else, or nothing. */
export function contentOf(body: readonly SheetRow[], column: number): TimeContent | undefined {
  const cells = body
    .slice(0, maxSample)
    .flatMap((row) => row.cells.filter((cell) => cell.column === column));
  // A cell without a format shows a day or a time of day as a number. Alone, it is rather a number of something.
  const numbers = cells.filter(({ kind }) => kind === 'number').length;
  const areMost = (fits: (cell: Cell) => boolean): boolean => {
    const fitting = cells.filter(fits).length;
    return fitting > (cells.length - numbers) * 0.8 && fitting > cells.length / 2;
  };
  if (areMost(isClock)) return 'clock';
  if (!areMost(isDay)) return undefined;
  return areMost(hasClock) ? 'dayAndClock' : 'day';
}

/** Digits alone are rather a number of something, too. */
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
