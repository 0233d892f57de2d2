import type { OpenedFile } from './opened-file';
import { findHeaderRow, headingsOf, textsByPlace } from '../columns/matching/headings';
import { matchColumns } from '../columns/matching/match';
import { sourceOf, type Heading, type Mapping } from '../columns/mapping';
import { recall } from '../columns/remembered';
import { possibleOrders } from '../columns/time/date-order';
import type { Sheet } from '../columns/rows/requests';

/** The current sheet and its mapping. */
export interface LoadedSheet extends Sheet {
  readonly file: OpenedFile;
  readonly sheetName: string;
  readonly headerRow: number;
}

/** Maximum number of rows in a sheet, as in the app. */
export const maxRows = 10_000;

/** The first visible sheet with rows. */
export const firstSheet = ({ sheets, rowsOf }: OpenedFile): string =>
  (
    sheets.find(({ name, isHidden }) => !isHidden && rowsOf(name).length > 1) ??
    sheets.find(({ isHidden }) => !isHidden) ??
    sheets[0]
  )?.name ?? '';

/** Finds the headings and the meaning of the columns; `empty` if there are no rows below headings. */
export function loadSheet(
  file: OpenedFile,
  sheetName: string,
  headerRow = findHeaderRow(file.rowsOf(sheetName)),
): LoadedSheet | 'empty' | 'tooManyRows' {
  const rows = file.rowsOf(sheetName);
  const headings = headingsOf(rows, headerRow);
  const columns = new Set(headings.map(({ column }) => column));
  const body = rows.filter(
    ({ row, cells }) =>
      row > headerRow &&
      cells.some(
        ({ column, kind, text }) => columns.has(column) && (kind !== 'text' || text.trim() !== ''),
      ),
  );
  if (headings.length === 0 || body.length === 0) return 'empty';
  if (body.length > maxRows) return 'tooManyRows';
  const mapping = mappingOf(headings, body);
  const sheet = {
    file,
    sheetName,
    headerRow,
    headings,
    body,
    listId: file.fingerprint.slice(0, 16),
    corrections: new Map(),
  };
  return { ...sheet, mapping: withDateOrder(sheet, mapping) };
}

/** The remembered mapping of such a sheet; other columns by their names and content. */
function mappingOf(headings: readonly Heading[], body: Sheet['body']): Mapping {
  const { mapping, added } = recall(headings) ?? {
    mapping: { sources: {}, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    added: headings,
  };
  return { ...mapping, sources: matchColumns(added, body, mapping.sources) };
}

/** Sets the order of dates if only one is possible. */
export function withDateOrder(
  { body }: Pick<Sheet, 'body'>,
  { dateOrder, ...mapping }: Mapping,
): Mapping {
  const orders = ordersOf(body, mapping);
  if (orders === undefined) return mapping;
  const only = orders.length === 1 ? orders[0] : undefined;
  const order = only ?? dateOrder;
  return order === undefined ? mapping : { ...mapping, dateOrder: order };
}

/** The possible orders of the dates; undefined if no date needs an order. */
export function ordersOf(body: Sheet['body'], mapping: Mapping): ReturnType<typeof possibleOrders> {
  const columns = (['meeting.startDateTime', 'meeting.endDateTime'] as const).flatMap((target) => {
    const source = sourceOf(mapping, target);
    return source.kind === 'column' ? [source.column] : [];
  });
  return possibleOrders(
    body.flatMap(({ cells }) => cells.filter(({ column }) => columns.includes(column))),
  );
}

/** Names of all columns, beginning with the first, as in the file. */
export function headerOf({ file, sheetName, headerRow, headings }: LoadedSheet): readonly string[] {
  const cells = file.rowsOf(sheetName).find(({ row }) => row === headerRow)?.cells ?? [];
  const last = Math.max(...headings.map(({ column }) => column));
  return textsByPlace(cells.filter(({ column }) => column <= last));
}

/** Returns the text of a column's heading; empty if it has none. */
export const headingOf = (headings: readonly Heading[], column: number): string =>
  headings.find((heading) => heading.column === column)?.name ?? '';
