import {
  describeValue,
  didYouMean,
  nearestName,
  propertyPath,
  shorten,
  wholeRequest,
} from '../../errors/problems';
import { excelErrorMessage, isExcelError } from './excel-error';
import { asksForNothing, isAbsent, isRecord, type Reader, type Reading } from './scalar';
import { refusedProperties } from './refused-properties';

const separators = /[;,\r\n]/;

/** The entries of a list or of a text with semicolons, commas or line breaks, each with its path. */
export function entriesOf(value: unknown, target: string): [unknown, string][] | undefined {
  const entries: unknown = typeof value === 'string' ? value.split(separators) : value;
  if (!Array.isArray(entries)) return undefined;
  return entries
    .map((entry: unknown, index): [unknown, string] => [entry, `${target}[${index}]`])
    .filter(([entry]) => !isAbsent(entry));
}

/** The value of a list without entries: absent, unless an empty list clears the property. */
export const emptyList = (value: unknown, { keepsEmptyLists }: Reading): never[] | undefined =>
  keepsEmptyLists === true && Array.isArray(value) && value.length === 0 ? [] : undefined;

/** A reader of a list, given as a list or as text, whose entries `readEntry` reads. */
export function listReader(readEntry: Reader): Reader<unknown[]> {
  return (value, target, reading) => {
    if (isAbsent(value)) return undefined;
    const entries = entriesOf(value, target);
    if (entries === undefined) {
      return reading.problems.add(
        'wrongType',
        target,
        `Expected a list, got ${describeValue(value)}.`,
      );
    }
    const read = entries.map(([entry, at]) => readEntry(entry, at, reading));
    const list = [...new Set(read.filter((entry) => entry !== undefined))];
    return list.length === 0 ? emptyList(value, reading) : list;
  };
}

/** Graph's client libraries add annotations such as `@odata.type`; they are ignored. */
const isAnnotation = (name: string): boolean => name.includes('@odata.');

/** A reader of an object with exactly these properties. `path` is its path inside a meeting. */
export function objectReader(
  readers: Readonly<Record<string, Reader>>,
  path: string,
  hints: ReadonlyMap<string, string> = new Map(),
): Reader<Record<string, unknown>> {
  const known = new Map(Object.entries(readers));
  return (value, target, reading) => {
    if (isAbsent(value)) return undefined;
    if (!isRecord(value)) {
      const message = `Expected an object, got ${describeValue(value)}.`;
      return reading.problems.add('wrongType', target === '' ? wholeRequest : target, message);
    }
    let object: Record<string, unknown> | undefined;
    for (const [name, given] of Object.entries(value)) {
      const reader = known.get(name);
      if (reader === undefined) {
        if (!isAnnotation(name))
          refuse(name, given, { target, reading, path, known: known.keys(), hints });
        continue;
      }
      const at = knownPath(target, name);
      if (isExcelError(given) && !reading.forGraph) {
        reading.problems.add('excelError', at, excelErrorMessage(given));
        continue;
      }
      const result = reader(given, at, reading);
      if (result !== undefined) (object ??= {})[name] = result;
    }
    return object;
  };
}

/** The path of a known property; its name needs no escaping. */
const knownPath = (parent: string, name: string): string =>
  parent === '' ? name : `${parent}.${name}`;

interface Surroundings {
  readonly target: string;
  readonly reading: Reading;
  readonly path: string;
  readonly known: Iterable<string>;
  readonly hints: ReadonlyMap<string, string>;
}

function refuse(name: string, value: unknown, surroundings: Surroundings): undefined {
  const { target, reading, path } = surroundings;
  const at = propertyPath(target, name);
  const refusal = refusedProperties.get(path === '' ? name : `${path}.${name}`);
  if (refusal !== undefined) {
    const harmless = asksForNothing(value) || (refusal.ignoredByGraph === true && reading.forGraph);
    return harmless
      ? undefined
      : reading.problems.add(refusal.code, at, `"${name}" ${refusal.message}`);
  }
  return reading.problems.add('unknownProperty', at, unknownProperty(name, surroundings));
}

function unknownProperty(name: string, { reading, known, hints }: Surroundings): string {
  const meant = reading.problems.isFull ? undefined : (hints.get(name) ?? nearestName(name, known));
  return `The property "${shorten(name)}" does not exist here.${didYouMean(meant)}`;
}
