import { runBatch, type RunBatchDependencies } from '../../batches/run/run-batch';
import { batchMessage } from './batch-message';
import type { QueueHandler } from './received-message';

/** Processes a message of the batches queue. */
export function makeRunBatchHandler(deps: RunBatchDependencies): QueueHandler {
  return async (message, context) => {
    const received = batchMessage(message, context);
    if (received === undefined) deps.log.error('batch.message-unreadable');
    else await runBatch(received, deps);
  };
}
