import { isExcelError } from '../../../../src/requests/readers/excel-error';
import { dayIn } from '../../../../src/requests/time/join-date-and-time';
import { readWrittenTime } from '../../../../src/requests/time/read-written-time';
import { readTimeOfDay } from '../../../../src/requests/time/time-of-day';
import { readDate, type DateOrder } from '../../../../src/requests/time/written-date';

/** The texts that form one time; blank if empty. */
export interface TimeParts {
  /** A day, or a day and a time of day. */
  readonly day: string;
  /** A time of day. */
  readonly clock: string;
}

type Code = 'missing' | 'invalidTime' | 'wrongWeekday' | 'excelError';

/** A day to read times of day with. */
const anyDay = '2030-01-01';

/** Whether a text is a time of day without a day. */
export const isClock = (text: string): boolean => readTimeOfDay(text) !== undefined;

/** What is wrong with each part alone: nothing if the time only does not exist in its zone. */
export const timeFaults = (
  parts: TimeParts,
  order: DateOrder | undefined,
): { readonly day: Code | undefined; readonly clock: Code | undefined } => ({
  day: dayFault(parts.day, order),
  clock: clockFault(parts),
});

/** The predicate of a text; that of any value would make every other text none. */
const isError = (text: string): boolean => isExcelError(text);

function dayFault(day: string, order: DateOrder | undefined): Code | undefined {
  if (day === '' || isClock(day)) return 'missing';
  if (isError(day)) return 'excelError';
  const date = readDate(dayIn(day), order);
  if (date?.kind === 'otherWeekday') return 'wrongWeekday';
  return date?.kind === 'day' && date.day !== undefined ? undefined : 'invalidTime';
}

/** What is wrong with a time of day. It may be empty if the text of the day has one. */
export function clockFault({ day, clock }: TimeParts): Code | undefined {
  if (clock === '') return isClock(day) || dayIn(day) !== day ? undefined : 'missing';
  if (isError(clock)) return 'excelError';
  return readWrittenTime(`${anyDay} ${clock}`).ok ? undefined : 'invalidTime';
}
