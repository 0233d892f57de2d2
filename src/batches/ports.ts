import type { AddedColumns, NewSheet, Sheet, SheetRow, Extension, CellRange } from '../workbook';
import type { MeetingResult } from '../results/meeting-result';
import type { Batch, Counts, Pass, StoredRows } from './batch';
import type { RowOutcome } from './outcomes/row-outcome';

export interface StoredBatch {
  readonly batch: Batch;
  /** Changes with every write. */
  readonly etag: string;
}

/** One row for each batch, moved by its ETag. */
export interface BatchLedger {
  /** Gives the stored one, with `inserted: false`, when the batch is already there. */
  insert(batch: Batch): Promise<StoredBatch & { readonly inserted: boolean }>;
  read(batchId: string): Promise<StoredBatch | undefined>;
  /** Undefined when somebody else wrote first, or the batch is gone. */
  replace(etag: string, next: Batch): Promise<StoredBatch | undefined>;
  remove(batchId: string): Promise<void>;
}

/** Which batches there are, by what is still to be done about them: small lists, never a look through everything. */
export interface BatchIndex {
  /** Before the batch itself is inserted, so that none can be there and not be listed. */
  addActive(entry: string, acceptedDateTime: string): Promise<void>;
  /** Does nothing if the entry was written anew since it was listed. */
  removeActive(active: ActiveBatch): Promise<void>;
  listActive(): AsyncIterable<ActiveBatch>;
  /**
   * Before a batch gets its `completedDateTime`, which must be later: until the batch is among the finished ones, readers of
   * that list look no further than this time. The first call counts.
   */
  markEnding(entry: string, time: string): Promise<void>;
  /** From the active ones to the finished ones; may be repeated. */
  moveToFinished(entry: string, end: BatchEnd): Promise<void>;
  listFinished(completedBefore: string): AsyncIterable<FinishedBatch>;
  removeFinished(finished: FinishedBatch): Promise<void>;
}

export interface ActiveBatch {
  /** `activeEntryOf` the batch. */
  readonly entry: string;
  readonly batchId: string;
  readonly acceptedDateTime: string;
  readonly etag: string;
}

/** One end of a batch, which has another one after each pass over its rows. */
export interface BatchEnd {
  readonly completedDateTime: string;
  /** The pass that ended; absent the first time. */
  readonly pass?: number;
}

export interface FinishedBatch extends BatchEnd {
  readonly batchId: string;
}

/** Which batches a user sent from the page, the newest first. */
export interface CallerBatches {
  /** May be repeated. */
  add(batch: CallerBatch): Promise<void>;
  list(callerId: string): AsyncIterable<string>;
  remove(batch: CallerBatch): Promise<void>;
}

export interface CallerBatch {
  readonly callerId: string;
  readonly batchId: string;
  readonly acceptedDateTime: string;
}

/** The results of a batch's rows, a line for each row, kept chunk by chunk. */
export interface BatchProgress {
  /**
   * For a result that has a batchId and an index; may be repeated. Keeps what a row has if the result does not supersede it.
   * Gives false when the row was waiting for a result, true when it had one: that may be counted already.
   */
  record(result: MeetingResult): Promise<boolean>;
  /** What would become of rows of one chunk of a preview, written together; may be repeated. */
  recordPreviews(results: readonly MeetingResult[]): Promise<void>;
  outcomes(batchId: string, chunk: number): Promise<readonly RowOutcome[]>;
  results(batchId: string, chunk: number): Promise<readonly MeetingResult[]>;
  /** Rows get another result, of this pass: until then they have none. May be repeated. */
  reopen(batchId: string, chunk: number, reopened: ReopenedRows): Promise<void>;
  remove(batchId: string, chunk: number): Promise<void>;
}

export interface ReopenedRows {
  readonly pass: Pick<Pass, 'number' | 'kind'>;
  readonly indexes: readonly number[];
}

/** The rows of batches as they came, one blob for each batch. */
export interface RowStore {
  open(batchId: string): RowWriter;
  /** @throws MeetingError `storageUnavailable`, also when the blob is gone. */
  readChunk(rows: StoredRows, chunk: number): Promise<string>;
  remove(blob: string): Promise<void>;
  /** Keeps a workbook as it came; gives the name of its blob. */
  keepWorkbook(batchId: string, bytes: Uint8Array): Promise<string>;
  /** @throws MeetingError `storageUnavailable`, also when the blob is gone. */
  readWorkbook(blob: string): Promise<Uint8Array>;
  /** Blobs of days before this one (`2026-12-01`). */
  listBefore(day: string): AsyncIterable<StoredBlob>;
}

export interface RowWriter {
  addChunk(text: string): Promise<void>;
  /** Stores everything in one call. */
  finish(): Promise<StoredRows>;
}

export interface StoredBlob {
  readonly blob: string;
  readonly batchId: string;
}

/** The batches queue: a batch has something to do. */
export interface BatchQueue {
  /** `delayMs`: how long nobody sees the message. */
  enqueue(batchId: string, sequence: number, delayMs?: number): Promise<void>;
}

/** Says that a batch is done, on the queue of the results. */
export interface CompletionPublisher {
  publishCompleted(message: BatchCompleted): Promise<void>;
}

/** The message after a batch's last result. */
export interface BatchCompleted {
  readonly type: 'batchCompleted';
  readonly batchId: string;
  readonly counts: { readonly total: number; readonly rejected: number } & Counts;
  readonly cancelled: boolean;
  /** Absent the first time. */
  readonly pass?: Pick<Pass, 'number' | 'kind'>;
  readonly acceptedDateTime: string;
  readonly startedDateTime: string;
  readonly completedDateTime: string;
}

/** Records of a CSV text, one by one. @throws MeetingError `invalidRequest` where the text is not CSV. */
export type CsvReader = (bytes: Uint8Array, delimiter: string) => AsyncIterable<readonly string[]>;

/** Workbooks (.xlsx). @throws MeetingError `invalidRequest` or `requestTooLarge` where one cannot be read. */
export interface Workbooks {
  open(bytes: Uint8Array): OpenedWorkbook;
  /** The same workbook with columns added to one of its sheets. */
  addColumns(bytes: Uint8Array, added: AddedColumns): Promise<Uint8Array>;
  /** A new workbook. */
  create(sheet: NewSheet): Uint8Array;
}

export interface OpenedWorkbook {
  /** In their order, those that are hidden too. */
  readonly sheets: readonly Sheet[];
  readonly extension: Extension;
  rows(sheet: Sheet): AsyncIterable<SheetRow>;
  merges(sheet: Sheet): readonly CellRange[];
}
