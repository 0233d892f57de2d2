import { describeValue } from '../../errors/problems';
import {
  dateOnly,
  dayOf,
  example,
  invalidTime,
  toWrittenTime,
  type TimeFailure,
  type WrittenTime,
} from './written-time';

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * Reads a time in the form that Graph's clients send: ISO 8601, with a space for the T and without seconds too.
 * Digits of a second after the seventh are dropped: Go's clients send nine.
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
  // Graph takes no 24:00.
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
