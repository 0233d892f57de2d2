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
  type OpenChunk,
  type OutcomeCounts,
  type Pass,
} from '../batch';

/** How one row ended. */
export interface RowOutcome {
  readonly index: number;
  readonly requestId: string;
  readonly status: MeetingStatus;
  /** Code of its error, if any. */
  readonly code?: string;
  readonly message?: string;
  /** Present for a row of a preview. */
  readonly outcome?: PreviewOutcome;
  /** The last pass that reopened the row, if any. */
  readonly pass?: number;
  readonly reopenedBy?: Pass['kind'];
  /** The result is out of date and does not count; another will follow. */
  readonly isAwaited?: true;
}

/** Whether an undo failed to cancel the meeting of this row. */
export const isNotUndone = ({ reopenedBy, status }: RowOutcome): boolean =>
  reopenedBy === 'undo' && status !== 'cancelled';

export const hasEndedRow = ({ isAwaited }: RowOutcome): boolean => isAwaited !== true;

/** The outcomes of open chunks, by chunk. */
export type Outcomes = ReadonlyMap<number, readonly RowOutcome[]>;

/** Maximum number of errors in a batch's status; the rest are in its results. */
export const shownErrors = 10;
/** Maximum number of open chunks, because every poll reads each of them. */
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

/** Counts and closes the chunks that have all their results. Returns the same object if there are none. */
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
    ...chunkCountsOf(batch, full, outcomes),
    ...(batch.pass?.kind === 'undo' && {
      notUndone: (batch.notUndone ?? 0) + rows.filter(isNotUndone).length,
    }),
    ...(batch.outcomes !== undefined && { outcomes: addOutcomes(batch.outcomes, rows) }),
    firstErrors: withErrors(batch.firstErrors, rows),
    movedDateTime: now,
  };
}

/** Keeps the counts of chunks with rows that a retry can change. */
function chunkCountsOf(
  { chunkCounts = {} }: Batch,
  full: readonly OpenChunk[],
  outcomes: Outcomes,
): Pick<Batch, 'chunkCounts'> {
  const movable = full.flatMap(({ chunk }) => {
    const counts = countsOf(outcomes.get(chunk) ?? []);
    return canBeRetried(counts) ? [[String(chunk), toList(counts)] as const] : [];
  });
  return movable.length === 0
    ? {}
    : { chunkCounts: { ...chunkCounts, ...Object.fromEntries(movable) } };
}

const canBeRetried = ({ failed, unknown }: Counts): boolean => failed + unknown > 0;

const toList = (counts: Counts): readonly number[] =>
  meetingStatuses.map((status) => counts[status]);

const fromList = (counted: readonly number[]): Counts =>
  Object.fromEntries(
    meetingStatuses.map((status, place) => [status, counted[place] ?? 0]),
  ) as Counts;

const subtractCounts = (one: Counts, other: Counts): Counts =>
  addCounts(
    one,
    Object.fromEntries(meetingStatuses.map((status) => [status, -other[status]])) as Counts,
  );

/** The batch without the counts of these chunks. */
export function withoutChunks(batch: Batch, chunks: readonly number[]): Batch {
  const left = { ...batch.chunkCounts };
  let { counts } = batch;
  for (const chunk of chunks) {
    counts = subtractCounts(counts, fromList(left[chunk] ?? []));
    delete left[chunk];
  }
  return { ...batch, counts, chunkCounts: left };
}

/** The batch with a closed chunk counted again; the same object if nothing has changed. */
export function recountChunk(batch: Batch, chunk: number, rows: readonly RowOutcome[]): Batch {
  const known = batch.chunkCounts?.[chunk];
  const counts = countsOf(rows);
  if (known === undefined || String(known) === String(toList(counts))) return batch;
  const { chunkCounts = {}, ...others } = withoutChunks(batch, [chunk]);
  return {
    ...others,
    counts: addCounts(others.counts, counts),
    chunkCounts: canBeRetried(counts) ? { ...chunkCounts, [chunk]: toList(counts) } : chunkCounts,
    firstErrors: withErrors(batch.firstErrors, rows),
  };
}

/** The first errors of the batch, with these rows' errors updated. */
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

/** Number of rows that are on the requests queue and have no result yet. */
export const outstandingRows = (batch: Batch, outcomes: Outcomes): number =>
  batch.openChunks.reduce(
    (sum, { chunk }) => sum + sizeOfChunk(batch, chunk) - (outcomes.get(chunk)?.length ?? 0),
    0,
  );

/**
 * The chunk to send next, if the window of outstanding rows has room for it. Rows of a cancelled batch get their
 * results at once, so they need no room.
 */
export function nextChunk(batch: Batch, outstanding: number, window: number): number | undefined {
  const chunk = batch.pass?.waitingChunks[0] ?? batch.sentChunks;
  if (chunk >= chunkCount(batch)) return undefined;
  const fits =
    outstanding + sizeOfChunk(batch, chunk) <= window && batch.openChunks.length < maxOpenChunks;
  return fits || batch.cancelledDateTime !== undefined ? chunk : undefined;
}

const withoutChunk = (pass: Pass, chunk: number): Pass => ({
  ...pass,
  waitingChunks: pass.waitingChunks.filter((other) => other !== chunk),
});

/** Records that this chunk was sent, for the first time or again. Returns the same object if the chunk has been counted since. */
export function markSent(batch: Batch, chunk: number, now: string): Batch {
  if (isCounted(batch, chunk)) return batch;
  const before = batch.openChunks.find((open) => open.chunk === chunk);
  return {
    ...batch,
    sentChunks: Math.max(batch.sentChunks, chunk + 1),
    ...(batch.pass !== undefined && { pass: withoutChunk(batch.pass, chunk) }),
    openChunks: [
      ...batch.openChunks.filter((open) => open.chunk !== chunk),
      { chunk, firstSentDateTime: before?.firstSentDateTime ?? now, sentDateTime: now },
    ],
    movedDateTime: now,
  };
}

/** Whether all its results are in the counts: opening it again would count them twice. */
const isCounted = ({ sentChunks, openChunks, pass }: Batch, chunk: number): boolean =>
  chunk < sentChunks &&
  !openChunks.some((open) => open.chunk === chunk) &&
  pass?.waitingChunks.includes(chunk) !== true;

/** Records that the holder of the lease is about to carry out every chunk itself. */
export function markCarriedOut(batch: Batch, now: string): Batch {
  const carried = {
    firstSentDateTime: now,
    sentDateTime: now,
    carriedOutUnder: batch.lease.fencingToken,
  };
  const count = chunkCount(batch);
  return {
    ...batch,
    sentChunks: count,
    openChunks: Array.from({ length: count }, (_, chunk) => ({ chunk, ...carried })),
    movedDateTime: now,
  };
}

/**
 * Records that the holder has carried out its chunks: rows without a result are on the requests queue. Returns the same
 * object if there were none.
 */
export function handOver(batch: Batch): Batch {
  const { openChunks, lease } = batch;
  const isOwn = ({ carriedOutUnder }: OpenChunk): boolean => carriedOutUnder === lease.fencingToken;
  if (!openChunks.some(isOwn)) return batch;
  return {
    ...batch,
    openChunks: openChunks.map((open) => {
      const { carriedOutUnder: _, ...handedOver } = open;
      return isOwn(open) ? handedOver : open;
    }),
  };
}

/** A chunk that an earlier holder was carrying out when it lost the batch. */
export const abandonedChunk = ({ openChunks, lease }: Batch): number | undefined =>
  openChunks.find(
    ({ carriedOutUnder = lease.fencingToken }) => carriedOutUnder !== lease.fencingToken,
  )?.chunk;

/** Time after which a chunk without all its results is sent again, in milliseconds. */
const overdueMs = 2 * 3_600_000;

/**
 * A chunk whose results are overdue: somebody may have removed its messages from the queue. More often they still wait
 * there, and every copy makes the queue longer, so the time doubles.
 */
export const overdueChunk = ({ openChunks }: Batch, now: number): number | undefined =>
  openChunks.find(({ firstSentDateTime, sentDateTime }) => {
    const sent = Date.parse(sentDateTime);
    return now - sent > Math.max(overdueMs, sent - Date.parse(firstSentDateTime));
  })?.chunk;

export const hasAllResults = (batch: Batch): boolean => countOf(batch.counts) >= batch.total;

/** Minimum and maximum pause between two polls of a batch without progress, in milliseconds. */
const minPauseMs = 1_000;
const maxPauseMs = 15_000;

/** Pause until the next poll of a batch that has made no progress for `idleMs`, in milliseconds. */
export const pauseFor = (idleMs: number): number =>
  Math.min(maxPauseMs, Math.max(minPauseMs, Math.round(idleMs / 4)));
