import {
  dateOnly,
  dayMs,
  example,
  invalidTime,
  type TimeFailure,
  type WrittenTime,
} from './written-time';

/** Day 25569 of Excel's 1900 date system is 1970-01-01. */
const serialOf1970 = 25_569;
/** Serial number of 2200-01-01. Numbers outside 1970–2199 are probably years, counts or seconds. */
const serialOf2200 = 109_575;

const numberText = /^\s*\d+(?:[.,]\d+)?\s*$/;

/** Reads a number, or a text with a number with a decimal point or comma; undefined for anything else. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !numberText.test(value)) return undefined;
  return Number(value.replace(',', '.'));
}

/** The start of the day with this number, in milliseconds since 1970; undefined for anything that is not a day. */
export const dayOfSerial = (serial: number): number | undefined =>
  serial >= serialOf1970 && serial < serialOf2200
    ? (Math.floor(serial) - serialOf1970) * dayMs
    : undefined;

/** The Excel serial number of a local time given in milliseconds since 1970. */
export const toSerial = (epoch: number): number => epoch / dayMs + serialOf1970;

/**
 * Reads a date as Excel stores it: days, and the time of day as a fraction of one, to the second. The result is a local
 * time. Undefined for anything that is not a number.
 */
export function readExcelTime(value: unknown): WrittenTime | TimeFailure | undefined {
  const serial = readNumber(value);
  if (serial === undefined) return undefined;
  if (serial > 0 && serial < 1)
    return invalidTime(value, `is a time of day without a date. Use a format such as ${example}.`);
  if (dayOfSerial(serial) === undefined)
    return invalidTime(
      value,
      `is not an Excel date from 1970 to 2199. Use a format such as ${example}.`,
    );
  if (Number.isInteger(serial)) return dateOnly(value);
  const seconds = Math.round(((serial - serialOf1970) * dayMs) / 1000);
  return { ok: true, epoch: seconds * 1000, fraction: '' };
}
