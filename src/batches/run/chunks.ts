import type { MeetingStatus } from '../../results/meeting-result';
import {
  countOf,
  noRows,
  sizeOfWave,
  waveCount,
  type Batch,
  type RowError,
  type Tally,
} from '../batch';

/** How one row ended. */
export interface RowOutcome {
  readonly index: number;
  readonly requestId: string;
  readonly status: MeetingStatus;
  /** Of its error, if it has one. */
  readonly code?: string;
  readonly message?: string;
}

export type Outcomes = ReadonlyMap<number, readonly RowOutcome[]>;

/** Errors that a batch's status shows; the rest stand in its results. */
const shownErrors = 10;
/** Each look asks for every open wave, so stragglers may hold only so many. */
const mostOpenWaves = 40;

export function tallyOf(outcomes: Iterable<RowOutcome>): Tally {
  const tally: Record<MeetingStatus, number> = { ...noRows };
  for (const { status } of outcomes) tally[status] += 1;
  return tally;
}

export const addTallies = (one: Tally, other: Tally): Tally => ({
  created: one.created + other.created,
  existing: one.existing + other.existing,
  failed: one.failed + other.failed,
  unknown: one.unknown + other.unknown,
});

/** Waves that have all their results are counted and no longer open. Gives the same object when there are none. */
export function closeFullWaves(batch: Batch, outcomes: Outcomes, now: string): Batch {
  const isFull = (wave: number): boolean =>
    (outcomes.get(wave)?.length ?? 0) >= sizeOfWave(batch, wave);
  const full = batch.openWaves.filter(({ wave }) => isFull(wave));
  if (full.length === 0) return batch;
  const rows = full.flatMap(({ wave }) => outcomes.get(wave) ?? []);
  return {
    ...batch,
    openWaves: batch.openWaves.filter(({ wave }) => !isFull(wave)),
    tally: addTallies(batch.tally, tallyOf(rows)),
    firstErrors: withErrors(batch.firstErrors, rows),
    movedDateTime: now,
  };
}

export function withErrors(
  known: readonly RowError[],
  rows: readonly RowOutcome[],
): readonly RowError[] {
  const more = rows.flatMap(({ index, requestId, code, message }) =>
    code === undefined ? [] : [{ index, requestId, code, message: message ?? '' }],
  );
  return [...known, ...more].sort((one, other) => one.index - other.index).slice(0, shownErrors);
}

/** Rows that are on the requests queue and have no result yet. */
export const outstandingRows = (batch: Batch, outcomes: Outcomes): number =>
  batch.openWaves.reduce(
    (sum, { wave }) => sum + sizeOfWave(batch, wave) - (outcomes.get(wave)?.length ?? 0),
    0,
  );

/**
 * The wave to send next, if the window of outstanding rows has room for it. A cancelled batch's rows are answered, not sent,
 * so they need no room.
 */
export function nextWave(batch: Batch, outstanding: number, window: number): number | undefined {
  const wave = batch.sentWaves;
  if (wave >= waveCount(batch)) return undefined;
  const fits =
    outstanding + sizeOfWave(batch, wave) <= window && batch.openWaves.length < mostOpenWaves;
  return fits || batch.cancelledDateTime !== undefined ? wave : undefined;
}

/** This wave has been sent just now, for the first time or again. */
export const markSent = (batch: Batch, wave: number, now: string): Batch => ({
  ...batch,
  sentWaves: Math.max(batch.sentWaves, wave + 1),
  openWaves: [...batch.openWaves.filter((open) => open.wave !== wave), { wave, sentDateTime: now }],
  movedDateTime: now,
});

/** A wave whose rows should long have had results: their messages may have been taken off the queue. */
export const overdueWave = (batch: Batch, sentBefore: string): number | undefined =>
  batch.openWaves.find(({ sentDateTime }) => sentDateTime < sentBefore)?.wave;

export const hasAllResults = (batch: Batch): boolean => countOf(batch.tally) >= batch.total;

/** First and longest pause between two looks at a batch that does not move, in milliseconds. */
const shortestPauseMs = 1_000;
const longestPauseMs = 15_000;

/** How long to leave a batch alone that has not moved for some time, in milliseconds. */
export const pauseFor = (idleMs: number): number =>
  Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.round(idleMs / 4)));
