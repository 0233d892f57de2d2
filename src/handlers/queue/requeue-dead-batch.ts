import { requeueDeadBatch, type RequeueDependencies } from '../../batches/run/requeue-dead-batch';
import { batchMessage } from './batch-message';
import type { QueueHandler } from './received-message';

/** Processes a dead message of the batches queue. One that cannot be read belongs to no batch. */
export function makeRequeueDeadBatchHandler(deps: RequeueDependencies): QueueHandler {
  return async (message, context) => {
    const received = batchMessage(message, context);
    if (received === undefined) return;
    await requeueDeadBatch(received, Number(context.triggerMetadata?.['dequeueCount'] ?? 1), deps);
  };
}
