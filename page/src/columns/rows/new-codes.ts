import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { sourceOf } from '../mapping';
import { cellKey } from './cells';

/**
 * Returns the sheet with new codes for these rows only, so that they become new meetings. In a column of codes, the new
 * ones are corrections, so that they come back with the sheet. `listId` makes the codes unique.
 */
export function withNewCodes(
  sheet: LoadedSheet,
  rows: readonly number[],
  listId: string,
): LoadedSheet {
  const codes = rows.map((row) => [row, `sheet-${listId}-${row}`] as const);
  const source = sourceOf(sheet.mapping, 'requestId');
  if (source.kind !== 'column')
    return { ...sheet, newCodes: new Map([...(sheet.newCodes ?? []), ...codes]) };
  const corrected = codes.map(([row, code]) => [cellKey(row, source.column), code] as const);
  return { ...sheet, corrections: new Map([...sheet.corrections, ...corrected]) };
}
