import { badRequest } from './graph-error';

/** Keeps the properties that `$select` names; without one, all of them. */
export function selectProperties(entity: object, query: URLSearchParams): object {
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  if (names === undefined) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([name]) => names.includes(name)));
}

export type Comparison = { readonly property: string; readonly value: string };

const comparison = /^\s*([A-Za-z/]+) +eq +'((?:[^']|'')*)'\s*(?:or(?=\s)|$)/i;

/** Reads `a eq 'x' or b eq 'y'`, the only form of `$filter` that is simulated. */
export function parseFilter(filter: string): Comparison[] {
  const comparisons: Comparison[] = [];
  let rest = filter;
  do {
    const [matched, property, value] = comparison.exec(rest) ?? [];
    if (matched === undefined || property === undefined || value === undefined) {
      throw badRequest('Unsupported or invalid query filter clause specified.');
    }
    comparisons.push({ property, value: value.replaceAll("''", "'") });
    rest = rest.slice(matched.length);
  } while (rest !== '');
  return comparisons;
}

/** Whether any comparison holds; directory strings are compared without case. */
export function matches(entity: object, comparisons: readonly Comparison[]): boolean {
  const properties = new Map<string, unknown>(Object.entries(entity));
  return comparisons.some(({ property, value }) => {
    const actual = properties.get(property);
    return typeof actual === 'string' && actual.toLowerCase() === value.toLowerCase();
  });
}
