import { cutText } from '../../errors/cut-text';
import { MeetingError } from '../../errors/meeting-error';
import { chunkSize, maxErrorLength, type Batch, type RowError, type SheetForm } from '../batch';
import type { Clock } from '../../meetings/ports';
import type { BatchCaller } from '../caller';
import type { CsvReader, RowStore, RowWriter, Workbooks } from '../ports';
import { findWarnings, type RowWarnings } from './row-warnings';
import { toText, type RowLine } from '../row-line';
import { shownErrors } from '../outcomes/row-counts';
import { rowError } from '../failed-row';
import { wrongBatch, type BatchBody } from './body';
import type { InputObject } from './defaults';
import { openJson } from './read-json';
import { openRows } from './read-rows';
import { SeenIds, refuseContradictions } from './repeated-ids';
import { SharedProblems } from './shared-problems';
import { openCsv } from './sheet/read-csv';
import { openWorkbook } from './sheet/read-workbook';
import { validateRow } from './validate-row';

/** A batch as submitted. */
export interface Submission {
  readonly body: Uint8Array;
  /** `rows`: rows that the page has read from a sheet. */
  readonly format: 'json' | 'csv' | 'xlsx' | 'rows';
  /** For a workbook: the sheet with the rows, if the caller names one. */
  readonly sheet?: string | undefined;
  /** Defaults for all rows; those of the body override them. */
  readonly defaults: InputObject;
  readonly idempotencyKey?: string | undefined;
  /** Only predicts the outcome of each row. */
  readonly preview?: boolean;
  readonly traceparent?: string | undefined;
  /** For `rows`: the user who sends them. */
  readonly caller?: BatchCaller;
}

/** Dependencies of reading and writing rows. */
export interface WriteRowsDependencies {
  readonly rows: RowStore;
  readonly readCsv: CsvReader;
  readonly workbooks: Workbooks;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether rows may ask for meetings that are over. */
  readonly allowPast: boolean;
}

/** Maximum number of rows; a real body of 100 MB has fewer. */
const maxRows = 1_000_000;

/** The rows of a submission, read and passed to the writer. */
interface WrittenRows {
  readonly total: number;
  readonly rejected: number;
  readonly firstErrors: readonly RowError[];
  /** Has all rows, but has not stored them yet. */
  readonly writer: RowWriter;
  readonly csv?: NonNullable<Batch['csv']>;
  readonly sheet?: SheetForm;
  /** The workbook to which the results are added. */
  readonly bytes: Uint8Array;
  readonly fileName?: string;
}

/** Reads the rows once, chunk by chunk, so that a large batch needs memory only for its body and its compressed rows. */
export async function writeRows(
  batchId: string,
  submission: Submission,
  deps: WriteRowsDependencies,
): Promise<WrittenRows> {
  const body = await open(submission, deps);
  const warnings = submission.preview === true ? await findWarnings(body) : noWarnings;
  const writer = deps.rows.open(batchId);
  const context = { ...body, now: deps.clock.now(), allowPast: deps.allowPast };
  const ids = new SeenIds();
  const shared = new SharedProblems();
  let chunk: RowLine[] = [];
  const firstErrors: RowError[] = [];
  let total = 0;
  let rejected = 0;
  for await (const given of body.rows()) {
    const line = withWarnings(validateRow(given, { batchId, index: total }, context), warnings);
    total += 1;
    if (total > maxRows) throw tooManyRows();
    if (line.problems !== undefined) rejected += 1;
    if (line.problems !== undefined && rejected <= shownErrors) firstErrors.push(rejection(line));
    if (body.csv !== undefined) shared.add(line.problems ?? []);
    ids.add(given.input);
    chunk.push(line);
    if (chunk.length < chunkSize) continue;
    await writer.addChunk(toText(chunk));
    chunk = [];
  }
  if (total === 0) throw wrongBatch('The batch contains no requests.', 'requests', 'missing');
  shared.refuse(body);
  if (chunk.length > 0) await writer.addChunk(toText(chunk));
  if (ids.repeated.size > 0) await refuseContradictions(body, ids.repeated);
  const { csv, sheet, workbook = submission.body, fileName } = body;
  return {
    total,
    rejected,
    firstErrors,
    writer,
    bytes: workbook,
    ...(fileName !== undefined && { fileName }),
    ...(csv !== undefined && { csv }),
    ...(sheet !== undefined && { sheet }),
  };
}

const noWarnings: RowWarnings = new Map();

function withWarnings(line: RowLine, all: RowWarnings): RowLine {
  const warnings = all.get(line.index);
  return warnings === undefined ? line : { ...line, warnings };
}

/** The reason for refusing a row, for the answer to the submitting call. */
function rejection(line: RowLine): RowError {
  const { index, row, requestId } = line;
  const { code, message } = rowError(line);
  return { index, row, requestId, code, message: cutText(message, maxErrorLength) };
}

async function open(
  { body, format, defaults, sheet, caller }: Submission,
  { readCsv, workbooks }: WriteRowsDependencies,
): Promise<BatchBody> {
  if (format === 'csv') return openCsv(body, defaults, readCsv);
  if (format === 'xlsx') return openWorkbook(workbooks.open(body), defaults, sheet);
  if (format === 'rows') return openRows(body, caller, workbooks);
  return openJson(body, defaults);
}

const tooManyRows = (): MeetingError =>
  new MeetingError('requestTooLarge', `A batch can have up to ${maxRows} rows.`, {
    remedy: 'Send the rows as several batches.',
  });
