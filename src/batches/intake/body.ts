import { MeetingError, type Problem } from '../../errors/meeting-error';
import type { CsvForm, SheetForm } from '../batch';
import type { Correction } from '../row-line';

/** One row as the caller sent it, before anything is known about it. */
export interface InputRow {
  /** The row of the sheet, or the place in the list, from 1. */
  readonly row: number;
  readonly input: unknown;
  readonly cells?: readonly string[];
  readonly corrections?: readonly Correction[];
  /** What is already known to be wrong. */
  readonly problems?: readonly Problem[];
}

/** The body of a batch, opened: its rows can be read more than once. */
export interface BatchBody {
  readonly csv?: CsvForm;
  readonly sheet?: SheetForm;
  /** The workbook that the rows come from, where the body holds more than that. */
  readonly workbook?: Uint8Array;
  readonly fileName?: string;
  /** Names of columns of a sheet that say nothing about meetings. */
  readonly unusedColumns?: readonly string[];
  rows(): AsyncIterable<InputRow> | Iterable<InputRow>;
  /** What the caller knows the property at this JSON path of this row by. */
  nameOf(target: string, row: number): string;
}

/** Longest row, in bytes; no meeting needs more. */
export const maxRowBytes = 1024 * 1024;

/** A batch that is wrong as a whole. */
export const wrongBatch = (message: string, target = '$', code = 'invalidBatch'): MeetingError =>
  new MeetingError('invalidRequest', message, { target, details: [{ code, target, message }] });
