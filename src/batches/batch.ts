import type { MeetingStatus } from '../results/meeting-result';

/** Rows that are stored, sent and counted together. */
export const chunkSize = 100;

/**
 * `accepted`: stored and announced. `running`: its rows are sent, chunk by chunk. `completing`: every row has its result, and
 * the message that says so is on its way. `finished`: that message is on the results queue.
 */
export type BatchState = 'accepted' | 'running' | 'completing' | 'finished';

/** Rows by how they ended. */
export type Tally = Readonly<Record<MeetingStatus, number>>;

export interface RowError {
  readonly index: number;
  readonly requestId: string;
  readonly code: string;
  readonly message: string;
}

/** A chunk whose rows are on the requests queue and do not all have their results yet. */
export interface OpenChunk {
  readonly chunk: number;
  readonly sentDateTime: string;
}

/**
 * Whose turn it is to work on a batch: each message that announces it carries the next number and a ticket of its own.
 * Of two messages with one number only the first that is seen counts, so that a batch is worked on by one at a time.
 */
export interface Turn {
  readonly number: number;
  readonly ticket: string;
}

/** Where the rows of a batch are: one blob, in which each chunk is a piece that can be read alone. */
export interface StoredRows {
  readonly blob: string;
  /** Length of each chunk's piece, in bytes. */
  readonly chunkBytes: readonly number[];
}

/** How a batch came as CSV, so that its results can go back in the same form. */
export interface CsvForm {
  readonly delimiter: string;
  readonly header: readonly string[];
}

/** Which sheet of a workbook a batch came as. */
export interface SheetForm {
  readonly name: string;
  /** The row that names the columns, from 1. */
  readonly headerRow: number;
  /** What the file's name ends in. */
  readonly extension: string;
}

/** The workbook that a batch came as, so that its results can go back in it. */
export interface StoredWorkbook extends SheetForm {
  readonly blob: string;
}

/** One batch: how far it has come. Its rows are elsewhere. */
export interface Batch {
  readonly batchId: string;
  readonly state: BatchState;
  /** SHA-256 of what was sent, base64url: tells a repeated call from another one under the same key. */
  readonly contentHash: string;
  /** Sent under an Idempotency-Key, so that the caller who got no answer asks again for this very batch. */
  readonly repeatable: boolean;
  /** SHA-256 of each token that was handed out, base64url. */
  readonly tokenHashes: readonly string[];
  readonly total: number;
  /** Rows that were wrong when they came; they are among the failed ones in the end. */
  readonly rejected: number;
  readonly rows: StoredRows;
  readonly csv?: CsvForm;
  readonly workbook?: StoredWorkbook;
  readonly turn: Turn;
  /** Chunks from the first on that have been sent. */
  readonly sentChunks: number;
  readonly openChunks: readonly OpenChunk[];
  /** Of the chunks that are sent and no longer open. */
  readonly tally: Tally;
  readonly firstErrors: readonly RowError[];
  readonly acceptedDateTime: string;
  /** The trace of the call that brought it: its requests go on with it. */
  readonly traceparent?: string;
  readonly startedDateTime?: string;
  readonly cancelledDateTime?: string;
  readonly completedDateTime?: string;
  /** The last sign of life of whoever works on it. */
  readonly seenDateTime: string;
  /** When a chunk was last sent or found complete. */
  readonly movedDateTime: string;
}

export const noRows: Tally = { created: 0, existing: 0, failed: 0, unknown: 0 };

export const countOf = (tally: Tally): number =>
  tally.created + tally.existing + tally.failed + tally.unknown;

export const chunkOf = (index: number): number => Math.floor(index / chunkSize);

export const chunkCount = ({ total }: Pick<Batch, 'total'>): number => Math.ceil(total / chunkSize);

export const sizeOfChunk = ({ total }: Pick<Batch, 'total'>, chunk: number): number =>
  Math.max(0, Math.min(chunkSize, total - chunk * chunkSize));

export interface Span {
  /** Bytes from the start of the blob. */
  readonly offset: number;
  readonly length: number;
}

export function spanOfChunk({ chunkBytes }: StoredRows, chunk: number): Span {
  const offset = chunkBytes.slice(0, chunk).reduce((sum, length) => sum + length, 0);
  return { offset, length: chunkBytes[chunk] ?? 0 };
}

/** Ids are given out by Convoke: a UUID, or a base64url SHA-256. */
export const isBatchId = (text: string): boolean => /^[\w-]{36,43}$/.test(text);
