import type { HttpCall } from './http-client';
import { bodyOf, type Item } from '../plan/changes';

type Row = Readonly<Record<string, unknown>>;

/** A list with the action of each row. */
export const toList = (items: readonly Item[]): HttpCall => ({
  path: 'api/batches',
  body: { requests: items.map(bodyOf) },
});

/** A list of rows with the same action, given in the address. */
export const toListOfAction = (items: readonly Item[]): HttpCall => ({
  path: `api/batches?action=${items[0]?.change?.action ?? 'create'}`,
  body: { requests: items.map(bodyOf).map(({ action: _, ...row }) => row) },
});

/** A sheet as Excel saves it, with a column for each property. */
export function toSheet(items: readonly Item[]): HttpCall {
  const rows = items.map((item) => toCells(bodyOf(item)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = rows.map((row) => columns.map((column) => quoted(row.get(column) ?? '')));
  return {
    path: 'api/batches',
    headers: { 'Content-Type': 'text/csv' },
    text: [columns, ...lines].map((cells) => cells.join(',')).join('\r\n'),
  };
}

/** Cells by the path of their property. */
const toCells = (row: Row, path = ''): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(row).flatMap(([name, value]): (readonly [string, string])[] => {
      if (Array.isArray(value)) return [[path + name, value.join(';')]];
      if (typeof value !== 'object' || value === null) return [[path + name, String(value)]];
      return [...toCells(value as Row, `${path}${name}.`)];
    }),
  );

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
