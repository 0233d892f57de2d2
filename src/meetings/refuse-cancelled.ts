import { MeetingError, toErrorBody } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';
import { makeResult } from '../results/make-result';
import type { MeetingResult } from '../results/meeting-result';
import { fitResult } from '../results/result-message';
import { fingerprintOf, isCancelledFor, wasCancelled, type LedgerEntry } from './ledger';
import { recordedPlanFor } from './plan';
import type { Clock, RequestLedger, ResultPublisher } from './ports';
import type { Log } from '../telemetry/log';

export interface RefuseCancelledDependencies {
  readonly ledger: RequestLedger;
  readonly results: ResultPublisher;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** A row of a batch: a valid request under the id by which it is known. */
export interface BatchRow {
  readonly request: MeetingRequest & { readonly requestId: string };
  readonly metadata: MessageMetadata & { readonly batchId: string };
}

/** Batches that one cancelled request remembers, so that its row stays small. */
const maxCancelledFor = 100;

/**
 * Ends a row of a cancelled batch with a failed result, unless its request has begun. The insert into the ledger decides: anybody who
 * comes later finds the request either begun or cancelled. Gives false when it has begun; then it runs to its end.
 */
export async function refuseCancelled(
  row: BatchRow,
  deps: RefuseCancelledDependencies,
): Promise<boolean> {
  const entry = await findOrInsert(row, deps);
  if (entry === undefined) return false;
  await publishCancelled(row, entry, deps);
  return true;
}

/** The result of a row for whose batch the ledger says that it was cancelled. Another sender may have begun the request since. */
export async function publishCancelled(
  row: BatchRow,
  entry: LedgerEntry,
  { results, clock, log }: Pick<RefuseCancelledDependencies, 'results' | 'clock' | 'log'>,
): Promise<MeetingResult> {
  const result = wasCancelled(entry) ? entry.progress.result : cancelledResult(row, clock.now());
  const { batchId, index } = row.metadata;
  const addressed = fitResult({ ...result, batchId, ...(index !== undefined && { index }) });
  await results.publish(addressed);
  log.warn('request.refused', { requestId: result.requestId, code: 'cancelled' });
  return addressed;
}

/** The ledger's entry once it says that the request was cancelled for this batch; undefined when it was begun before. */
async function findOrInsert(
  row: BatchRow,
  { ledger, clock }: RefuseCancelledDependencies,
): Promise<LedgerEntry | undefined> {
  const { batchId } = row.metadata;
  for (;;) {
    const { entry, etag } = await ledger.begin(cancelledEntry(row, clock.now()));
    if (isCancelledFor(entry, batchId)) return entry;
    if (!wasCancelled(entry)) return undefined;
    const known = [...(entry.cancelledFor ?? []), batchId].slice(-maxCancelledFor);
    await ledger.replace(etag, { ...entry, cancelledFor: known });
  }
}

/** The row of a request that ended before it was begun, for one batch. */
function cancelledEntry({ request, metadata }: BatchRow, now: Date): LedgerEntry {
  return {
    requestId: request.requestId,
    fingerprint: fingerprintOf(request),
    plan: recordedPlanFor(request),
    attempts: 0,
    acceptedDateTime: metadata.acceptedDateTime,
    progress: { state: 'finished', result: cancelledResult({ request, metadata }, now) },
    cancelledFor: [metadata.batchId],
    request,
  };
}

const cancelledResult = ({ request, metadata }: BatchRow, now: Date): MeetingResult =>
  makeResult(
    {
      requestId: request.requestId,
      organizer: { given: request.organizer, id: null },
      metadata,
    },
    {
      status: 'failed',
      error: toErrorBody(
        new MeetingError('cancelled', 'The batch was cancelled before this request began.'),
      ),
      attempts: 0,
      completedDateTime: now.toISOString(),
    },
  );
