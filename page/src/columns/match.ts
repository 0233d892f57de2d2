import { resultColumnNames } from '../../../src/batches/results/results-csv';
import {
  columnNames,
  possibleColumns,
  type ColumnTarget,
} from '../../../src/requests/column-names';
import { plainName } from '../../../src/requests/plain-name';
import { readTimeOfDay } from '../../../src/requests/time/time-of-day';
import { readDate } from '../../../src/requests/time/written-date';
import type { Cell, SheetRow } from '../../../src/workbook/read/sheet-rows';
import { allFields } from './fields';
import type { Heading, Source } from './mapping';

/** Number of rows searched for the headings. */
const maxRowsAbove = 50;
/** Number of rows used to recognize a column by its content. */
const maxSample = 50;

type Sources = Partial<Record<ColumnTarget, Source>>;

const targets = allFields.map(({ target }) => target);
/** A column of days is the start; the time may be in a separate column. */
const meaningOf: Partial<Record<ColumnTarget, ColumnTarget>> = { date: 'meeting.startDateTime' };

const targetByName: ReadonlyMap<string, ColumnTarget> = new Map([
  ...targets.flatMap((target): [string, ColumnTarget][] => [
    [plainName(target), target],
    [plainName(target.replace('meeting.', '')), target],
    [plainName(target.split('.').at(-1) ?? ''), target],
  ]),
  ...(Object.entries(columnNames) as [ColumnTarget, readonly string[]][]).flatMap(
    ([target, names]) =>
      names.map((name): [string, ColumnTarget] => [plainName(name), meaningOf[target] ?? target]),
  ),
]);

const possibleByName: ReadonlyMap<string, readonly ColumnTarget[]> = new Map(
  possibleColumns.flatMap(({ names, targets: possible }) =>
    names.map((name): [string, readonly ColumnTarget[]] => [plainName(name), possible]),
  ),
);

const isOurs = (name: string): boolean => resultColumnNames.has(name.trim().toLowerCase());

const isKnown = ({ text }: Cell): boolean =>
  targetByName.has(plainName(text)) || possibleByName.has(plainName(text));

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
    const target = targetByName.get(plainName(heading.name));
    if (target !== undefined && targets.includes(target)) put(target, heading);
  }
  for (const heading of headings) {
    const left = (possibleByName.get(plainName(heading.name)) ?? []).filter(
      (target) => sources[target] === undefined,
    );
    if (left[0] !== undefined && left.length === 1) put(left[0], heading);
  }
  const free = headings.filter(({ column }) => !taken.has(column));
  for (const heading of free) {
    const target = byContent(cellsOf(body, heading.column));
    if (target !== undefined) put(target, heading);
  }
  return sources;
}

/** Recognizes only days and times of day: an address could be anybody's. */
function byContent(cells: readonly Cell[]): ColumnTarget | undefined {
  if (cells.length === 0) return undefined;
  const fitsMost = (fits: (cell: Cell) => boolean): boolean =>
    cells.filter(fits).length > cells.length * 0.8;
  if (fitsMost(isDay)) return 'meeting.startDateTime';
  return fitsMost(isTimeOfDay) ? 'startTime' : undefined;
}

const isDay = ({ kind, text }: Cell): boolean =>
  kind === 'date' ||
  kind === 'dateTime' ||
  (kind === 'text' && readDate(text.split(/\s+\d{1,2}:/)[0] ?? '') !== undefined);

const isTimeOfDay = ({ kind, text }: Cell): boolean =>
  kind === 'time' || (kind === 'text' && readTimeOfDay(text) !== undefined);

const cellsOf = (body: readonly SheetRow[], wanted: number): readonly Cell[] =>
  body.slice(0, maxSample).flatMap(({ cells }) => cells.filter(({ column }) => column === wanted));
