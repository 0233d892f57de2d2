import { nearestName } from '../../errors/problems';
import { windowsZones } from './windows-zones';
import { maxOffsetMs, readOffset } from './written-time';
import { zoneDisplayNames } from './zone-display-names';

/** A time zone whose rules are known. */
export interface TimeZone {
  /** The IANA name. */
  readonly name: string;
  /** How far local time is ahead of UTC at an instant; both in milliseconds. */
  offsetAt(instant: number): number;
}

const lowerCaseKeys = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(names).map(([name, meaning]) => [name.toLowerCase(), meaning]));

const ianaByWindowsName = lowerCaseKeys(windowsZones);
const windowsNameByDisplayName = lowerCaseKeys(zoneDisplayNames);

/**
 * JavaScript engines take more abbreviations than IANA has, and read BST as Dhaka and EST as Panama: only those with one
 * meaning all year round, or with the rules of one continent, are names here.
 */
const abbreviations = new Set(['utc', 'gmt', 'cet', 'eet', 'met', 'wet']);

const isName = (name: string): boolean =>
  /^[a-z][\w+/-]*$/i.test(name) && (name.length > 3 || abbreviations.has(name.toLowerCase()));

/** Building a formatter takes far longer than using it. Only names that exist are kept, so the map stays small. */
const known = new Map<string, TimeZone>();

/**
 * The zone with an IANA or Windows name, a name as lists of time zones show it, or an offset such as UTC+2, in any case;
 * undefined when there is none.
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
  // Outlook says Daylight in summer; the zone is the same.
  const iana =
    ianaByWindowsName.get(windowsName) ??
    ianaByWindowsName.get(windowsName.replace(/ (?:daylight|summer) time$/, ' standard time')) ??
    windowsName;
  return isName(iana) ? makeTimeZone(iana) : undefined;
}

const offsetName = /^(?:utc|gmt)?\s?([+-]\d\d?(?::?\d\d)?)$/;

/** UTC+2 and +02:00 are that offset all year. Etc/GMT+2, which means UTC-2, is a name of IANA's. */
function zoneOfOffset(name: string): TimeZone | undefined {
  const offset = readOffset(offsetName.exec(name)?.[1]);
  if (offset === undefined || Math.abs(offset) > maxOffsetMs) return undefined;
  return { name: name.toUpperCase(), offsetAt: () => offset };
}

const listName = /^\((?:utc|gmt)([+-]\d\d:\d\d)?\)\s*(.+)$/;
const outlookName = /^tzone:\/\/microsoft\/(.+)$/;

/** `(UTC+01:00) Amsterdam, Berlin, …` in any language, since its places are IANA's; the offset must be one of the zone's. */
function zoneInList(name: string): TimeZone | undefined {
  const [, microsoftName] = outlookName.exec(name) ?? [];
  if (microsoftName !== undefined) return findTimeZone(microsoftName);
  const [, offset, places] = listName.exec(name) ?? [];
  if (places === undefined) return undefined;
  const zone = findTimeZone(places) ?? zoneOfPlace(places);
  return zone !== undefined && hasOffset(zone, readOffset(offset) ?? 0) ? zone : undefined;
}

let ianaNames: readonly string[] | undefined;

/** Places that are not the last part of an IANA name are passed over: each list has one that is. */
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
    return { name, offsetAt: remembering((instant) => readLongOffset(format.format(instant))) };
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
function readLongOffset(text: string): number {
  const [, sign, hours, minutes, seconds] = offsetPattern.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -size : size) * 1000;
}
