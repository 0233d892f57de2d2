import { describeValue } from '../../errors/problems';
import { readWrittenTime } from './read-written-time';
import { findTimeZone, type TimeZone } from './time-zones';
import type { DateOrder } from './written-date';
import {
  dayMs,
  invalidTime,
  minuteMs,
  readIsoTime,
  type TimeFailure,
  type WrittenTime,
} from './written-time';

/** A UTC time such as `2026-12-01T14:30:00.1234567Z`, or the problem. */
export type TimeResult = { readonly ok: true; readonly time: string } | TimeFailure;

/** The properties of a request that apply to its times. */
interface TimeReading {
  readonly timeZone?: TimeZone | undefined;
  readonly dateOrder?: DateOrder | undefined;
}

/**
 * A time of a request, see `readWrittenTime`. One without an offset is local time in `timeZone`. If a local time occurs
 * twice, when clocks go back, it is the first.
 */
export function parseTime(value: unknown, { timeZone, dateOrder }: TimeReading = {}): TimeResult {
  const written = readWrittenTime(value, dateOrder);
  if (!written.ok) return written;
  return written.zone === undefined
    ? toUtc(written, value, timeZone)
    : inNamedZone(written, value, written.zone);
}

/** Reads a time with a zone in brackets. An offset beside it must agree with the zone, except Z, which only gives the instant. */
function inNamedZone(written: WrittenTime, value: unknown, name: string): TimeResult {
  const zone = findTimeZone(name);
  if (zone === undefined) return invalidTime(value, 'contains an unknown time zone.');
  const { epoch, offset } = written;
  if (offset !== undefined && offset !== 0 && zone.offsetAt(epoch - offset) !== offset)
    return invalidTime(value, 'has an offset that its time zone does not use at that time.');
  return toUtc(written, value, zone);
}

/** Parses a time in Graph's format: ISO 8601; without an offset it is UTC. */
export function parseGraphTime(value: unknown): TimeResult {
  const written = readIsoTime(value);
  return written.ok ? toUtc({ offset: 0, ...written }, value) : written;
}

/** Negative if `left` is earlier. For times that `parseTime` returns, which sort as texts except for the Z. */
export function compareTimes(left: string, right: string): number {
  const [first, second] = [left.slice(0, -1), right.slice(0, -1)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** Whether two ISO 8601 times are the same instant, to seven digits. */
export function isSameTime(left: string, right: string): boolean {
  const [first, second] = [parseGraphTime(left), parseGraphTime(right)];
  return first.ok && second.ok && first.time === second.time;
}

/** Adds minutes to a time that `parseTime` returned. */
export function addMinutes(time: string, minutes: number): TimeResult {
  const seconds = Date.parse(`${time.slice(0, 19)}Z`);
  return inRange(seconds + minutes * minuteMs, time.slice(20, -1), `${time} + ${minutes} minutes`);
}

function toUtc(written: WrittenTime, value: unknown, timeZone?: TimeZone): TimeResult {
  const { epoch, fraction, offset } = written;
  if (offset !== undefined) return inRange(epoch - offset, fraction, value);
  if (timeZone === undefined) {
    const message = `${describeValue(value)} is a local time. Add an offset to it, or add a timeZone to the request.`;
    return { ok: false, code: 'missingTimeZone', message };
  }
  const [instant] = instantsAt(epoch, timeZone);
  return instant === undefined
    ? invalidTime(value, whyNotThere(epoch, timeZone))
    : inRange(instant, fraction, value);
}

/**
 * The offsets a day before and a day after. No others can apply, because offsets are smaller than a day. Taken at
 * midnight, so that all times of a day share cache entries.
 */
function offsetsAround(epoch: number, timeZone: TimeZone): [number, number] {
  const midnight = Math.floor(epoch / dayMs) * dayMs;
  return [timeZone.offsetAt(midnight - dayMs), timeZone.offsetAt(midnight + 2 * dayMs)];
}

/**
 * The instants at which clocks in the zone show this time: none, one or two. The earlier comes first, because a time
 * occurs twice only if the earlier offset is larger.
 */
function instantsAt(epoch: number, timeZone: TimeZone): number[] {
  const [before, after] = offsetsAround(epoch, timeZone);
  if (before === after) return [epoch - before];
  return [epoch - before, epoch - after].filter(
    (instant) => instant + timeZone.offsetAt(instant) === epoch,
  );
}

function whyNotThere(epoch: number, timeZone: TimeZone): string {
  const [before, after] = offsetsAround(epoch, timeZone);
  const skipped = after - before;
  const neighbours = [epoch - skipped, epoch + skipped].map((time) =>
    toText(time, '').slice(0, -1),
  );
  return `does not exist in ${timeZone.name}, where clocks go forward then. Use ${neighbours.join(' or ')}.`;
}

function inRange(instant: number, fraction: string, value: unknown): TimeResult {
  const year = new Date(instant).getUTCFullYear();
  return year >= 1900 && year <= 9999
    ? { ok: true, time: toText(instant, fraction) }
    : invalidTime(value, 'is outside the years 1900 to 9999 in UTC.');
}

function toText(instant: number, fraction: string): string {
  const seconds = toSeconds(new Date(instant));
  const digits = fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction;
  return digits === '' ? `${seconds}Z` : `${seconds}.${digits}Z`;
}

/** Like `toISOString` without milliseconds, in a third of the time: batches have many times. */
function toSeconds(date: Date): string {
  const day = `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
  const clock = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`;
  return `${day}T${clock}`;
}

const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number));
