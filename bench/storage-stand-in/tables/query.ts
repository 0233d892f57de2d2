import type { Answer, Call } from '../protocol';
import { parseFilter } from './filter';
import type { Key, Row, Table } from './table';

/** https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination */
const maxPageSize = 1_000;

/** A page of rows, in the order of their keys: https://learn.microsoft.com/rest/api/storageservices/query-entities */
export function query({ query: options }: Call, table: Table): Answer {
  const { holds, partitionKey } = parseFilter(options.get('$filter') ?? "PartitionKey ge ''");
  const from = {
    partitionKey: fromToken(options.get('NextPartitionKey')),
    rowKey: fromToken(options.get('NextRowKey')),
  };
  const found = [...table.rows(partitionKey)]
    .filter((row) => holds(row) && compareKeys(keyOf(row), from) >= 0)
    .sort((one, other) => compareKeys(keyOf(one), keyOf(other)));
  const size = Number(options.get('$top') ?? maxPageSize);
  const next = found[size];
  return {
    status: 200,
    headers: { ...json, ...(next !== undefined && continuationOf(next)) },
    body: JSON.stringify({ value: found.slice(0, size).map(selector(options.get('$select'))) }),
  };
}

/** Headers of an answer with rows. */
export const json = { 'content-type': 'application/json;odata=minimalmetadata' };

/** Answers with one row, or with those of its columns that `$select` names. */
export const rowAnswer = ({ query: options }: Call, row: Row): Answer => ({
  status: 200,
  headers: { ...json, etag: row['odata.etag'] },
  body: JSON.stringify(selector(options.get('$select'))(row)),
});

/** The ETag comes always. */
function selector(selected: string | null): (row: Row) => object {
  if (selected === null) return (row) => row;
  const columns = new Set(['odata.etag', ...selected.split(',')]);
  return (row) =>
    Object.fromEntries(
      Object.entries(row).filter(([name]) => columns.has(name.replace('@odata.type', ''))),
    );
}

const keyOf = ({ PartitionKey: partitionKey, RowKey: rowKey }: Row): Key => ({
  partitionKey,
  rowKey,
});

function compareKeys(one: Key, other: Key): number {
  return (
    compareTexts(one.partitionKey, other.partitionKey) || compareTexts(one.rowKey, other.rowKey)
  );
}

const compareTexts = (one: string, other: string): number =>
  Number(one > other) - Number(one < other);

const continuationOf = ({ PartitionKey, RowKey }: Row): Readonly<Record<string, string>> => ({
  'x-ms-continuation-nextpartitionkey': toToken(PartitionKey),
  'x-ms-continuation-nextrowkey': toToken(RowKey),
});

/** Keys have characters that headers have not. */
const toToken = (key: string): string => Buffer.from(key).toString('base64url');
const fromToken = (token: string | null): string =>
  Buffer.from(token ?? '', 'base64url').toString();
