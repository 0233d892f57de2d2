import type { InvocationContext } from '@azure/functions';
import type { BatchMessage } from '../../batches/batch';
import type { BatchQueue } from '../../batches/ports';
import { runBatch, type RunBatchDependencies } from '../../batches/run/run-batch';
import type { Log } from '../../telemetry/log';
import { decodeMessage } from '../../requests/parse/queue-message';
import { toBytes, type QueueHandler } from './received-message';

/** Delay before a batch whose message died is tried again, in milliseconds. */
const retryDelayMs = 60_000;
/**
 * The host runs a dead message five times (`maxDequeueCount` of host.json) and then never again. From the third
 * delivery on the message is dropped at once; `resumeStalledBatches` queues its batch again.
 */
const maxDeliveries = 2;

/** Processes a message of the batches queue. */
export function makeRunBatchHandler(deps: RunBatchDependencies): QueueHandler {
  return async (message, context) => {
    const call = readMessage(message, context);
    if (call === undefined) deps.log.error('batch.message-unreadable');
    else await runBatch(call, deps);
  };
}

/**
 * Processes a dead message of the batches queue: storage was unavailable for longer than the host retries. Sends a new
 * message for its batch.
 */
export function makeRequeueDeadBatchHandler({
  queue,
  log,
}: {
  readonly queue: BatchQueue;
  readonly log: Log;
}): QueueHandler {
  return async (message, context) => {
    const call = readMessage(message, context);
    if (call === undefined) return;
    const { batchId, sequence } = call;
    const deliveries = Number(context.triggerMetadata?.['dequeueCount'] ?? 1);
    if (deliveries > maxDeliveries) return log.warn('batch.dead-message-dropped', { batchId });
    await queue.enqueue(batchId, sequence + 1, retryDelayMs);
    log.warn('batch.requeued', { batchId, sequence: sequence + 1 });
  };
}

function readMessage(
  message: unknown,
  { triggerMetadata, invocationId }: InvocationContext,
): BatchMessage | undefined {
  try {
    const { batchId, sequence } = decodeMessage(toBytes(message)) as Readonly<
      Record<string, unknown>
    >;
    if (typeof batchId !== 'string' || typeof sequence !== 'number') return undefined;
    const id = triggerMetadata?.['id'];
    return { batchId, sequence, messageId: typeof id === 'string' ? id : invocationId };
  } catch {
    return undefined;
  }
}
