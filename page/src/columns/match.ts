import { resultColumnNames } from '../../../src/batches/results/results-csv';
import type { ColumnTarget } from '../../../src/requests/column-names';
import type { Cell, SheetRow } from '../../../src/workbook/read/sheet-rows';
import { findByContent, targetsByContent } from './by-content';
import { allFields } from './fields';
import { isKnownName, meaningOf, possibleMeaningsOf } from './known-names';
import type { Heading, Source } from './mapping';

/** Number of rows searched for the headings. */
const maxRowsAbove = 50;

type Sources = Partial<Record<ColumnTarget, Source>>;

const targets = allFields.map(({ target }) => target);

const isOurs = (name: string): boolean => resultColumnNames.has(name.trim().toLowerCase());

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

/** The headings without those added by an earlier result. */
export function headingsOf(rows: readonly SheetRow[], headerRow: number): readonly Heading[] {
  const cells = rows.find(({ row }) => row === headerRow)?.cells ?? [];
  return cells
    .filter(({ text }) => text.trim() !== '' && !isOurs(text))
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
