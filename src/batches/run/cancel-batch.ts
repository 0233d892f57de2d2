import { MeetingError } from '../../errors/meeting-error';
import type { Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import { hasEnded, type Batch } from '../batch';
import { batchNotFound, findBatch, moveBatch } from '../move-batch';
import type { BatchLedger } from '../ports';

interface CancelDependencies {
  readonly batches: BatchLedger;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Stops a batch. Rows that have begun run to their end; every other row gets a failed result.
 * @throws MeetingError `batchNotFound`, `batchFinished`.
 */
export async function cancelBatch(
  batchId: string,
  { batches, clock, log }: CancelDependencies,
): Promise<Batch> {
  const stored = await findBatch(batches, batchId);
  const now = clock.now().toISOString();
  const moved = await moveBatch(stored, (batch) => withCancellation(batch, now), batches);
  if (moved === undefined) throw batchNotFound();
  log.info('batch.cancelled', { batchId });
  return moved.batch;
}

function withCancellation(batch: Batch, now: string): Batch {
  if (batch.cancelledDateTime !== undefined) return batch;
  if (hasEnded(batch)) {
    throw new MeetingError('batchFinished', 'Every request of this batch already has its result.');
  }
  return { ...batch, cancelledDateTime: now };
}
