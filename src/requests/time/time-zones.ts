import { nearestName } from '../../errors/problems';
import { windowsZones } from './windows-zones';
import { maxOffsetMs, readOffset } from './written-time';
import { zoneDisplayNames } from './zone-display-names';

/** A time zone whose rules are known. */
export interface TimeZone {
  /** The IANA name. */
  readonly name: string;
  /** Offset of local time from UTC at an instant; both in milliseconds. */
  offsetAt(instant: number): number;
}

const lowerCaseKeys = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(names).map(([name, meaning]) => [name.toLowerCase(), meaning]));

const ianaByWindowsName = lowerCaseKeys(windowsZones);
const windowsNameByDisplayName = lowerCaseKeys(zoneDisplayNames);

/**
 * Abbreviations that are accepted. JavaScript engines accept more than IANA has, and read BST as Dhaka and EST as
 * Panama; these have one meaning all year, or the rules of one continent.
 */
const abbreviations = new Set(['utc', 'gmt', 'cet', 'eet', 'met', 'wet']);

const isName = (name: string): boolean =>
  /^[a-z][\w+/-]*$/i.test(name) && (name.length > 3 || abbreviations.has(name.toLowerCase()));

/** Cache, because building a formatter takes far longer than using it. Holds only existing names, so it stays small. */
const known = new Map<string, TimeZone>();

/**
 * Finds a zone by an IANA or Windows name, a name from a list of time zones, or an offset such as UTC+2. Ignores case.
 * Undefined if there is none.
 */
export function findTimeZone(given: string): TimeZone | undefined {
  const key = given.trim().toLowerCase();
  const found = known.get(key);
  if (found !== undefined) return found;
  const zone = zoneOfOffset(key) ?? zoneOfName(key);
  if (zone === undefined) return zoneInList(key);
  known.set(key, zone);
  return zone;
}

function zoneOfName(name: string): TimeZone | undefined {
  const windowsName = windowsNameByDisplayName.get(name)?.toLowerCase() ?? name;
  // Outlook writes Daylight in summer; the zone is the same.
  const iana =
    ianaByWindowsName.get(windowsName) ??
    ianaByWindowsName.get(windowsName.replace(/ (?:daylight|summer) time$/, ' standard time')) ??
    windowsName;
  return isName(iana) ? makeTimeZone(iana) : undefined;
}

const offsetName = /^(?:utc|gmt)?\s?([+-]\d\d?(?::?\d\d)?)$/;

/** UTC+2 and +02:00 have that offset all year. Etc/GMT+2 is an IANA name and means UTC-2. */
function zoneOfOffset(name: string): TimeZone | undefined {
  const offset = readOffset(offsetName.exec(name)?.[1]);
  if (offset === undefined || Math.abs(offset) > maxOffsetMs) return undefined;
  return { name: name.toUpperCase(), offsetAt: () => offset };
}

const listName = /^\((?:utc|gmt)([+-]\d\d:\d\d)?\)\s*(.+)$/;
const outlookName = /^tzone:\/\/microsoft\/(.+)$/;

/** `(UTC+01:00) Amsterdam, Berlin, …` in any language that keeps IANA's places. The offset must be one of the zone's. */
function zoneInList(name: string): TimeZone | undefined {
  const [, microsoftName] = outlookName.exec(name) ?? [];
  if (microsoftName !== undefined) return findTimeZone(microsoftName);
  const [, offset, places] = listName.exec(name) ?? [];
  if (places === undefined) return undefined;
  const zone = findTimeZone(places) ?? zoneOfPlace(places);
  return zone !== undefined && hasOffset(zone, readOffset(offset) ?? 0) ? zone : undefined;
}

let ianaNames: readonly string[] | undefined;

/** Skips places that are not the last part of an IANA name; each list entry has one that is. */
function zoneOfPlace(places: string): TimeZone | undefined {
  for (const place of places.split(/\s*,\s*/)) {
    const ending = `/${place.replaceAll(/\s+/g, '_')}`;
    ianaNames ??= Intl.supportedValuesOf('timeZone').map((zone) => zone.toLowerCase());
    const iana = ianaNames.find((zone) => zone.endsWith(ending));
    if (iana !== undefined) return findTimeZone(iana);
  }
  return undefined;
}

const hasOffset = (zone: TimeZone, offset: number): boolean =>
  [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].some((instant) => zone.offsetAt(instant) === offset);

/** The name that an unknown name is probably a typo of; assumes that the first letter is right. */
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
    return { name, offsetAt: remembering((instant) => readLongOffset(format.format(instant))) };
  } catch {
    return undefined;
  }
}

/** Maximum number of cached offsets for each zone: the days of a few years. */
const maxRemembered = 2_000;

/** Caches offsets: formatting takes a hundred times as long, and the rows of a batch need the same few days. */
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
function readLongOffset(text: string): number {
  const [, sign, hours, minutes, seconds] = offsetPattern.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -size : size) * 1000;
}
