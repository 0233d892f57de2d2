import type { Problem } from './meeting-error';

/** The closed list of problems of a request. The codes are part of the public contract. */
export const problemCodes = [
  'missing',
  'wrongType',
  'unknownProperty',
  'readOnlyProperty',
  'unsupportedProperty',
  'unknownValue',
  'outOfRange',
  'tooLong',
  'tooMany',
  'tooDeep',
  'invalidJson',
  'invalidCharacters',
  'invalidIdentity',
  'invalidLanguage',
  'excelError',
  'invalidTime',
  'missingTimeZone',
  'unknownTimeZone',
  'endBeforeStart',
  'endWithoutStart',
  'inThePast',
  'conflicting',
] as const;

/** A code of `problemCodes`. */
export type ProblemCode = (typeof problemCodes)[number];

/** The target of a problem of the whole request, as in JSONPath. */
export const wholeRequest = '$';

/** Maximum number of problems listed: enough to correct a request, and they fit into a result message. */
const problemLimit = 50;

/** Collects the problems of one request. */
export class Problems {
  readonly #listed: Problem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Whether the list is full; further problems are only counted. */
  get isFull(): boolean {
    return this.#count >= problemLimit;
  }

  /** Returns undefined, which readers return for a value that they refuse. */
  add(code: ProblemCode, target: string, message: string): undefined {
    this.#count += 1;
    if (this.#count <= problemLimit) this.#listed.push({ code, target, message });
    return undefined;
  }

  list(): Problem[] {
    const more = this.#count - this.#listed.length;
    if (more === 0) return [...this.#listed];
    const message =
      more === 1
        ? 'There is 1 more problem, which is not listed.'
        : `There are ${more} more problems, which are not listed.`;
    return [...this.#listed, { code: 'tooMany', target: wholeRequest, message }];
  }
}

const maxEchoLength = 60;

/** A caller's name or value made safe for a message: one short line without control characters. */
export function shorten(text: string): string {
  const head = text.length > maxEchoLength ? `${text.slice(0, maxEchoLength - 1)}…` : text;
  return head.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

/** A short description of a value, for messages. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value === null ? 'null' : 'an object';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

const plainName = /^[\w@.$-]+$/;

/** The JSON path of a property, even if its name is not a plain word. */
export const propertyPath = (parent: string, name: string): string => {
  const shown = shorten(name);
  if (!plainName.test(shown))
    return `${parent === '' ? wholeRequest : parent}[${JSON.stringify(shown)}]`;
  return parent === '' ? shown : `${parent}.${shown}`;
};

/** Longer names are not compared, because they are not typos. */
const maxTypoLength = 40;
const maxTypos = 2;

/** The known name that `given` is probably a typo of, if any. */
export function nearestName(given: string, known: Iterable<string>): string | undefined {
  if (given.length > maxTypoLength) return undefined;
  const lowerCase = given.toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.min(maxTypos, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - given.length) >= fewest) continue;
    const slips = editDistance(lowerCase, name.toLowerCase());
    if (slips < fewest) [nearest, fewest] = [name, slips];
  }
  return nearest;
}

/** Suggests the name that was probably meant, as another sentence; empty if none is known. */
export const didYouMean = (meant: string | undefined): string =>
  meant === undefined ? '' : ` Did you mean ${meant}?`;

/** Levenshtein distance: the fewest letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const shorter = Math.min(current[column - 1] ?? 0, previous[column] ?? 0) + 1;
      current.push(Math.min(replaced, shorter));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
