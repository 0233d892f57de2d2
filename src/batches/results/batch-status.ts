import { countOf, type Batch, type RowError, type Counts, type OutcomeCounts } from '../batch';
import { addCounts, addOutcomes, countsOf, withErrors } from '../outcomes/row-counts';
import type { Outcomes } from '../outcomes/row-outcome';

/** How far a batch has come, as its caller sees it. */
export interface BatchStatus {
  readonly batchId: string;
  readonly state: 'accepted' | 'running' | 'cancelling' | 'finished' | 'cancelled';
  readonly counts: {
    readonly total: number;
    readonly accepted: number;
    /** Rows that were wrong when they came; they count among the failed ones too. */
    readonly rejected: number;
    readonly pending: number;
  } & Counts;
  readonly acceptedDateTime: string;
  readonly startedDateTime: string | null;
  readonly cancelledDateTime: string | null;
  readonly completedDateTime: string | null;
  /** A guess from the pace so far; null while there is none. */
  readonly estimatedEndDateTime: string | null;
  readonly firstErrors: readonly RowError[];
  /** Of a preview. */
  readonly preview?: true;
  /** Of a preview: rows by what would become of them. */
  readonly outcomes?: OutcomeCounts;
}

export function statusOf(batch: Batch, outcomes: Outcomes, now: Date): BatchStatus {
  const open = batch.openChunks.flatMap(({ chunk }) => outcomes.get(chunk) ?? []);
  const counts = addCounts(batch.counts, countsOf(open));
  const pending = Math.max(0, batch.total - countOf(counts));
  return {
    batchId: batch.batchId,
    state: stateOf(batch),
    counts: {
      total: batch.total,
      accepted: batch.total - batch.rejected,
      rejected: batch.rejected,
      pending,
      ...counts,
    },
    acceptedDateTime: batch.acceptedDateTime,
    startedDateTime: batch.startedDateTime ?? null,
    cancelledDateTime: batch.cancelledDateTime ?? null,
    completedDateTime: (isFinished(batch) ? batch.completedDateTime : undefined) ?? null,
    estimatedEndDateTime: estimateEnd(batch, pending, now),
    firstErrors: withErrors(batch.firstErrors, open),
    ...(batch.outcomes !== undefined && {
      preview: true,
      outcomes: addOutcomes(batch.outcomes, open),
    }),
  };
}

export const isFinished = ({ state }: Pick<Batch, 'state'>): boolean => state === 'finished';

/** That a batch is completing concerns nobody outside. */
function stateOf({ state, cancelledDateTime }: Batch): BatchStatus['state'] {
  if (state === 'finished') return cancelledDateTime === undefined ? 'finished' : 'cancelled';
  if (cancelledDateTime !== undefined) return 'cancelling';
  return state === 'accepted' ? 'accepted' : 'running';
}

function estimateEnd(batch: Batch, pending: number, now: Date): string | null {
  const done = batch.total - pending;
  if (batch.startedDateTime === undefined || done === 0 || pending === 0) return null;
  // The pace of the first time says nothing about a retry.
  if (batch.pass !== undefined) return null;
  const elapsedMs = now.getTime() - Date.parse(batch.startedDateTime);
  return new Date(now.getTime() + (elapsedMs / done) * pending).toISOString();
}

/** Longest and shortest time to the next question, in seconds. */
const maxWait = 20;
const minWait = 2;

/** When to ask again: about ten times until the end. */
export function retryAfterSeconds({ estimatedEndDateTime }: BatchStatus, now: Date): number {
  if (estimatedEndDateTime === null) return minWait;
  const leftMs = Date.parse(estimatedEndDateTime) - now.getTime();
  return Math.min(maxWait, Math.max(minWait, Math.round(leftMs / 10_000)));
}
