import { MeetingError, type Problem } from '../../errors/meeting-error';
import type { CsvForm, SheetForm } from '../batch';
import type { Correction } from '../row-line';

/** One row as the caller sent it, before validation. */
export interface InputRow {
  /** The row of the sheet, or the position in the list, from 1. */
  readonly row: number;
  readonly input: unknown;
  readonly cells?: readonly string[];
  readonly corrections?: readonly Correction[];
  /** Problems found while reading. */
  readonly problems?: readonly Problem[];
}

/** The body of a batch, opened: its rows can be read more than once. */
export interface BatchBody {
  readonly csv?: CsvForm;
  readonly sheet?: SheetForm;
  /** The workbook of the rows, if the body holds more than the workbook. */
  readonly workbook?: Uint8Array;
  readonly fileName?: string;
  /** Names of the columns that do not describe meetings. */
  readonly unusedColumns?: readonly string[];
  rows(): AsyncIterable<InputRow> | Iterable<InputRow>;
  /** The name under which the caller knows the property at this JSON path: a cell, a column, or the path itself. */
  nameOf(target: string, row: number): string;
}

/** Maximum size of a row, in bytes; no meeting needs more. */
export const maxRowBytes = 1024 * 1024;

/** The error for a batch that is invalid as a whole. */
export const wrongBatch = (message: string, target = '$', code = 'invalidBatch'): MeetingError =>
  new MeetingError('invalidRequest', message, { target, details: [{ code, target, message }] });
