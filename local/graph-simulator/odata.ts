import { badRequest } from './graph-error';

/** The properties that `$select` names; all of them without it. */
export function selectProperties(entity: object, query: URLSearchParams): object {
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  if (names === undefined) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([name]) => names.includes(name)));
}

/** A property compared with a text: `eq`, or `startswith` if `isBeginning`. */
export interface Comparison {
  readonly property: string;
  readonly value: string;
  readonly isBeginning: boolean;
}

const comparison =
  /^\s*(?:([A-Za-z/]+) +eq +'((?:[^']|'')*)'|startswith\(([A-Za-z/]+), ?'((?:[^']|'')*)'\))\s*(?:or(?=\s)|$)/i;

/** Reads `a eq 'x' or startswith(b,'y')`, the only forms of `$filter` that are simulated. */
export function parseFilter(filter: string): Comparison[] {
  const comparisons: Comparison[] = [];
  let rest = filter;
  do {
    const [matched, equal, whole, beginning, text] = comparison.exec(rest) ?? [];
    const property = equal ?? beginning;
    const value = whole ?? text;
    if (matched === undefined || property === undefined || value === undefined) {
      throw badRequest('Unsupported or invalid query filter clause specified.');
    }
    comparisons.push({
      property,
      value: value.replaceAll("''", "'"),
      isBeginning: beginning !== undefined,
    });
    rest = rest.slice(matched.length);
  } while (rest !== '');
  return comparisons;
}

/** Whether any comparison holds; directory strings are compared without case. */
export function matches(entity: object, comparisons: readonly Comparison[]): boolean {
  const properties = new Map<string, unknown>(Object.entries(entity));
  return comparisons.some(({ property, value, isBeginning }) => {
    const actual = properties.get(property);
    if (typeof actual !== 'string') return false;
    const [given, wanted] = [actual.toLowerCase(), value.toLowerCase()];
    return isBeginning ? given.startsWith(wanted) : given === wanted;
  });
}
