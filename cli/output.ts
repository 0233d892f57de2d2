import type { MeetingResult } from '../src/results/meeting-result';
import type { TextWriter } from '../local/command-line';
import { describeError } from './api';

/** What a command has before it: the streams of a process, and how it shows what went well. */
export interface Terminal {
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly paint: (style: 'green' | 'red', text: string) => string;
}

/** Has its properties where it is a terminal. */
interface Screen extends TextWriter {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where a command writes: what was asked for on standard output, all else on standard error. */
export interface Output {
  /** A line of the answer, for people; nothing with --json. */
  readonly say: (text: string) => void;
  /** The same, of a request that has ended: its line, and below it what went wrong. */
  readonly result: (result: MeetingResult) => void;
  /** The answer, for programs; nothing without --json. */
  readonly json: (value: unknown) => void;
  /** Progress for people; not part of the answer. */
  readonly notice: (text: string) => void;
  /** Replaces the notice before it, on a terminal; elsewhere nothing. */
  readonly progress: (text: string) => void;
}

export function makeOutput(isJson: boolean, { stdout, stderr, paint }: Terminal): Output {
  const say = (text: string): void => void (isJson || stdout.write(`${text}\n`));
  return {
    say,
    result: (result) => say(resultLines(result, paint)),
    json: (value) => void (isJson && stdout.write(`${JSON.stringify(value)}\n`)),
    notice: (text) => void stderr.write(`${text}\n`),
    progress: (text) => void (stderr.isTTY && stderr.write(`\r${text}\u001b[K`)),
  };
}

/** Nothing was made or changed, or nobody knows. */
export const isFailure = ({ status, preview }: MeetingResult): boolean =>
  status === 'failed' || status === 'unknown' || preview?.outcome === 'refuse';

/** In a word: how a request ended, or of a preview what would be done. */
export const endOf = ({ status, preview }: MeetingResult): string =>
  preview === undefined ? status : `would ${preview.outcome}`;

/** What is shown next to it: the link, the problem, or the warnings. */
export const remarkOf = ({ meeting, error, preview }: MeetingResult): string =>
  error?.message ??
  preview?.warnings.map(({ message }) => message).join(' ') ??
  meeting?.joinWebUrl ??
  '';

function resultLines(result: MeetingResult, paint: Terminal['paint']): string {
  const { requestId, error } = result;
  const good = !isFailure(result);
  const head = `${good ? '✓' : '✗'} ${endOf(result)} ${requestId}`;
  const rest = good ? remarkOf(result) : indent(describeError(error ?? {}));
  return paint(good ? 'green' : 'red', head) + (rest === '' ? '' : `\n  ${rest.trimStart()}`);
}

const indent = (text: string): string => text.replaceAll(/^/gm, '  ');

/** Columns as wide as their widest cell. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [heads, ...rows].map(line).join('\n');
}

const barWidth = 30;

export function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${done} of ${total}`;
}
