import { describeValue, type ProblemCode } from '../../errors/problems';

/** A date and a time of day as somebody wrote them. */
export interface WrittenTime {
  readonly ok: true;
  /** The time read as UTC, in milliseconds since 1970, without the fraction of the second. */
  readonly epoch: number;
  /** Digits after the seconds, at most seven: .NET's resolution, which JavaScript's dates do not have. */
  readonly fraction: string;
  /** Milliseconds ahead of UTC; absent for a local time. */
  readonly offset?: number;
  /** Zone in brackets after the time: https://www.rfc-editor.org/rfc/rfc9557 */
  readonly zone?: string;
}

/** The problem of a value that is not a valid time. */
export interface TimeFailure {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly message: string;
}

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
/** The largest offset from UTC in use, in milliseconds: +14:00. */
export const maxOffsetMs = 14 * 60 * minuteMs;
const maxFractionDigits = 7;

/** A time for messages. */
export const example = '2030-12-01T14:30:00';

/** Returns the problem `invalidTime`. `why` completes the sentence that begins with the value. */
export const invalidTime = (value: unknown, why: string): TimeFailure => ({
  ok: false,
  code: 'invalidTime',
  message: `${describeValue(value)} ${why}`,
});

/** Returns the problem of a date without a time of day. */
export const dateOnly = (value: unknown): TimeFailure =>
  invalidTime(value, `is a date without a time of day. Use a format such as ${example}.`);

const noSuchTime = (value: unknown): TimeFailure =>
  invalidTime(value, 'is not a date and time that exists.');

/** The parts of a time; `day` in milliseconds since 1970, undefined if there is no such day. */
interface TimeParts {
  readonly day: number | undefined;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly fraction: string;
  /** `Z`, `+01:00`, `+0100` or `+01`; absent for a local time. */
  readonly offset?: string | undefined;
  readonly zone?: string | undefined;
}

/** Combines the parts. 24:00 is the end of its day: https://www.iso.org/iso-8601-date-and-time-format.html */
export function toWrittenTime(value: unknown, parts: TimeParts): WrittenTime | TimeFailure {
  const { day, hours, minutes, seconds, fraction, zone } = parts;
  const isEndOfDay = hours === 24 && minutes === 0 && seconds === 0 && !/[1-9]/.test(fraction);
  const exists = (hours < 24 || isEndOfDay) && minutes < 60 && seconds < 60;
  if (day === undefined || !exists) return noSuchTime(value);
  const offset = readOffset(parts.offset);
  if (offset !== undefined && Math.abs(offset) > maxOffsetMs)
    return invalidTime(value, 'has an offset that does not exist. The largest is 14:00.');
  return {
    ok: true,
    epoch: day + ((hours * 60 + minutes) * 60 + seconds) * 1000,
    fraction: fraction.slice(0, maxFractionDigits),
    ...(offset !== undefined && { offset }),
    ...(zone !== undefined && { zone }),
  };
}

/** `Z`, `+01:00`, `+0100` or `+01` in milliseconds; infinite for minutes over 59. */
export function readOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d?):?(\d\d)?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  if (Number(minutes) > 59) return Infinity;
  const size = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  return sign === '-' ? -size : size;
}

/** The start of a day in milliseconds since 1970; undefined for days that do not exist, such as February 30. */
export function dayOf(year: string, month: string, day: string): number | undefined {
  const epoch = Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`);
  return new Date(epoch).getUTCDate() === Number(day) ? epoch : undefined;
}

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * Reads a time in the format of Graph's clients: ISO 8601, also with a space for the T, and also without seconds. Drops
 * fractional digits after the seventh: Go's clients send nine.
 */
export function readIsoTime(value: unknown): WrittenTime | TimeFailure {
  if (typeof value !== 'string') {
    const message = `Expected a time such as "${example}Z", got ${describeValue(value)}.`;
    return { ok: false, code: 'wrongType', message };
  }
  const match = isoPattern.exec(value.trim());
  if (match === null)
    return invalidTime(
      value,
      `is not an ISO 8601 date and time such as ${example} or ${example}+01:00.`,
    );
  const [, year = '', month = '', day = '', hours, minutes, seconds, fraction, offset] = match;
  if (hours === undefined) return dateOnly(value);
  // Graph does not accept 24:00.
  if (hours === '24') return invalidTime(value, 'is not a date and time that exists.');
  return toWrittenTime(value, {
    day: dayOf(year, month, day),
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds ?? 0),
    fraction: fraction ?? '',
    offset,
  });
}
