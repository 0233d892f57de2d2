import { describeValue, type ProblemCode } from '../../errors/problems';

/** A date and a time of day as somebody wrote them. */
export interface WrittenTime {
  readonly ok: true;
  /** What it would be in UTC, in milliseconds since 1970, in whole seconds. */
  readonly epoch: number;
  /** Digits after the seconds, at most seven: .NET's resolution, which JavaScript's dates do not have. */
  readonly fraction: string;
  /** Milliseconds ahead of UTC; absent for a local time. */
  readonly offset?: number;
}

export interface TimeFailure {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly message: string;
}

export const invalidTime = (value: unknown, why: string): TimeFailure => ({
  ok: false,
  code: 'invalidTime',
  message: `${describeValue(value)} ${why}`,
});

const minuteMs = 60_000;
const dayMs = 86_400_000;
const largestOffsetMs = 14 * 60 * minuteMs;

const isoPattern =
  /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(z|([+-])(\d\d):?(\d\d))?)?$/i;

/** Reads ISO 8601, with a space for the T and without seconds too. */
export function readIsoTime(value: unknown): WrittenTime | TimeFailure {
  if (typeof value !== 'string') {
    const message = `${describeValue(value)} is not a time; write a text such as 2026-12-01T14:30:00Z.`;
    return { ok: false, code: 'wrongType', message };
  }
  const match = isoPattern.exec(value.trim());
  if (match === null) return invalidTime(value, whyNotIso(value.trim()));
  const [, date = '', clock, seconds = '00', fraction = ''] = match;
  if (clock === undefined) {
    return invalidTime(value, 'is a date without a time of day; write 2026-12-01T14:30:00.');
  }
  if (fraction.length > 7) return invalidTime(value, 'has more than seven digits of a second.');
  const epoch = Date.parse(`${date}T${clock}:${seconds}Z`);
  // Date.parse alone takes 24:00, and lets February 30 run into March.
  if (new Date(epoch).getUTCDate() !== Number(date.slice(-2)) || clock.startsWith('24')) {
    return invalidTime(value, 'is not a date and time that exists.');
  }
  const offset = readOffset(match);
  if (offset === undefined) return { ok: true, epoch, fraction };
  return Math.abs(offset) <= largestOffsetMs
    ? { ok: true, epoch, fraction, offset }
    : invalidTime(value, 'has an offset that does not exist; the largest is 14:00.');
}

function readOffset([, , , , , zone, sign, hours, minutes]: RegExpExecArray): number | undefined {
  if (zone === undefined) return undefined;
  if (sign === undefined) return 0;
  if (Number(minutes) > 59) return Infinity;
  const size = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  return sign === '-' ? -size : size;
}

function whyNotIso(text: string): string {
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(text)) {
    return 'can be read in more than one way: day or month first? Write 2026-12-01T14:30:00.';
  }
  return 'is not an ISO 8601 date and time such as 2026-12-01T14:30:00 or 2026-12-01T14:30:00+01:00.';
}

/** Day 25569 of Excel's 1900 date system is 1970-01-01. */
const serialOf1970 = 25_569;
/** Numbers outside 1970–2199 are years, counts or seconds by mistake. */
const serialOf2200 = 109_575;

/**
 * Reads a date as Excel stores it: days, and the time of day as a fraction of one, to the second. It has no zone.
 * Undefined for anything that is no number.
 */
export function readExcelTime(value: unknown): WrittenTime | TimeFailure | undefined {
  const isText = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value);
  if (typeof value !== 'number' && !isText) return undefined;
  const serial = Number(value);
  if (!(serial >= serialOf1970 && serial < serialOf2200)) {
    return invalidTime(value, 'is no Excel date from 1970 to 2199; write 2026-12-01T14:30:00.');
  }
  const seconds = Math.round(((serial - serialOf1970) * dayMs) / 1000);
  return { ok: true, epoch: seconds * 1000, fraction: '' };
}
