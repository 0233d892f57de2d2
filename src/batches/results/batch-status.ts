import {
  countOf,
  type Batch,
  type Counts,
  type OutcomeCounts,
  type Pass,
  type RowError,
} from '../batch';
import { addCounts, addOutcomes, countsOf, withErrors } from '../outcomes/row-counts';
import type { Outcomes } from '../outcomes/row-outcome';

/** The progress of a batch as its caller sees it. */
export interface BatchStatus {
  readonly batchId: string;
  readonly state: 'accepted' | 'running' | 'cancelling' | 'finished' | 'cancelled';
  readonly counts: {
    readonly total: number;
    readonly accepted: number;
    /** Number of rows that were invalid on arrival; they count as failed too. */
    readonly rejected: number;
    readonly pending: number;
  } & Counts;
  readonly acceptedDateTime: string;
  readonly startedDateTime: string | null;
  readonly cancelledDateTime: string | null;
  readonly completedDateTime: string | null;
  /** An estimate from the pace so far; null while there is none. */
  readonly estimatedEndDateTime: string | null;
  readonly firstErrors: readonly RowError[];
  /** The latest retry or cancelling of its meetings. Results with this number are its own. */
  readonly pass?: Pick<Pass, 'number' | 'kind'>;
  /** Present for a preview. */
  readonly preview?: true;
  /** For a preview: number of rows by predicted outcome. */
  readonly outcomes?: OutcomeCounts;
}

/** The status of a batch, including finished rows of its open chunks. */
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
    ...(batch.pass !== undefined && {
      pass: { number: batch.pass.number, kind: batch.pass.kind },
    }),
    ...(batch.outcomes !== undefined && {
      preview: true,
      outcomes: addOutcomes(batch.outcomes, open),
    }),
  };
}

/** Whether the end of the batch is on the results queue. */
export const isFinished = ({ state }: Pick<Batch, 'state'>): boolean => state === 'finished';

/** The state `completing` is internal. */
function stateOf({ state, cancelledDateTime }: Batch): BatchStatus['state'] {
  if (state === 'finished') return cancelledDateTime === undefined ? 'finished' : 'cancelled';
  if (cancelledDateTime !== undefined) return 'cancelling';
  return state === 'accepted' ? 'accepted' : 'running';
}

function estimateEnd(batch: Batch, pending: number, now: Date): string | null {
  const done = batch.total - pending;
  if (batch.startedDateTime === undefined || done === 0 || pending === 0) return null;
  // The pace of the first run says nothing about a retry.
  if (batch.pass !== undefined) return null;
  const elapsedMs = now.getTime() - Date.parse(batch.startedDateTime);
  return new Date(now.getTime() + (elapsedMs / done) * pending).toISOString();
}

/** Maximum and minimum time to the next poll, in seconds. */
const maxWait = 20;
const minWait = 2;

/** Time to the next poll, in seconds: about ten polls until the estimated end. */
export function retryAfterSeconds({ estimatedEndDateTime }: BatchStatus, now: Date): number {
  if (estimatedEndDateTime === null) return minWait;
  const leftMs = Date.parse(estimatedEndDateTime) - now.getTime();
  return Math.min(maxWait, Math.max(minWait, Math.round(leftMs / 10_000)));
}
