/** The kind of time that a number format shows: none, a day, a time of day, both, or a duration. */
export type TimeForm = 'none' | 'date' | 'time' | 'dateTime' | 'span';

const daySeconds = 86_400;
const dayMs = daySeconds * 1000;
/** Days from one date system to the other: https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system */
const days1904 = 1_462;
/** 31 December 9999. */
const maxSerial = 2_958_466;
/** The 1900 system counts 29 February 1900, which never existed, as day 60. */
const noDay = 60;
const day0 = Date.UTC(1899, 11, 30);

/** Converts a serial number of a workbook to the 1900 system, which Convoke uses everywhere. */
export const toSerial1900 = (serial: number, date1904: boolean): number =>
  date1904 ? serial + days1904 : serial;

/** Converts a serial number of the 1900 system to that of the workbook. */
export const toSerialOf = (serial1900: number, date1904: boolean): number =>
  date1904 ? serial1900 - days1904 : serial1900;

/**
 * Converts a serial number of the 1900 system to ISO 8601, rounded to the second: 0.5833333 of a day is 14:00, not
 * 13:59:59. Undefined if it is not a date.
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
