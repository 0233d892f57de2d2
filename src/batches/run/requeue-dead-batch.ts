import type { BatchMessage } from '../batch';
import type { BatchQueue } from '../ports';
import type { Log } from '../../telemetry/log';

/** Delay before a batch whose message died is tried again, in milliseconds. */
const retryDelayMs = 60_000;
/**
 * The host delivers a dead message five times (`maxDequeueCount` of host.json) and then never again. From the third
 * delivery on the message is dropped at once; `resumeStalledBatches` queues its batch again.
 */
const maxDeliveries = 2;

export interface RequeueDependencies {
  readonly queue: BatchQueue;
  readonly log: Log;
}

/** Sends a new message for the batch of a dead one: storage was unavailable for longer than the host retries. */
export async function requeueDeadBatch(
  { batchId, sequence }: BatchMessage,
  deliveries: number,
  { queue, log }: RequeueDependencies,
): Promise<void> {
  if (deliveries > maxDeliveries) return log.warn('batch.dead-message-dropped', { batchId });
  await queue.enqueue(batchId, sequence + 1, retryDelayMs);
  log.warn('batch.requeued', { batchId, sequence: sequence + 1 });
}
