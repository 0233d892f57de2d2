import { headerPlace } from '../../../../src/batches/intake/sheet/header-place';
import { placesOfEarlierResults } from '../../../../src/batches/results/earlier-results';
import type { Cell, SheetRow } from '../../../../src/workbook/read/sheet-rows';
import type { Heading } from '../mapping';
import { isKnownName } from './known-names';

/** Number of rows searched for the headings. */
export const maxRowsAbove = 50;

const isKnown = ({ text }: Cell): boolean => isKnownName(text);

/** The row with the headings: found by its known names, else the first with several texts. */
export function findHeaderRow(rows: readonly SheetRow[]): number {
  const first = rows.slice(0, maxRowsAbove);
  const found =
    first[headerPlace(first.map(({ cells }) => cells.filter(isKnown).length)) ?? -1] ??
    first.find(({ cells }) => cells.filter(({ kind }) => kind === 'text').length > 3) ??
    first.find(({ cells }) => cells.length > 1) ??
    first[0];
  return found?.row ?? 1;
}

/** The texts of a row's cells, beginning with the first column; empty for missing cells. */
export function textsByPlace(cells: readonly Cell[]): readonly string[] {
  const texts: (string | undefined)[] = [];
  for (const { column, text } of cells) texts[column - 1] = text;
  return Array.from(texts, (text = '') => text);
}

/** The headings without those added by an earlier result. */
export function headingsOf(rows: readonly SheetRow[], headerRow: number): readonly Heading[] {
  const cells = rows.find(({ row }) => row === headerRow)?.cells ?? [];
  const earlier = placesOfEarlierResults(textsByPlace(cells));
  return cells
    .filter(({ column, text }) => text.trim() !== '' && !earlier.has(column - 1))
    .map(({ column, text }) => ({ column, name: text.trim().replaceAll(/\s+/g, ' ') }));
}
