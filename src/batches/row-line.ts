import type { Problem } from '../errors/meeting-error';

/** A cell that a person has corrected on the page before the row was sent. */
export interface Correction {
  /** From 1. */
  readonly column: number;
  readonly from: string;
  readonly to: string;
}

/** One row as it is stored: what was asked for, defaults included, and what is wrong with it. */
export interface RowLine {
  readonly index: number;
  /** As the caller counts: the row of the sheet, or the place in the list, from 1. */
  readonly row: number;
  readonly requestId: string;
  readonly input: unknown;
  /** The cells of a CSV row, as they came. */
  readonly cells?: readonly string[];
  /** Cells that say something else than in the file that came. */
  readonly corrections?: readonly Correction[];
  /** Set when the row is not a valid request. */
  readonly problems?: readonly Problem[];
  /** Of a preview: what may be a mistake, compared with the other rows. */
  readonly warnings?: readonly Problem[];
}

/** JSON has no line feed outside of escapes, so a line is a row. */
export const toText = (lines: readonly RowLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

export const fromText = (text: string): readonly RowLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RowLine);
