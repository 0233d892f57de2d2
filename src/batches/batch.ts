import {
  meetingStatuses,
  previewOutcomes,
  type MeetingStatus,
  type PreviewOutcome,
} from '../results/meeting-result';

/** Rows that are stored, sent and counted together. */
export const chunkSize = 100;

/**
 * `accepted`: stored, and its message is being sent. `running`: its rows are sent, chunk by chunk. `completing`: every
 * row has its result, and `batchCompleted` is being sent. `finished`: `batchCompleted` is on the results queue.
 */
type BatchState = 'accepted' | 'running' | 'completing' | 'finished';

/** Number of rows by result status. */
export type Counts = Readonly<Record<MeetingStatus, number>>;

/**
 * Maximum length of an error in a batch's status, in characters, because the status is written many times. The results
 * have the whole message.
 */
export const maxErrorLength = 200;

/** An error in a batch's status; `index` from 0, `message` up to `maxErrorLength`. */
export interface RowError {
  readonly index: number;
  /**
   * As the caller counts: the row of the sheet, or the position in the list, from 1. Present for rows that were invalid
   * on arrival.
   */
  readonly row?: number;
  readonly requestId: string;
  readonly code: string;
  readonly message: string;
}

/** Number of rows of a preview by predicted outcome. */
export type OutcomeCounts = Readonly<Record<PreviewOutcome, number>>;

/** Zero for every outcome. */
export const noOutcomes = Object.fromEntries(
  previewOutcomes.map((outcome) => [outcome, 0]),
) as OutcomeCounts;

/** A chunk whose rows are queued or being carried out and do not all have their results yet. */
export interface OpenChunk {
  readonly chunk: number;
  readonly firstSentDateTime: string;
  readonly sentDateTime: string;
  /** Fencing token of the holder that carries out the rows itself. Void once another holder has the lease. */
  readonly carriedOutUnder?: string;
}

/** A message of the batches queue: there is work for this batch. */
export interface BatchMessage {
  readonly batchId: string;
  /** One more than the sequence of the lease under which the message was sent. */
  readonly sequence: number;
  /** Assigned by the queue. Of two messages with the same sequence, the first one received counts. */
  readonly messageId: string;
}

/** The right to advance a batch. Every delivery of a message takes a new lease, and the previous holder loses the batch. */
export interface Lease {
  readonly sequence: number;
  /** The message that took the lease; it may be delivered again. */
  readonly messageId: string;
  /** Unique to the delivery: only the instance whose token is stored in the batch may write to it. */
  readonly fencingToken: string;
}

/** A pass over finished rows: tries failed rows again, or cancels the meetings that the batch has made. */
export interface Pass {
  /** From 1. */
  readonly number: number;
  readonly kind: 'retry' | 'undo';
  readonly startedDateTime: string;
  /** Also tries rows again whose meeting may exist. */
  readonly isConfirmed?: true;
  /** For an undo: the comment for the invited people. */
  readonly comment?: string;
  /** Chunks that the pass has not reached yet. */
  readonly waitingChunks: readonly number[];
}

/** Where the rows of a batch are stored: one blob with a separately readable piece for each chunk. */
export interface StoredRows {
  readonly blob: string;
  /** Length of each chunk's piece, in bytes. */
  readonly chunkBytes: readonly number[];
}

/** The CSV format of a batch, so that its results can be returned in the same format. */
export interface CsvForm {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** The column, from 1, with the ids of the rows. */
  readonly idColumn?: number;
  /** Whether cells were corrected before the batch was sent. */
  readonly isCorrected?: boolean;
  /** The row of the header, from 1, and the rows above it with titles and notes. Only for a sheet sent as CSV. */
  readonly headerRow?: number;
  readonly above?: readonly (readonly string[])[];
}

/** The sheet of the workbook that holds the rows of a batch. */
export interface SheetForm {
  readonly name: string;
  /** The row that names the columns, from 1. */
  readonly headerRow: number;
  /** The extension of the file name. */
  readonly extension: string;
}

/** The workbook that a batch came from, so that its results can be added to it. */
export interface StoredWorkbook extends SheetForm {
  readonly blob: string;
}

/** The user who sent a batch from the page, and the file. */
export interface BatchOrigin {
  /** Object id of the user. */
  readonly callerId: string;
  readonly callerName: string;
  readonly fileName: string;
}

/** The state of one batch. Its rows are stored separately. */
export interface Batch {
  readonly batchId: string;
  readonly state: BatchState;
  /** SHA-256 of the submission, base64url. Distinguishes a repeated call from a different one with the same key. */
  readonly contentHash: string;
  /** SHA-256 of each issued token, base64url. */
  readonly tokenHashes: readonly string[];
  /** 256 random bits that only the batch's row messages carry. Absent in batches accepted by an earlier version. */
  readonly rowToken?: string;
  readonly total: number;
  /** Number of rows that were invalid on arrival; in the end they count as failed. */
  readonly rejected: number;
  readonly rows: StoredRows;
  readonly csv?: CsvForm;
  readonly workbook?: StoredWorkbook;
  readonly origin?: BatchOrigin;
  readonly lease: Lease;
  /** Number of chunks that have been sent. */
  readonly sentChunks: number;
  readonly openChunks: readonly OpenChunk[];
  /** Counts of the chunks that were sent and are closed. */
  readonly counts: Counts;
  /** The share in `counts` of each chunk with a row that a retry can change, in the order of the statuses. */
  readonly chunkCounts?: Readonly<Record<string, readonly number[]>>;
  /** The last one. */
  readonly pass?: Pass;
  /** Number of rows whose meeting the last undo could not cancel. */
  readonly notUndone?: number;
  /** The batch is being removed; no operation on it is possible. */
  readonly isBeingRemoved?: true;
  readonly firstErrors: readonly RowError[];
  /** For a preview: the predicted outcomes of the rows counted so far. */
  readonly outcomes?: OutcomeCounts;
  readonly acceptedDateTime: string;
  /** The trace of the call that submitted the batch; its requests continue it. */
  readonly traceparent?: string;
  readonly startedDateTime?: string;
  readonly cancelledDateTime?: string;
  readonly completedDateTime?: string;
  /** When an instance last took its lease. */
  readonly seenDateTime: string;
  /** When it was last queued again because no instance had taken it for too long. */
  readonly resumedDateTime?: string;
  /** When a chunk was last sent or closed. */
  readonly movedDateTime: string;
}

/** Whether every row is counted. From then on, the counts are only reported. */
export const hasEnded = ({ state }: Pick<Batch, 'state'>): boolean =>
  state === 'completing' || state === 'finished';

/**
 * The entry in the list of active batches. Each pass has its own, so that ending one pass does not remove the entry of
 * a later one.
 */
export const activeEntryOf = ({ batchId, pass }: Pick<Batch, 'batchId' | 'pass'>): string =>
  pass === undefined ? batchId : `${batchId}~${pass.number}`;

/** The batch id in an entry of the list of active batches; see `activeEntryOf`. */
export const batchIdOf = (activeEntry: string): string => activeEntry.split('~', 1)[0] ?? '';

/** Zero for every status. */
export const noRows = Object.fromEntries(meetingStatuses.map((status) => [status, 0])) as Counts;

/** Adds up the rows of all statuses. */
export const countOf = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Whether the rows are only checked, and no meeting is made. */
export const isPreview = ({ outcomes }: Pick<Batch, 'outcomes'>): boolean => outcomes !== undefined;

/** The chunk, from 0, of the row with this index. */
export const chunkOf = (index: number): number => Math.floor(index / chunkSize);

/** Returns the number of chunks; the last one may be smaller than `chunkSize`. */
export const chunkCount = ({ total }: Pick<Batch, 'total'>): number => Math.ceil(total / chunkSize);

/** Returns the number of rows in a chunk; 0 after the last one. */
export const sizeOfChunk = ({ total }: Pick<Batch, 'total'>, chunk: number): number =>
  Math.max(0, Math.min(chunkSize, total - chunk * chunkSize));

/** A range of bytes in the blob of rows. */
interface ByteRange {
  /** Bytes from the start of the blob. */
  readonly offset: number;
  readonly length: number;
}

/** Returns where the rows of a chunk are in the blob; length 0 if there is no such chunk. */
export function rangeOfChunk({ chunkBytes }: StoredRows, chunk: number): ByteRange {
  const offset = chunkBytes.slice(0, chunk).reduce((sum, length) => sum + length, 0);
  return { offset, length: chunkBytes[chunk] ?? 0 };
}

/** Convoke generates batch ids: a UUID, or a base64url SHA-256. */
export const isBatchId = (text: string): boolean => /^[\w-]{36,43}$/.test(text);
