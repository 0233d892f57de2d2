import { readNumber } from './excel-serial';
import { readTimeOfDay } from './time-of-day';
import { readDate, splitDate } from './written-date';

/** The time cells of one row, as texts; blank if empty. */
interface TimeCells {
  /** The day of start and end. */
  readonly date: string;
  /** Start or end: a day, a time of day, or both. */
  readonly time: string;
  /** A time of day next to the day. */
  readonly clock: string;
}

/** Programs write a day as midnight. */
const midnight = /[t\s]+00:00(?::00(?:\.0+)?)?z?$/i;
const beforeClock = /[t\s]+(?=\d{1,2}(?:[:.h]|\s?(?:uhr|am|pm)))/i;

const isClock = (text: string): boolean => readTimeOfDay(text) !== undefined;

/** Joins the parts of a time into one text; blank if all are empty. Parts that do not fit together stay visible in the text. */
export function joinDateAndTime({ date, time, clock }: TimeCells): string {
  if (isClock(time)) return join(date, clock === '' ? time : `${time} ${clock}`);
  if (time !== '') return join(time, clock);
  return join(date, clock);
}

const join = (day: string, clock: string): string =>
  clock === '' || day === '' ? `${day}${clock}` : `${day.replace(midnight, '')} ${clock}`;

/** The day in a text that has a day and perhaps a time. */
export function dayIn(text: string): string {
  const serial = readNumber(text);
  if (serial !== undefined) return String(Math.floor(serial));
  if (readDate(text) !== undefined) return text;
  return splitDate(text)?.day ?? text.split(beforeClock)[0] ?? '';
}
