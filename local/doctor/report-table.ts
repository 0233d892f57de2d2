import { styleText } from 'node:util';
import type { Finding, Report } from '../../src/doctor/finding';

const marks = { passed: '✓', failed: '✗', unknown: '?' } as const;
const colours = { passed: 'green', failed: 'red', unknown: 'yellow' } as const;

/** How the terminal shows the table. */
interface TableOptions {
  /** Width of the terminal, in characters. */
  readonly width: number;
  readonly colours: boolean;
}

/** A report for people: one line for each check; below those with the same cause, the remedy once. */
export function reportTable(report: Report, options: TableOptions): string {
  const column = Math.max(...report.findings.map(({ check }) => check.length)) + 2;
  const groups = byCause(report.findings);
  const lines = groups.flatMap((group) => rows(group, column, options));
  return [...lines, '', summary(report, groups, options), ''].join('\n');
}

/** Groups findings with the same remedy, which have one cause, at the position of the first. */
function byCause(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { check, status, remedy, command } = finding;
    const cause = JSON.stringify(
      status === 'passed' || remedy === undefined ? [check] : [status, remedy, command],
    );
    groups.set(cause, [...(groups.get(cause) ?? []), finding]);
  }
  return [...groups.values()];
}

function rows(group: readonly Finding[], column: number, options: TableOptions): string[] {
  const paint = painter(options);
  const indent = ' '.repeat(column + 2);
  const width = Math.max(options.width - indent.length, 30);
  const heads = group.flatMap(({ check, status, meaning }) => {
    const [first = '', ...others] = wrap(meaning, width);
    const head = paint(colours[status], `${marks[status]} ${check.padEnd(column)}`) + first;
    return [head, ...others.map((line) => indent + line)];
  });
  const [{ status, remedy, command } = { status: 'passed' }] = group;
  if (status === 'passed') return heads;
  const evidence = new Set(group.map((finding) => describe(finding.evidence)));
  return [
    ...heads,
    ...wrap(remedy ?? '', width).map((line) => indent + paint('bold', line)),
    // Not wrapped, so that it can be copied.
    ...(command === undefined ? [] : [indent + paint('cyan', command)]),
    ...[...evidence].flatMap((text) =>
      wrap(text, width).map((line) => indent + paint('dim', line)),
    ),
  ];
}

const describe = (evidence: Finding['evidence'] = {}): string =>
  Object.entries(evidence)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');

function summary(
  { findings, checkedDateTime }: Report,
  groups: readonly Finding[][],
  options: TableOptions,
): string {
  const count = (status: Finding['status']): number =>
    findings.filter((finding) => finding.status === status).length;
  const failed = count('failed');
  const causes = groups.filter(([first]) => first?.status === 'failed').length;
  const parts = [
    `${count('passed')} passed`,
    `${failed} failed${causes < failed ? ` by ${causes} ${causes === 1 ? 'cause' : 'causes'}` : ''}`,
    `${count('unknown')} unknown`,
  ];
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
