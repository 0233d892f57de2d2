/** What a number format shows of a number: nothing of time, a day, a time of day, both, or a span of time. */
export type TimeForm = 'none' | 'date' | 'time' | 'dateTime' | 'span';

const daySeconds = 86_400;
const dayMs = daySeconds * 1000;
/** Days from one date system to the other: https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system */
const days1904 = 1_462;
/** 31 December 9999. */
const maxSerial = 2_958_466;
/** The system of 1900 counts a 29 February 1900, which was none, as day 60. */
const noDay = 60;
const day0 = Date.UTC(1899, 11, 30);

/** A serial number of a workbook as one of the system of 1900, which everybody counts in. */
export const toSerial1900 = (serial: number, date1904: boolean): number =>
  date1904 ? serial + days1904 : serial;

/** The other way. */
export const toSerialOf = (serial1900: number, date1904: boolean): number =>
  date1904 ? serial1900 - days1904 : serial1900;

/**
 * Days and their fraction, as texts of ISO 8601, to the second: 0.5833333 of a day is 14:00, not 13:59:59.
 * Undefined for anything that is not a date. The serial number is one of the system of 1900.
 */
export function fromSerial(serial: number): { date: string; time: string } | undefined {
  if (!(serial >= 0) || serial >= maxSerial) return undefined;
  const seconds = Math.round(serial * daySeconds);
  const day = Math.floor(seconds / daySeconds);
  const date = new Date(day0 + (day < noDay ? day + 1 : day) * dayMs);
  return { date: date.toISOString().slice(0, 10), time: timeText(seconds - day * daySeconds) };
}

/** Hours may be more than 23. */
export const toSpan = (serial: number): string => timeText(Math.round(serial * daySeconds));

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
