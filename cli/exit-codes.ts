import { noOutcomes } from '../src/batches/batch';
import type { BatchStatus } from '../src/batches/results/batch-status';
import type { MeetingResult } from '../src/results/meeting-result';
import { isFailure } from './output';

/** The exit codes of all commands. A command that was not valid, a UsageError, ends with 2. */
export const exitCodes = {
  /** All went well. */
  done: 0,
  /** Something failed or is unknown, or a call failed. */
  failed: 1,
  /** The request or batch has not ended yet. */
  pending: 3,
} as const;

/** `failed` if one of the results is. */
export const codeOfResults = (results: readonly MeetingResult[]): number =>
  results.some(isFailure) ? exitCodes.failed : exitCodes.done;

/** `pending` until the batch has ended; then `failed` if one of its rows is. */
export function codeOfBatch({
  completedDateTime,
  counts,
  outcomes = noOutcomes,
}: BatchStatus): number {
  if (completedDateTime === null) return exitCodes.pending;
  const failures = counts.failed + counts.unknown + outcomes.refuse;
  return failures > 0 ? exitCodes.failed : exitCodes.done;
}
