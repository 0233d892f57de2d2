import type { Clock, Random } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import { hasEnded, type Batch, type BatchMessage, type Lease } from '../batch';
import { moveBatch } from '../move-batch';
import type { BatchLedger, StoredBatch } from '../ports';

export interface ClaimDependencies {
  readonly batches: BatchLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Takes the lease of a batch for one delivery of a message. The previous holder loses it, even if the same message was
 * delivered to a second instance. Returns a finished batch unchanged. Undefined if the batch is gone, or a later
 * message or another one with the same sequence has been received.
 */
export async function claimBatch(
  message: BatchMessage,
  { batches, clock, random, log }: ClaimDependencies,
): Promise<StoredBatch | undefined> {
  const { batchId, sequence, messageId } = message;
  const stored = await batches.read(batchId);
  if (stored === undefined) return undefined;
  const lease = { sequence, messageId, fencingToken: random.newId() };
  const now = clock.now().toISOString();
  const claimed = await moveBatch(stored, (batch) => withLease(batch, lease, now), batches);
  if (claimed === undefined) log.info('batch.message-outdated', { batchId, sequence });
  return claimed;
}

function withLease(batch: Batch, lease: Lease, now: string): Batch | undefined {
  if (hasEnded(batch)) return batch;
  if (isOutdated(lease, batch.lease)) return undefined;
  return {
    ...batch,
    lease,
    state: 'running',
    startedDateTime: batch.startedDateTime ?? now,
    seenDateTime: now,
  };
}

const isOutdated = ({ sequence, messageId }: Lease, stored: Lease): boolean =>
  stored.sequence > sequence || (stored.sequence === sequence && stored.messageId !== messageId);

/** Whether the instance with this fencing token may still write to the batch. */
export const isHeldBy = ({ state, lease }: Batch, fencingToken: string): boolean =>
  state === 'running' && lease.fencingToken === fencingToken;
