import type { AddedColumns, NewSheet, Sheet, SheetRow, Extension, CellRange } from '../workbook';
import type { MeetingResult } from '../results/meeting-result';
import type { Batch, Counts, Pass, StoredRows } from './batch';
import type { RowOutcome } from './outcomes/row-outcome';

/** A batch as stored, with its version. */
export interface StoredBatch {
  readonly batch: Batch;
  /** Changes with every write. */
  readonly etag: string;
}

/** One row for each batch, updated by its ETag. */
export interface BatchLedger {
  /** Returns the stored batch, with `inserted: false`, if it already exists. */
  insert(batch: Batch): Promise<StoredBatch & { readonly inserted: boolean }>;
  read(batchId: string): Promise<StoredBatch | undefined>;
  /** Undefined if another instance wrote first, or the batch is gone. */
  replace(etag: string, next: Batch): Promise<StoredBatch | undefined>;
  remove(batchId: string): Promise<void>;
}

/** Lists of batches by state, so that nothing has to scan the whole table. */
export interface BatchIndex {
  /** Called before the batch is inserted, so that no stored batch is unlisted. */
  addActive(entry: string, acceptedDateTime: string): Promise<void>;
  /** Does nothing if the entry was rewritten since it was listed. */
  removeActive(active: ActiveBatch): Promise<void>;
  listActive(): AsyncIterable<ActiveBatch>;
  /**
   * Called before a batch gets its `completedDateTime`, which must be later. Until the batch is on the list of finished
   * ones, readers of that list stop at this time. Only the first call has an effect.
   */
  markEnding(entry: string, time: string): Promise<void>;
  /** Moves an entry from the active to the finished batches; may be repeated. */
  moveToFinished(entry: string, end: BatchEnd): Promise<void>;
  listFinished(completedBefore: string): AsyncIterable<FinishedBatch>;
  removeFinished(finished: FinishedBatch): Promise<void>;
}

/** An entry in the list of batches that have not ended. */
export interface ActiveBatch {
  /** As `activeEntryOf` returns it. */
  readonly entry: string;
  readonly batchId: string;
  readonly acceptedDateTime: string;
  readonly etag: string;
}

/** One end of a batch. A batch ends again after each pass over its rows. */
export interface BatchEnd {
  readonly completedDateTime: string;
  /** The pass that ended; absent the first time. */
  readonly pass?: number;
}

/** An entry in the list of finished batches. */
export interface FinishedBatch extends BatchEnd {
  readonly batchId: string;
}

/** The batches that a user sent from the page, newest first. */
export interface CallerBatches {
  /** May be repeated. */
  add(batch: CallerBatch): Promise<void>;
  list(callerId: string): AsyncIterable<string>;
  remove(batch: CallerBatch): Promise<void>;
}

/** An entry in a user's list of batches; `callerId` is the object id of the user. */
export interface CallerBatch {
  readonly callerId: string;
  readonly batchId: string;
  readonly acceptedDateTime: string;
}

/** The results of a batch's rows, one entry for each row, stored chunk by chunk. */
export interface BatchProgress {
  /**
   * Records a result that has a batchId and an index; may be repeated. Keeps the row's result if the new one does not
   * supersede it. Returns false if the row was waiting for a result; true if it had one, which may already be counted.
   */
  record(result: MeetingResult): Promise<boolean>;
  /** Records the predicted outcomes of one chunk of a preview in one write; may be repeated. */
  recordPreviews(results: readonly MeetingResult[]): Promise<void>;
  outcomes(batchId: string, chunk: number): Promise<readonly RowOutcome[]>;
  results(batchId: string, chunk: number): Promise<readonly MeetingResult[]>;
  /** Marks the results of rows as out of date: this pass will give them another. May be repeated. */
  reopen(batchId: string, chunk: number, reopened: ReopenedRows): Promise<void>;
  remove(batchId: string, chunk: number): Promise<void>;
}

/** Rows of one chunk, by their index in the batch, and the pass that gives them another result. */
export interface ReopenedRows {
  readonly pass: Pick<Pass, 'number' | 'kind'>;
  readonly indexes: readonly number[];
}

/** The rows of batches as submitted, one blob for each batch. */
export interface RowStore {
  open(batchId: string): RowWriter;
  /** @throws MeetingError `storageUnavailable`, also when the blob is gone. */
  readChunk(rows: StoredRows, chunk: number): Promise<string>;
  remove(blob: string): Promise<void>;
  /** Stores a workbook unchanged; returns the name of its blob. */
  keepWorkbook(batchId: string, bytes: Uint8Array): Promise<string>;
  /** @throws MeetingError `storageUnavailable`, also when the blob is gone. */
  readWorkbook(blob: string): Promise<Uint8Array>;
  /** Blobs of the days before this one (`2026-12-01`). */
  listBefore(day: string): AsyncIterable<StoredBlob>;
}

/** Writes the rows of one batch, chunk by chunk. */
export interface RowWriter {
  addChunk(text: string): Promise<void>;
  /** Stores all chunks in one call. */
  finish(): Promise<StoredRows>;
}

/** A blob with the rows of a batch, or with its workbook. */
export interface StoredBlob {
  readonly blob: string;
  readonly batchId: string;
}

/** The batches queue: a message means work for a batch. */
export interface BatchQueue {
  /** `delayMs`: how long the message stays invisible. */
  enqueue(batchId: string, sequence: number, delayMs?: number): Promise<void>;
}

/** Announces the end of a batch on the results queue. */
export interface CompletionPublisher {
  publishCompleted(message: BatchCompleted): Promise<void>;
}

/** The message after a batch's last result. */
export interface BatchCompleted {
  readonly type: 'batchCompleted';
  readonly batchId: string;
  readonly counts: { readonly total: number; readonly rejected: number } & Counts;
  readonly cancelled: boolean;
  /** Absent at the first end. */
  readonly pass?: Pick<Pass, 'number' | 'kind'>;
  readonly acceptedDateTime: string;
  readonly startedDateTime: string;
  readonly completedDateTime: string;
}

/** Reads the records of a CSV text one by one. @throws MeetingError `invalidRequest` if the text is not CSV. */
export type CsvReader = (bytes: Uint8Array, delimiter: string) => AsyncIterable<readonly string[]>;

/** Workbooks (.xlsx). @throws MeetingError `invalidRequest` or `requestTooLarge` if one cannot be read. */
export interface Workbooks {
  open(bytes: Uint8Array): OpenedWorkbook;
  /** Returns the workbook with columns added to one of its sheets. */
  addColumns(bytes: Uint8Array, added: AddedColumns): Promise<Uint8Array>;
  /** A new workbook. */
  create(sheet: NewSheet): Uint8Array;
}

/** A workbook that is being read. Errors of its cells appear only while `rows` is iterated. */
export interface OpenedWorkbook {
  /** In order, including hidden sheets. */
  readonly sheets: readonly Sheet[];
  readonly extension: Extension;
  rows(sheet: Sheet): AsyncIterable<SheetRow>;
  merges(sheet: Sheet): readonly CellRange[];
}
