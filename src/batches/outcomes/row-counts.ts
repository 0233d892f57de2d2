import {
  meetingStatuses,
  type MeetingStatus,
  type PreviewOutcome,
} from '../../results/meeting-result';
import {
  countOf,
  noRows,
  sizeOfChunk,
  type Batch,
  type Counts,
  type OpenChunk,
  type OutcomeCounts,
  type RowError,
} from '../batch';
import { isNotUndone, type Outcomes, type RowOutcome } from './row-outcome';

/** Errors that a batch's status shows; the rest are in its results. */
export const shownErrors = 10;

/** Counts rows by status. */
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

/** Adds the predicted outcomes of rows to counts. Rows without one do not count. */
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
    ...chunkCountsOf(batch, full, outcomes),
    ...(batch.pass?.kind === 'undo' && {
      notUndone: (batch.notUndone ?? 0) + rows.filter(isNotUndone).length,
    }),
    ...(batch.outcomes !== undefined && { outcomes: addOutcomes(batch.outcomes, rows) }),
    firstErrors: withErrors(batch.firstErrors, rows),
    movedDateTime: now,
  };
}

/** Remembers what the chunks have in the counts whose rows a retry can move. */
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

/** The batch without what these chunks have in its counts. */
export function withoutChunks(batch: Batch, chunks: readonly number[]): Batch {
  const left = { ...batch.chunkCounts };
  let { counts } = batch;
  for (const chunk of chunks) {
    counts = subtractCounts(counts, fromList(left[chunk] ?? []));
    delete left[chunk];
  }
  return { ...batch, counts, chunkCounts: left };
}

/** The batch with a closed chunk counted anew; the same object when nothing has moved. */
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

/** Whether the counts cover every row of the batch. */
export const hasAllResults = (batch: Batch): boolean => countOf(batch.counts) >= batch.total;
