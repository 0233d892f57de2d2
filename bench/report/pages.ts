import { toSummary, toTable } from './report';
import type { Row } from './figures';

/** A row and the day (`2026-12-01`) on which it was measured. */
export interface MeasuredRow extends Row {
  readonly measured: string;
}

/** What was measured now takes the place of what was measured before of the same rows; other rows are added at the end. */
export const mergeRows = (
  before: readonly MeasuredRow[],
  now: readonly MeasuredRow[],
): readonly MeasuredRow[] => [...new Map([...before, ...now].map((row) => [row.id, row])).values()];

/** Every figure that has a goal. */
export const summaryOf = (rows: readonly MeasuredRow[]): string =>
  [`Measured ${daysOf(rows)}.`, '', toSummary(rows)].join('\n');

/** Every figure. */
export const detailsOf = (rows: readonly MeasuredRow[]): string =>
  rows
    .map((row) => toTable({ ...row, notes: [...row.notes, `Measured on ${row.measured}.`] }))
    .join('\n')
    .trimEnd();

function daysOf(rows: readonly MeasuredRow[]): string {
  const days = [...new Set(rows.map(({ measured }) => measured))].toSorted();
  const [first = '', last = first] = [days[0], days.at(-1)];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

const begin = '<!-- measured:begin -->';
const end = '<!-- measured:end -->';

/** A page with other content between its two marks. @throws Error if it has none. */
export function withMeasured(page: string, content: string): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`There is no ${begin} … ${end}.`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
