import type { Problem } from '../errors/meeting-error';

/** A cell that a person has corrected on the page before the row was sent. */
export interface Correction {
  /** From 1. */
  readonly column: number;
  readonly from: string;
  readonly to: string;
}

/** One row as stored: the request with defaults applied, and its problems. */
export interface RowLine {
  readonly index: number;
  /** As the caller counts: the row of the sheet, or the position in the list, from 1. */
  readonly row: number;
  readonly requestId: string;
  readonly input: unknown;
  /** The cells of a CSV row, unchanged. */
  readonly cells?: readonly string[];
  /** Cells that differ from the submitted file. */
  readonly corrections?: readonly Correction[];
  /** Present if the row is not a valid request. */
  readonly problems?: readonly Problem[];
  /** For a preview: possible mistakes, compared with the other rows. */
  readonly warnings?: readonly Problem[];
}

/** JSON.stringify escapes line feeds, so each line is one row. */
export const toText = (lines: readonly RowLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Reads the rows in a text of `toText`. @throws SyntaxError if the text was damaged. */
export const fromText = (text: string): readonly RowLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RowLine);
