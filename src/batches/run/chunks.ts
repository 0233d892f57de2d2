import {
  meetingStatuses,
  type MeetingStatus,
  type PreviewOutcome,
} from '../../results/meeting-result';
import {
  countOf,
  noRows,
  sizeOfChunk,
  chunkCount,
  type Batch,
  type RowError,
  type Counts,
  type OutcomeCounts,
} from '../batch';

/** How one row ended. */
export interface RowOutcome {
  readonly index: number;
  readonly requestId: string;
  readonly status: MeetingStatus;
  /** Of its error, if it has one. */
  readonly code?: string;
  readonly message?: string;
  /** Of a row that was only looked at. */
  readonly outcome?: PreviewOutcome;
}

export type Outcomes = ReadonlyMap<number, readonly RowOutcome[]>;

/** Errors that a batch's status shows; the rest stand in its results. */
export const shownErrors = 10;
/** Every poll reads each open chunk, so stragglers may hold only so many. */
const maxOpenChunks = 40;

export function countsOf(outcomes: Iterable<RowOutcome>): Counts {
  const counts: Record<MeetingStatus, number> = { ...noRows };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}

/** A batch that an earlier version counted has fewer statuses. */
export const addCounts = (one: Partial<Counts>, other: Partial<Counts>): Counts =>
  Object.fromEntries(
    meetingStatuses.map((status) => [status, (one[status] ?? 0) + (other[status] ?? 0)]),
  ) as Counts;

export function addOutcomes(known: OutcomeCounts, rows: Iterable<RowOutcome>): OutcomeCounts {
  const counts: Record<PreviewOutcome, number> = { ...known };
  for (const { outcome } of rows) if (outcome !== undefined) counts[outcome] += 1;
  return counts;
}

/** Chunks that have all their results are counted and no longer open. Gives the same object when there are none. */
export function closeFullChunks(batch: Batch, outcomes: Outcomes, now: string): Batch {
  const isFull = (chunk: number): boolean =>
    (outcomes.get(chunk)?.length ?? 0) >= sizeOfChunk(batch, chunk);
  const full = batch.openChunks.filter(({ chunk }) => isFull(chunk));
  if (full.length === 0) return batch;
  const rows = full.flatMap(({ chunk }) => outcomes.get(chunk) ?? []);
  return {
    ...batch,
    openChunks: batch.openChunks.filter(({ chunk }) => !isFull(chunk)),
    counts: addCounts(batch.counts, countsOf(rows)),
    ...(batch.outcomes !== undefined && { outcomes: addOutcomes(batch.outcomes, rows) }),
    firstErrors: withErrors(batch.firstErrors, rows),
    movedDateTime: now,
  };
}

/** The first errors, with those of these rows in place of what was known of them. */
export function withErrors(
  known: readonly RowError[],
  rows: readonly RowOutcome[],
): readonly RowError[] {
  const errors = new Map(known.map((error) => [error.index, error]));
  for (const { index, requestId, code, message = '' } of rows) {
    const before = errors.get(index);
    if (code === undefined) errors.delete(index);
    else if (before?.code !== code) errors.set(index, { index, requestId, code, message });
  }
  return [...errors.values()].sort((one, other) => one.index - other.index).slice(0, shownErrors);
}

/** Rows that are on the requests queue and have no result yet. */
export const outstandingRows = (batch: Batch, outcomes: Outcomes): number =>
  batch.openChunks.reduce(
    (sum, { chunk }) => sum + sizeOfChunk(batch, chunk) - (outcomes.get(chunk)?.length ?? 0),
    0,
  );

/**
 * The chunk to send next, if the window of outstanding rows has room for it. A cancelled batch's rows are answered, not sent,
 * so they need no room.
 */
export function nextChunk(batch: Batch, outstanding: number, window: number): number | undefined {
  const chunk = batch.sentChunks;
  if (chunk >= chunkCount(batch)) return undefined;
  const fits =
    outstanding + sizeOfChunk(batch, chunk) <= window && batch.openChunks.length < maxOpenChunks;
  return fits || batch.cancelledDateTime !== undefined ? chunk : undefined;
}

/** This chunk has been sent just now, for the first time or again. */
export function markSent(batch: Batch, chunk: number, now: string): Batch {
  const before = batch.openChunks.find((open) => open.chunk === chunk);
  return {
    ...batch,
    sentChunks: Math.max(batch.sentChunks, chunk + 1),
    openChunks: [
      ...batch.openChunks.filter((open) => open.chunk !== chunk),
      { chunk, firstSentDateTime: before?.firstSentDateTime ?? now, sentDateTime: now },
    ],
    movedDateTime: now,
  };
}

/** After this time without its results a chunk is sent again, in milliseconds. */
const overdueMs = 2 * 3_600_000;

/**
 * A chunk whose rows should long have had results: their messages may have been taken off the queue. More often they wait there,
 * and every copy makes the wait longer, so the time doubles.
 */
export const overdueChunk = ({ openChunks }: Batch, now: number): number | undefined =>
  openChunks.find(({ firstSentDateTime, sentDateTime }) => {
    const sent = Date.parse(sentDateTime);
    return now - sent > Math.max(overdueMs, sent - Date.parse(firstSentDateTime));
  })?.chunk;

export const hasAllResults = (batch: Batch): boolean => countOf(batch.counts) >= batch.total;

/** Shortest and longest pause between two polls of a batch without progress, in milliseconds. */
const minPauseMs = 1_000;
const maxPauseMs = 15_000;

/** How long to leave a batch alone that has made no progress for some time, in milliseconds. */
export const pauseFor = (idleMs: number): number =>
  Math.min(maxPauseMs, Math.max(minPauseMs, Math.round(idleMs / 4)));
