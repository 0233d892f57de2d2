import { findTimeZone } from '../requests/time/time-zones';
import { windowsZones } from '../requests/time/windows-zones';
import { zoneDisplayNames } from '../requests/time/zone-display-names';
import type { Choice } from './choice';

const placesOf: ReadonlyMap<string, string> = new Map(
  Object.entries(zoneDisplayNames).map(([places, name]) => [name, places]),
);

interface Zone extends Choice {
  readonly offset: number;
}

/** The time zones of Windows, ordered from west to east as in its lists. */
export const timeZoneChoices = (): readonly Choice[] =>
  Object.keys(windowsZones)
    .map(toZone)
    .sort((one, other) => one.offset - other.offset || (one.title < other.title ? -1 : 1))
    .map(({ value, title }) => ({ value, title }));

function toZone(name: string): Zone {
  const zone = findTimeZone(name);
  // Standard time: daylight saving time has the larger offset in both hemispheres.
  const [january = 0, july = 0] = [0, 6].map((month) => zone?.offsetAt(Date.UTC(2026, month)) ?? 0);
  const offset = Math.min(january, july);
  return { value: name, title: `(UTC${toText(offset)}) ${placesOf.get(name) ?? name}`, offset };
}

/** `+01:00`; nothing for UTC itself. */
function toText(offset: number): string {
  if (offset === 0) return '';
  const minutes = Math.abs(offset) / 60_000;
  const parts = [Math.trunc(minutes / 60), minutes % 60];
  return `${offset < 0 ? '-' : '+'}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
