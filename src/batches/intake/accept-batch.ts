import { cutText } from '../../errors/cut-text';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { Random, Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import {
  noOutcomes,
  noRows,
  chunkSize,
  maxErrorLength,
  type Batch,
  type BatchOrigin,
  type RowError,
  type SheetForm,
  type StoredWorkbook,
} from '../batch';
import type { BatchCaller } from '../caller';
import { wrongBatch, type BatchBody } from './body';
import type { InputObject } from './defaults';
import { handOutToken, type OpenedBatch } from '../hand-out-token';
import type {
  BatchIndex,
  BatchLedger,
  BatchQueue,
  CsvReader,
  RowStore,
  RowWriter,
  StoredBatch,
  Workbooks,
} from '../ports';
import { openCsv } from './sheet/read-csv';
import { openJson } from './read-json';
import { openRows } from './read-rows';
import { openWorkbook } from './sheet/read-workbook';
import { SeenIds, refuseContradictions } from './repeated-ids';
import { SharedProblems } from './shared-problems';
import { findWarnings, type RowWarnings } from '../preview/row-warnings';
import { toText, type RowLine } from '../row-line';
import { shownErrors } from '../run/chunks';
import { rowError } from '../run/failed-row';
import { hashOf, withToken } from '../tokens';
import { validateRow } from './validate-row';

/** A batch as it comes. */
export interface Submission {
  readonly body: Uint8Array;
  /** `rows`: rows that a page has read from a sheet. */
  readonly format: 'json' | 'csv' | 'xlsx' | 'rows';
  /** Of a workbook: the sheet with the rows, where its caller names one. */
  readonly sheet?: string | undefined;
  /** For all rows, under those of the body. */
  readonly defaults: InputObject;
  readonly idempotencyKey?: string | undefined;
  /** Only says what would become of the rows. */
  readonly preview?: boolean;
  readonly traceparent?: string | undefined;
  /** Of `rows`: who sends them. */
  readonly caller?: BatchCaller;
}

export interface AcceptDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly rows: RowStore;
  readonly queue: BatchQueue;
  readonly readCsv: CsvReader;
  readonly workbooks: Workbooks;
  readonly clock: Clock;
  readonly random: Random;
  /** 256 random bits as text. */
  readonly newToken: () => string;
  readonly log: Log;
}

/** A body of 100 MB has no more rows than this unless it was made to break something. */
const maxRows = 1_000_000;

/**
 * Takes a batch in. Order: its rows, its row in the table, its message. With its row in the table the batch is accepted and cannot
 * be lost any more: without its message `resumeStalledBatches` starts it, some minutes later. Before that only a blob is left.
 * @throws MeetingError `invalidRequest`, `requestTooLarge`, `requestIdReused`, `storageUnavailable`.
 */
export async function acceptBatch(
  submission: Submission,
  deps: AcceptDependencies,
): Promise<OpenedBatch> {
  const { idempotencyKey: key, traceparent, preview = false, caller } = submission;
  // Under one key there may be a batch and the preview of it. No key has a line feed.
  const batchId =
    key === undefined ? deps.random.newId() : hashOf(preview ? `preview\n${key}` : key);
  const contentHash = contentHashOf(submission);
  const known = key === undefined ? undefined : await deps.batches.read(batchId);
  if (known !== undefined) return repeat(known, contentHash, deps);

  const acceptedDateTime = deps.clock.now().toISOString();
  const {
    writer,
    sheet,
    bytes,
    fileName = '',
    ...read
  } = await readRows(batchId, submission, deps);
  const [rows, workbook] = await Promise.all([
    writer.finish(),
    sheet === undefined ? undefined : keepWorkbook(batchId, bytes, { sheet, deps }),
    deps.index.addActive(batchId, acceptedDateTime),
  ]);
  const token = deps.newToken();
  const batch = withToken(
    {
      ...read,
      rows,
      ...(workbook !== undefined && { workbook }),
      ...(caller !== undefined && { origin: originOf(caller, fileName) }),
      ...begin,
      batchId,
      contentHash,
      rowToken: deps.newToken(),
      ...timesAt(acceptedDateTime),
      ...(traceparent !== undefined && { traceparent }),
      ...(preview && { outcomes: noOutcomes }),
    },
    token,
  );
  const inserted = await deps.batches.insert(batch);
  if (!inserted.inserted) return repeat(inserted, contentHash, deps);
  await enqueue(batch, deps);
  deps.log.info('batch.accepted', { batchId, total: batch.total, rejected: batch.rejected });
  return { batch, token };
}

const begin = {
  state: 'accepted',
  tokenHashes: [],
  lease: { sequence: 0, messageId: '', fencingToken: '' },
  sentChunks: 0,
  openChunks: [],
  counts: noRows,
} as const;

const timesAt = (
  now: string,
): Pick<Batch, 'acceptedDateTime' | 'seenDateTime' | 'movedDateTime'> => ({
  acceptedDateTime: now,
  seenDateTime: now,
  movedDateTime: now,
});

const contentHashOf = ({ body, format, defaults, sheet = '' }: Submission): string =>
  hashOf(`${hashOf(body)} ${format} ${JSON.stringify(defaults)}${sheet}`);

/** The workbook goes back to its caller with the results in it. */
const keepWorkbook = async (
  batchId: string,
  bytes: Uint8Array,
  { sheet, deps }: { readonly sheet: SheetForm; readonly deps: AcceptDependencies },
): Promise<StoredWorkbook> => ({ ...sheet, blob: await deps.rows.keepWorkbook(batchId, bytes) });

const originOf = ({ id, name }: BatchCaller, fileName: string): BatchOrigin => ({
  callerId: id,
  callerName: name,
  fileName,
});

/** May be repeated while nobody has taken the batch up: of messages with one sequence only one counts. */
async function enqueue(
  { batchId, lease }: Batch,
  { queue, log }: AcceptDependencies,
): Promise<void> {
  try {
    await queue.enqueue(batchId, lease.sequence + 1);
  } catch (thrown) {
    log.warn('batch.enqueue-failed', { batchId, code: toMeetingError(thrown).code });
  }
}

/** The same call again: the same batch, under one more token. Its message is sent again if the first may have been lost. */
async function repeat(
  known: StoredBatch,
  contentHash: string,
  deps: AcceptDependencies,
): Promise<OpenedBatch> {
  if (known.batch.contentHash !== contentHash) {
    throw new MeetingError('requestIdReused', 'This Idempotency-Key belongs to another batch.', {
      target: 'Idempotency-Key',
      remedy: 'Send another batch under a key of its own.',
    });
  }
  const opened = await handOutToken(known, deps);
  const { batch } = opened;
  if (batch.lease.sequence === 0) await enqueue(batch, deps);
  deps.log.info('batch.repeated', { batchId: batch.batchId, state: batch.state });
  return opened;
}

interface ReadBody {
  readonly total: number;
  readonly rejected: number;
  readonly firstErrors: readonly RowError[];
  /** Has all rows and has not stored them yet. */
  readonly writer: RowWriter;
  readonly csv?: NonNullable<Batch['csv']>;
  readonly sheet?: SheetForm;
  /** The workbook that goes back to its caller. */
  readonly bytes: Uint8Array;
  readonly fileName?: string;
}

/** Goes through the rows once, chunk by chunk, so that a large batch needs no more memory than its body and what is stored of it. */
async function readRows(
  batchId: string,
  submission: Submission,
  deps: AcceptDependencies,
): Promise<ReadBody> {
  const body = await open(submission, deps);
  const warnings = submission.preview === true ? await findWarnings(body) : noWarnings;
  const writer = deps.rows.open(batchId);
  const ids = new SeenIds();
  const shared = new SharedProblems();
  let chunk: RowLine[] = [];
  const firstErrors: RowError[] = [];
  let total = 0;
  let rejected = 0;
  for await (const given of body.rows()) {
    const line = withWarnings(validateRow(given, { batchId, index: total }, body), warnings);
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

/** Why a row was not accepted, told as soon as the batch comes. */
function rejection(line: RowLine): RowError {
  const { index, row, requestId } = line;
  const { code, message } = rowError(line);
  return { index, row, requestId, code, message: cutText(message, maxErrorLength) };
}

async function open(
  { body, format, defaults, sheet, caller }: Submission,
  { readCsv, workbooks }: AcceptDependencies,
): Promise<BatchBody> {
  if (format === 'csv') return openCsv(body, defaults, readCsv);
  if (format === 'xlsx') return openWorkbook(workbooks.open(body), defaults, sheet);
  if (format === 'rows') return openRows(body, caller, workbooks);
  return openJson(body, defaults);
}

const tooManyRows = (): MeetingError =>
  new MeetingError('requestTooLarge', `A batch may have at most ${maxRows} rows.`, {
    remedy: 'Send the rows as several batches.',
  });
