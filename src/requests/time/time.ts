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

/** A UTC time such as `2026-12-01T14:30:00.1234567Z`, or why there is none. */
export type TimeResult = { readonly ok: true; readonly time: string } | TimeFailure;

/** What a request says about its times. */
export interface TimeReading {
  readonly timeZone?: TimeZone | undefined;
  readonly dateOrder?: DateOrder | undefined;
}

/**
 * A time of a request, see `readWrittenTime`. One without an offset is local time in `timeZone`.
 * Of a local time that comes twice, when clocks go back, the first is taken.
 */
export function parseTime(value: unknown, { timeZone, dateOrder }: TimeReading = {}): TimeResult {
  const written = readWrittenTime(value, dateOrder);
  if (!written.ok) return written;
  return written.zone === undefined
    ? toUtc(written, value, timeZone)
    : inNamedZone(written, value, written.zone);
}

/** A zone in brackets; beside an offset both must agree, but for Z, which only says the instant. */
function inNamedZone(written: WrittenTime, value: unknown, name: string): TimeResult {
  const zone = findTimeZone(name);
  if (zone === undefined) return invalidTime(value, 'names a time zone that does not exist.');
  const { epoch, offset } = written;
  if (offset !== undefined && offset !== 0 && zone.offsetAt(epoch - offset) !== offset)
    return invalidTime(value, 'has an offset that its time zone does not use at that time.');
  return toUtc(written, value, zone);
}

/** A time as Graph takes it: ISO 8601, and one without an offset is UTC. */
export function parseGraphTime(value: unknown): TimeResult {
  const written = readIsoTime(value);
  return written.ok ? toUtc({ offset: 0, ...written }, value) : written;
}

/** Negative when `left` is earlier. For two times as `parseTime` gives them, which sort as texts but for the Z. */
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

/** For a time as `parseTime` gives it. */
export function addMinutes(time: string, minutes: number): TimeResult {
  const seconds = Date.parse(`${time.slice(0, 19)}Z`);
  return inRange(seconds + minutes * minuteMs, time.slice(20, -1), `${time} + ${minutes} minutes`);
}

function toUtc(written: WrittenTime, value: unknown, timeZone?: TimeZone): TimeResult {
  const { epoch, fraction, offset } = written;
  if (offset !== undefined) return inRange(epoch - offset, fraction, value);
  if (timeZone === undefined) {
    const message = `${describeValue(value)} is a local time; add an offset to it, or a timeZone to the request.`;
    return { ok: false, code: 'missingTimeZone', message };
  }
  const [instant] = instantsAt(epoch, timeZone);
  return instant === undefined
    ? invalidTime(value, whyNotThere(epoch, timeZone))
    : inRange(instant, fraction, value);
}

/**
 * No offset is larger than a day, so those of a day before and a day after are all that can apply. They are asked for at
 * midnights, so that the times of one day share the answers.
 */
function offsetsAround(epoch: number, timeZone: TimeZone): [number, number] {
  const midnight = Math.floor(epoch / dayMs) * dayMs;
  return [timeZone.offsetAt(midnight - dayMs), timeZone.offsetAt(midnight + 2 * dayMs)];
}

/**
 * The instants at which clocks in the zone show this time: none, one or two. The earlier comes first, since a time comes
 * twice only where the offset before is the larger one.
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
  return `does not exist in ${timeZone.name}, where clocks go forward then; write ${neighbours.join(' or ')}.`;
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

/** As `toISOString` without its milliseconds, in a third of the time; batches have many times. */
function toSeconds(date: Date): string {
  const day = `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
  const clock = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`;
  return `${day}T${clock}`;
}

const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number));
