import type { Columns } from './table';

/** A filter that was read: https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities */
interface Filter {
  readonly holds: (row: Columns) => boolean;
  /** All rows for which it holds are in this partition. */
  readonly partitionKey?: string | undefined;
}

type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
type Comparable = string | number | boolean;

const tokens = /\s*(\(|\)|(?:datetime)?'(?:[^']|'')*'|[^\s()]+)/gy;

/** @throws Error for what no filter of the app has. */
export function parseFilter(text: string): Filter {
  const left = Array.from(text.matchAll(tokens), ([, token = '']) => token);

  const parseAny = (): Filter => parseChain('or', either, parseAll);
  const parseAll = (): Filter => parseChain('and', both, parseOne);

  /** Parts with the same word between them. */
  function parseChain(word: string, join: typeof both, parsePart: () => Filter): Filter {
    let filter = parsePart();
    while (left[0] === word) {
      left.shift();
      filter = join(filter, parsePart());
    }
    return filter;
  }

  function parseOne(): Filter {
    const column = left.shift() ?? '';
    if (column !== '(') return compare(column, left.shift() ?? '', parseValue(left.shift() ?? ''));
    const inner = parseAny();
    if (left.shift() !== ')') throw new Error(`A bracket is not closed: ${text}`);
    return inner;
  }

  const filter = parseAny();
  if (left.length > 0) throw new Error(`Not understood: ${left.join(' ')}`);
  return filter;
}

const both = (one: Filter, other: Filter): Filter => ({
  holds: (row) => one.holds(row) && other.holds(row),
  partitionKey: one.partitionKey ?? other.partitionKey,
});

const either = (one: Filter, other: Filter): Filter => ({
  holds: (row) => one.holds(row) || other.holds(row),
  ...(one.partitionKey === other.partitionKey && { partitionKey: one.partitionKey }),
});

/** A time is compared as a text in ISO 8601, as rows have it. */
function parseValue(token: string): Comparable {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token.startsWith('datetime')) return new Date(token.slice(9, -1)).toISOString();
  if (token === 'true' || token === 'false') return token === 'true';
  const number = Number(token);
  if (Number.isNaN(number)) throw new Error(`Not understood: ${token}`);
  return number;
}

const comparisons: Readonly<Record<Operator, (one: Comparable, other: Comparable) => boolean>> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  gt: (one, other) => one > other,
  ge: (one, other) => one >= other,
  lt: (one, other) => one < other,
  le: (one, other) => one <= other,
};

/** It does not hold for a row without the column. */
function compare(column: string, operator: string, value: Comparable): Filter {
  if (!(operator in comparisons)) throw new Error(`Not understood: ${operator}`);
  const matches = comparisons[operator as Operator];
  const holds = (row: Columns): boolean =>
    typeof row[column] === typeof value && matches(row[column] as Comparable, value);
  const isPartition = column === 'PartitionKey' && operator === 'eq' && typeof value === 'string';
  return { holds, ...(isPartition && { partitionKey: value }) };
}
