import {
  meetingStatuses,
  previewOutcomes,
  type MeetingStatus,
  type PreviewOutcome,
} from '../results/meeting-result';

/** Rows that are stored, sent and counted together. */
export const chunkSize = 100;

/**
 * `accepted`: stored, and its message is on its way. `running`: its rows are sent, chunk by chunk. `completing`: every row has its result, and
 * the message that says so is on its way. `finished`: that message is on the results queue.
 */
export type BatchState = 'accepted' | 'running' | 'completing' | 'finished';

/** Rows by how they ended. */
export type Counts = Readonly<Record<MeetingStatus, number>>;

/** Of an error in a batch's status, in characters, since that is written many times. The results have the whole message. */
export const maxErrorLength = 200;

export interface RowError {
  readonly index: number;
  /** As the caller counts: the row of the sheet, or the place in the list, from 1. Known of rows that were wrong when they came. */
  readonly row?: number;
  readonly requestId: string;
  readonly code: string;
  readonly message: string;
}

/** Rows of a preview by what would become of them. */
export type OutcomeCounts = Readonly<Record<PreviewOutcome, number>>;

export const noOutcomes = Object.fromEntries(
  previewOutcomes.map((outcome) => [outcome, 0]),
) as OutcomeCounts;

/** A chunk whose rows are on the requests queue, or are being carried out, and do not all have their results yet. */
export interface OpenChunk {
  readonly chunk: number;
  readonly firstSentDateTime: string;
  readonly sentDateTime: string;
  /** Fencing token of the holder that carries out its rows itself. Once the lease is another's, nobody does. */
  readonly carriedOutUnder?: string;
}

/** A message of the batches queue: the batch has something to do. */
export interface BatchMessage {
  readonly batchId: string;
  /** One more than that of the lease under which the message was put there. */
  readonly sequence: number;
  /** Given by the queue. Of two messages with one sequence the first that is seen counts. */
  readonly messageId: string;
}

/** The right to advance a batch. Every delivery of a message takes a lease of its own, and takes the batch from the previous holder. */
export interface Lease {
  readonly sequence: number;
  /** The message that took it, which may be delivered again. */
  readonly messageId: string;
  /** Unique to the delivery: only the instance whose token is stored in the batch may write to it. */
  readonly fencingToken: string;
}

/** Goes over rows that have ended: tries those again that failed, or cancels the meetings that the batch has made. */
export interface Pass {
  /** From 1. */
  readonly number: number;
  readonly kind: 'retry' | 'undo';
  readonly startedDateTime: string;
  /** Rows are tried again too whose meeting may exist. */
  readonly isConfirmed?: true;
  /** Of an undo: what the invited people are told. */
  readonly comment?: string;
  /** Chunks that it has not reached yet. */
  readonly waitingChunks: readonly number[];
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
  /** Some of its cells were corrected before it was sent. */
  readonly isCorrected?: boolean;
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

/** Who sent a batch from the page, and the file it was. */
export interface BatchOrigin {
  /** Object id of the user. */
  readonly callerId: string;
  readonly callerName: string;
  readonly fileName: string;
}

/** One batch: how far it has come. Its rows are elsewhere. */
export interface Batch {
  readonly batchId: string;
  readonly state: BatchState;
  /** SHA-256 of what was sent, base64url: tells a repeated call from another one under the same key. */
  readonly contentHash: string;
  /** SHA-256 of each token that was handed out, base64url. */
  readonly tokenHashes: readonly string[];
  /** 256 random bits that only the batch's row messages carry. A batch that an earlier version accepted has none. */
  readonly rowToken?: string;
  readonly total: number;
  /** Rows that were wrong when they came; they are among the failed ones in the end. */
  readonly rejected: number;
  readonly rows: StoredRows;
  readonly csv?: CsvForm;
  readonly workbook?: StoredWorkbook;
  readonly origin?: BatchOrigin;
  readonly lease: Lease;
  /** Chunks from the first on that have been sent. */
  readonly sentChunks: number;
  readonly openChunks: readonly OpenChunk[];
  /** Of the chunks that are sent and no longer open. */
  readonly counts: Counts;
  /** What chunks with a row that a retry can move have in `counts`, in the order of the statuses. */
  readonly chunkCounts?: Readonly<Record<string, readonly number[]>>;
  /** The last one. */
  readonly pass?: Pass;
  /** Rows whose meeting the last undo could not cancel. */
  readonly notUndone?: number;
  /** Nothing can be done with it any more. */
  readonly isBeingRemoved?: true;
  readonly firstErrors: readonly RowError[];
  /** Of a preview: what would become of the rows that are counted. */
  readonly outcomes?: OutcomeCounts;
  readonly acceptedDateTime: string;
  /** The trace of the call that brought it; its requests continue it. */
  readonly traceparent?: string;
  readonly startedDateTime?: string;
  readonly cancelledDateTime?: string;
  readonly completedDateTime?: string;
  /** When an instance last took it up. */
  readonly seenDateTime: string;
  /** When it was last put on the queue again, since nobody had taken it up for long. */
  readonly resumedDateTime?: string;
  /** When a chunk was last sent or found complete. */
  readonly movedDateTime: string;
}

/** Every row is counted: from here on only what was counted is reported. */
export const hasEnded = ({ state }: Pick<Batch, 'state'>): boolean =>
  state === 'completing' || state === 'finished';

/** The entry in the list of active batches: each pass has one of its own, so that nobody removes that of a later one. */
export const activeEntryOf = ({ batchId, pass }: Pick<Batch, 'batchId' | 'pass'>): string =>
  pass === undefined ? batchId : `${batchId}~${pass.number}`;

export const batchIdOf = (activeEntry: string): string => activeEntry.split('~', 1)[0] ?? '';

export const noRows = Object.fromEntries(meetingStatuses.map((status) => [status, 0])) as Counts;

export const countOf = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export const isPreview = ({ outcomes }: Pick<Batch, 'outcomes'>): boolean => outcomes !== undefined;

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
