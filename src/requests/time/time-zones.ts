import { nearestName } from '../../errors/problems';
import { windowsZones } from './windows-zones';

/** A time zone whose rules are known. */
export interface TimeZone {
  /** The IANA name. */
  readonly name: string;
  /** How far local time is ahead of UTC at an instant; both in milliseconds. */
  offsetAt(instant: number): number;
}

const ianaByWindowsName = new Map(
  Object.entries(windowsZones).map(([windows, iana]) => [windows.toLowerCase(), iana]),
);

/**
 * JavaScript engines take more abbreviations than IANA has, and read BST as Dhaka and EST as Panama: only those with one
 * meaning all year round, or with the rules of one continent, are names here.
 */
const abbreviations = new Set(['utc', 'gmt', 'cet', 'eet', 'met', 'wet']);

const isName = (name: string): boolean =>
  /^[a-z][\w+/-]*$/i.test(name) && (name.length > 3 || abbreviations.has(name.toLowerCase()));

/** Building a formatter takes far longer than using it. Only names that exist are kept, so the map stays small. */
const known = new Map<string, TimeZone>();

/** The zone with an IANA or Windows name, in any case; undefined when there is none. */
export function findTimeZone(given: string): TimeZone | undefined {
  const key = given.trim().toLowerCase();
  const found = known.get(key);
  if (found !== undefined) return found;
  const iana = ianaByWindowsName.get(key) ?? key;
  const zone = isName(iana) ? makeTimeZone(iana) : undefined;
  if (zone !== undefined) known.set(key, zone);
  return zone;
}

/** The name that was probably meant by one that does not exist; the first letter is taken to be right. */
export function nearestTimeZone(given: string): string | undefined {
  const start = given.slice(0, 1).toLowerCase();
  const names = [...Intl.supportedValuesOf('timeZone'), ...Object.keys(windowsZones)];
  return nearestName(
    given,
    names.filter((name) => name.toLowerCase().startsWith(start)),
  );
}

function makeTimeZone(iana: string): TimeZone | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'longOffset' });
    const name = format.resolvedOptions().timeZone;
    if (name === 'UTC') return { name, offsetAt: () => 0 };
    return { name, offsetAt: remembering((instant) => readOffset(format.format(instant))) };
  } catch {
    return undefined;
  }
}

/** Answers that are kept for each zone; the days of a few years. */
const maxRemembered = 2_000;

/** Formatting takes a hundred times as long as looking up, and the rows of a batch ask for the same few days. */
function remembering(offsetAt: (instant: number) => number): (instant: number) => number {
  const offsets = new Map<number, number>();
  return (instant) => {
    const found = offsets.get(instant);
    if (found !== undefined) return found;
    if (offsets.size >= maxRemembered) offsets.clear();
    const offset = offsetAt(instant);
    offsets.set(instant, offset);
    return offset;
  };
}

const offsetPattern = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Reads the end of `12/1/2026, GMT-03:30`; before standard time, offsets had seconds too. */
function readOffset(text: string): number {
  const [, sign, hours, minutes, seconds] = offsetPattern.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -size : size) * 1000;
}
