import { plainName } from '../../../src/requests/plain-name';
import type { Heading, Mapping, Source } from './mapping';

/** Ignores columns of earlier results, so that a downloaded sheet is recognized as the one that was sent. */
const isOwn = ({ name }: Heading): boolean => plainName(name) !== 'requestid';

interface Remembered {
  readonly headings: readonly Heading[];
  readonly mapping: Mapping;
}

const key = 'convoke.columns';
const maxRemembered = 20;

function remembered(): readonly Remembered[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as readonly Remembered[];
  } catch {
    return [];
  }
}

/** Remembers the mapping for the next sheet with these headings. A browser may refuse to store it. */
export function remember(headings: readonly Heading[], mapping: Mapping): void {
  const own = headings.filter(isOwn);
  const others = remembered().filter((each) => !isSame(each.headings, own));
  const kept = [{ headings: own, mapping: withColumns(mapping, headings, own) }, ...others];
  try {
    localStorage.setItem(key, JSON.stringify(kept.slice(0, maxRemembered)));
  } catch {
    // Then the person maps the columns again next time.
  }
}

/** A remembered mapping, and the headings that the remembered sheet did not have. */
interface Recalled {
  readonly mapping: Mapping;
  readonly added: readonly Heading[];
}

/**
 * The mapping of a sheet whose headings are all in this one, in any place: of the sheet with most headings, so that an
 * equal sheet comes first, and of the last one among several.
 */
export function recall(headings: readonly Heading[]): Recalled | undefined {
  const [found] = remembered()
    .filter((each) => each.headings.length > 0 && isWithin(each.headings, headings))
    .toSorted((one, other) => other.headings.length - one.headings.length);
  if (found === undefined) return undefined;
  const known = new Set(found.headings.map((each) => sameIn(headings, each)));
  return {
    mapping: withColumns(found.mapping, found.headings, headings),
    added: headings.filter((each) => !known.has(each)),
  };
}

const isSame = (one: readonly Heading[], other: readonly Heading[]): boolean =>
  one.length === other.length && isWithin(one, other);

const isWithin = (some: readonly Heading[], all: readonly Heading[]): boolean =>
  some.every((each) => sameIn(all, each) !== undefined);

/** The heading with this name; among several, the one in the same place. */
function sameIn(headings: readonly Heading[], { column, name }: Heading): Heading | undefined {
  const named = headings.filter((each) => each.name === name);
  return named.find((each) => each.column === column) ?? named[0];
}

/** The mapping of a sheet for one that has its columns in other places. */
function withColumns(mapping: Mapping, from: readonly Heading[], to: readonly Heading[]): Mapping {
  const moved = (source: Source): Source => {
    if (source.kind !== 'column') return source;
    const heading = from.find(({ column }) => column === source.column);
    const found = heading === undefined ? undefined : sameIn(to, heading);
    return found === undefined ? { kind: 'none' } : { kind: 'column', column: found.column };
  };
  const sources = Object.entries(mapping.sources).map(([target, source]) => [
    target,
    moved(source),
  ]);
  return { ...mapping, sources: Object.fromEntries(sources) as Mapping['sources'] };
}
