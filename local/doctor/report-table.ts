import { styleText } from 'node:util';
import type { Finding, Report } from '../../src/doctor/finding';

const marks = { passed: '✓', failed: '✗', unknown: '?' } as const;
const colours = { passed: 'green', failed: 'red', unknown: 'yellow' } as const;

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colours: boolean;
}

/** A report for people: one line a check, and under what did not pass what to do about it. */
export function reportTable(report: Report, options: TableOptions): string {
  const column = Math.max(...report.findings.map(({ check }) => check.length)) + 2;
  const lines = report.findings.flatMap((finding) => rows(finding, column, options));
  return [...lines, '', summary(report, options), ''].join('\n');
}

function rows(finding: Finding, column: number, options: TableOptions): string[] {
  const { check, status, meaning, remedy, command, evidence } = finding;
  const paint = painter(options);
  const indent = ' '.repeat(column + 2);
  const width = Math.max(options.width - indent.length, 30);
  const [first = '', ...others] = wrap(meaning, width);
  const head = paint(colours[status], `${marks[status]} ${check.padEnd(column)}`) + first;
  if (status === 'passed') return [head, ...others.map((line) => indent + line)];
  return [
    head,
    ...others.map((line) => indent + line),
    ...wrap(remedy ?? '', width).map((line) => indent + paint('bold', line)),
    // Whole, so that it can be copied.
    ...(command === undefined ? [] : [indent + paint('cyan', command)]),
    ...wrap(describe(evidence), width).map((line) => indent + paint('dim', line)),
  ];
}

const describe = (evidence: Finding['evidence'] = {}): string =>
  Object.entries(evidence)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');

function summary({ findings, checkedDateTime }: Report, options: TableOptions): string {
  const count = (status: Finding['status']): number =>
    findings.filter((finding) => finding.status === status).length;
  const parts = (['passed', 'failed', 'unknown'] as const).map(
    (status) => `${count(status)} ${status}`,
  );
  return painter(options)('dim', `${parts.join(', ')} at ${checkedDateTime}`);
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const painter = (options: TableOptions): Paint =>
  options.colours
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;

/** Breaks at spaces; a word longer than a line stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
