import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import { makeResult } from '../../results/make-result';
import type { MeetingResult } from '../../results/meeting-result';
import { fitResult } from '../../results/result-message';
import { isChange, toChange, type Change } from '../change';
import { subjectOf } from './record-outcome';
import { fingerprintOf, isCancelledFor, wasCancelled, type LedgerEntry } from '../ledger';
import { planFor } from '../plan';
import type { Clock, ResultPublisher } from '../ports';
import type { RequestLedger } from '../request-ledger';
import type { Log } from '../../telemetry/log';

export interface RefuseCancelledDependencies {
  readonly ledger: RequestLedger;
  readonly results: ResultPublisher;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** A row of a batch: a valid request with its id. */
export interface BatchRow {
  readonly request: MeetingRequest & { readonly requestId: string };
  readonly metadata: MessageMetadata & { readonly batchId: string };
}

/** Maximum number of batches recorded in one cancelled request, so that its row stays small. */
const maxCancelledFor = 100;

/**
 * Ends a row of a cancelled batch with a failed result, unless its request has begun. The insert into the ledger
 * decides: every later attempt finds the request either begun or cancelled. Returns false if it has begun; then it runs
 * to its end.
 */
export async function refuseCancelled(
  row: BatchRow,
  deps: RefuseCancelledDependencies,
): Promise<boolean> {
  const { request, metadata } = row;
  const result = isChange(request)
    ? await endChange(row, toChange(request, metadata), deps)
    : await findOrInsert(row, deps);
  if (result === undefined) return false;
  await publish(row, result, deps);
  return true;
}

/**
 * Publishes the failed result of a row that the ledger has as cancelled for its batch. Another sender may have begun
 * the request since.
 */
export const publishCancelled = (
  row: BatchRow,
  entry: LedgerEntry | undefined,
  deps: PublishDependencies,
): Promise<MeetingResult> => publish(row, resultOf(row, entry, deps), deps);

type PublishDependencies = Pick<RefuseCancelledDependencies, 'results' | 'clock' | 'log'>;

/** The row that was refused first may have had another change of the request. */
const resultOf = (
  row: BatchRow,
  entry: LedgerEntry | undefined,
  { clock }: Pick<RefuseCancelledDependencies, 'clock'>,
): MeetingResult => {
  const result = cancelledResult(row, clock.now());
  if (entry === undefined || !wasCancelled(entry)) return result;
  return { ...result, completedDateTime: entry.progress.result.completedDateTime };
};

async function publish(
  { metadata: { batchId, index } }: BatchRow,
  result: MeetingResult,
  { results, log }: PublishDependencies,
): Promise<MeetingResult> {
  const addressed = fitResult({ ...result, batchId, ...(index !== undefined && { index }) });
  await results.publish(addressed);
  log.warn('request.refused', { requestId: result.requestId, code: 'cancelled' });
  return addressed;
}

/** Records the cancellation for this batch and returns the cancelled result; undefined if the request has begun. */
async function findOrInsert(
  row: BatchRow,
  deps: RefuseCancelledDependencies,
): Promise<MeetingResult | undefined> {
  const { ledger, clock } = deps;
  const { batchId } = row.metadata;
  for (;;) {
    const { entry, etag } = await ledger.begin(cancelledEntry(row, clock.now()));
    if (isCancelledFor(entry, batchId)) return resultOf(row, entry, deps);
    if (!wasCancelled(entry)) return undefined;
    await ledger.replace(etag, withCancellation(entry, batchId));
  }
}

const withCancellation = (entry: LedgerEntry, batchId: string): LedgerEntry => ({
  ...entry,
  cancelledFor: [...(entry.cancelledFor ?? []), batchId].slice(-maxCancelledFor),
});

/** Like `findOrInsert`, for a change of an existing request. Any other sender may still make the same change. */
async function endChange(
  row: BatchRow,
  { key }: Change,
  deps: RefuseCancelledDependencies,
): Promise<MeetingResult | undefined> {
  const { ledger } = deps;
  const { batchId } = row.metadata;
  for (;;) {
    const { stored, ended } = await ledger.readWithChange(row.request.requestId, key);
    if (stored === undefined || wasCancelled(stored.entry)) return findOrInsert(row, deps);
    const { entry, etag } = stored;
    if (isCancelledFor(entry, batchId)) return resultOf(row, entry, deps);
    // A copy of this row may already have this result: changes after a cancel all end the same way and are not
    // recorded.
    if (entry.isCancelled === true) return undefined;
    if (ended !== undefined || entry.pending?.key === key || entry.begunBy === key)
      return undefined;
    await ledger.replace(etag, withCancellation(entry, batchId));
  }
}

/** The row of a request that ended before it was begun, for one batch. */
function cancelledEntry({ request, metadata }: BatchRow, now: Date): LedgerEntry {
  return {
    requestId: request.requestId,
    fingerprint: fingerprintOf(request),
    plan: planFor(request),
    attempts: 0,
    acceptedDateTime: metadata.acceptedDateTime,
    progress: { state: 'finished', result: cancelledResult({ request, metadata }, now) },
    cancelledFor: [metadata.batchId],
    request,
  };
}

const cancelledResult = ({ request, metadata }: BatchRow, now: Date): MeetingResult =>
  makeResult(subjectOf({ request, metadata }, undefined), {
    status: 'failed',
    error: toErrorBody(
      new MeetingError('cancelled', 'The batch was cancelled before this request began.'),
    ),
    attempts: 0,
    completedDateTime: now.toISOString(),
  });
