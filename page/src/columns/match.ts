import { placesOfEarlierResults } from '../../../src/batches/results/earlier-results';
import type { ColumnTarget } from '../../../src/requests/column-names';
import type { Cell, SheetRow } from '../../../src/workbook/read/sheet-rows';
import { findByContent, targetsByContent } from './by-content';
import { allFields } from './fields';
import { isKnownName, meaningOf, possibleMeaningsOf } from './known-names';
import type { Heading, Source } from './mapping';

/** Number of rows searched for the headings. */
export const maxRowsAbove = 50;

type Sources = Partial<Record<ColumnTarget, Source>>;

const targets = allFields.map(({ target }) => target);

const isKnown = ({ text }: Cell): boolean => isKnownName(text);

/** The row with the headings: the first with two known names, else the first with several texts. */
export function findHeaderRow(rows: readonly SheetRow[]): number {
  const first = rows.slice(0, maxRowsAbove);
  const found =
    first.find(({ cells }) => cells.filter(isKnown).length > 1) ??
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

/** The meaning of each column, by its name, then by its content. Fields with a known source keep it. */
export function matchColumns(
  headings: readonly Heading[],
  body: readonly SheetRow[],
  known: Sources = {},
): Sources {
  const sources: Sources = Object.fromEntries(
    Object.entries(known).filter(([, { kind }]) => kind !== 'none'),
  );
  const taken = new Set<number>();
  const put = (target: ColumnTarget, { column }: Heading): void => {
    if (sources[target] !== undefined || taken.has(column)) return;
    sources[target] = { kind: 'column', column };
    taken.add(column);
  };
  for (const heading of headings) {
    const target = meaningOf(heading.name);
    if (target !== undefined && targets.includes(target)) put(target, heading);
  }
  for (const heading of headings) {
    const left = possibleMeaningsOf(heading.name).filter((target) => sources[target] === undefined);
    if (left[0] !== undefined && left.length === 1) put(left[0], heading);
  }
  for (const target of targetsByContent) {
    const free = headings.filter(({ column }) => !taken.has(column));
    const found = findByContent(target, { headings: free, body, sources });
    if (found !== undefined) put(target, found);
  }
  return sources;
}
