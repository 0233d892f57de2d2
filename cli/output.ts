import type { MeetingResult } from '../src/results/meeting-result';
import { wouldBe } from '../src/results/preview-words';
import type { TextWriter } from '../local/command-line';
import { describeError } from './api';

/** The output streams of a process, and how to colour text. */
export interface Terminal {
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly paint: (style: 'green' | 'red', text: string) => string;
}

/** The optional properties exist if it is a terminal. */
interface Screen extends TextWriter {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The output of a command: the answer on standard output, everything else on standard error. */
export interface Output {
  /** A line of the answer, for people; nothing with --json. */
  readonly say: (text: string) => void;
  /** The same for the result of a request: its line, and its problems below. */
  readonly result: (result: MeetingResult) => void;
  /** The answer, for programs; nothing without --json. */
  readonly json: (value: unknown) => void;
  /** Progress for people; not part of the answer. */
  readonly notice: (text: string) => void;
  /** Replaces the previous progress line on a terminal; otherwise writes nothing. */
  readonly progress: (text: string) => void;
}

/** Returns the output of a command. With `isJson`, standard output has only JSON. */
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

/** Whether nothing was made or changed, or the result is unknown. */
export const isFailure = ({ status, preview }: MeetingResult): boolean =>
  status === 'failed' || status === 'unknown' || preview?.outcome === 'refuse';

/** The status of a result in one word; for a preview, the outcome. */
export const endOf = ({ status, preview }: MeetingResult): string =>
  preview === undefined ? status : wouldBe(preview.outcome);

/** The text next to it: the link, the problem, or the warnings. */
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

/** A text table. Columns are as wide as their widest cell. */
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

/** Draws a progress bar of 30 characters, and the numbers behind it. */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${done} of ${total}`;
}
