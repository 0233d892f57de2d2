import {
  ratioOf,
  spreadOf,
  verdictOf,
  type Comparison,
  type Row,
  type Target,
  type Verdict,
} from './figures';
import type { Interval } from './statistics';

const round = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

const quantity = (value: number, unit: string): string => `${round(value)} ${unit}`.trim();

const wanted = ({ atMost, atLeast }: Target): string =>
  atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;

const verdicts: Readonly<Record<Verdict, string>> = {
  reached: 'reached',
  'not reached': 'NOT REACHED',
  'cannot tell': 'this run cannot tell',
};

function spread(comparison: Comparison): string {
  const interval = spreadOf(comparison);
  if (interval === undefined) return '';
  const show = comparison.baseline === undefined ? round : (ratio: number) => ratio.toFixed(2);
  return `${show(interval.low)}–${show(interval.high)}`;
}

function verdict(comparison: Comparison): string {
  const found = verdictOf(comparison);
  return found === undefined ? '' : verdicts[found];
}

/** A row as a Markdown table, which is also readable in a terminal. */
export function toTable({ title, comparisons, notes }: Row): string {
  const cells = comparisons.map((comparison) => {
    const { what, value, unit, baseline, target } = comparison;
    const ratio = ratioOf(comparison);
    return [
      what,
      quantity(value, unit),
      baseline === undefined ? '' : `${baseline.what}: ${quantity(baseline.value, unit)}`,
      ratio === undefined ? '' : ratio.toFixed(2),
      spread(comparison),
      target === undefined ? '' : wanted(target),
      verdict(comparison),
    ];
  });
  const table = alignColumns([
    ['what', 'measured', 'baseline', 'ratio', 'spread', 'goal', ''],
    ...cells,
  ]);
  return [`## ${title}`, '', ...table, '', ...notes.map((note) => `- ${note}`), ''].join('\n');
}

/** The figures of all rows that have a goal, as one Markdown table. */
export const toSummary = (rows: readonly Row[]): string =>
  alignColumns([
    ['subject', 'figure', 'measured', 'spread', 'baseline', 'goal', ''],
    ...rows.flatMap(toJudged),
  ]).join('\n');

/** More counts of one subject than this take one line together where each is reached. */
const shownCounts = 6;

function toJudged({ title, comparisons }: Row): string[][] {
  const subject = /^[^:,]+/.exec(title)?.[0] ?? title;
  const judged = comparisons.filter(({ target }) => target !== undefined);
  const counts = judged.filter(isReachedCount);
  const lines =
    counts.length <= shownCounts
      ? judged.map(toJudgedLine)
      : [
          ...judged.filter((each) => !isReachedCount(each)).map(toJudgedLine),
          [`${counts.length} counts`, '', '', '', 'each its own', verdicts.reached],
        ];
  return lines.map((line, index) => [index === 0 ? subject : '', ...line]);
}

const isReachedCount = (comparison: Comparison): boolean =>
  comparison.rounds === undefined &&
  comparison.baseline === undefined &&
  verdictOf(comparison) === 'reached';

function toJudgedLine(comparison: Comparison): string[] {
  const { what, value, unit, baseline, target = {} } = comparison;
  const ratio = ratioOf(comparison);
  return [
    what,
    ratio === undefined ? quantity(value, unit) : `${ratio.toFixed(2)} ×`,
    spread(comparison),
    baseline?.what ?? '',
    wanted(target),
    verdict(comparison),
  ];
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
}

interface JsonFigure {
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly ratio?: number;
  readonly spread?: Interval;
  readonly target?: Target;
  readonly verdict?: Verdict;
}

/** Every figure with its own name: `<row>: <what> / <baseline>`. */
export function toJson(rows: readonly Row[]): Record<string, JsonFigure> {
  return Object.fromEntries(
    rows.flatMap((row) => row.comparisons.map((each) => [nameOf(row, each), toFigure(each)])),
  );
}

const nameOf = ({ id }: Row, { what, baseline }: Comparison): string =>
  `${id}: ${what}${baseline === undefined ? '' : ` / ${baseline.what}`}`;

function toFigure(comparison: Comparison): JsonFigure {
  const { value, unit, baseline, target } = comparison;
  const ratio = ratioOf(comparison);
  const interval = spreadOf(comparison);
  const judged = verdictOf(comparison);
  return {
    value,
    unit,
    ...(baseline !== undefined && { baseline: baseline.value }),
    ...(ratio !== undefined && { ratio }),
    ...(interval !== undefined && { spread: interval }),
    ...(target !== undefined && { target }),
    ...(judged !== undefined && { verdict: judged }),
  };
}
