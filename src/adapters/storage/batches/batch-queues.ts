import type { QueueClient } from '@azure/storage-queue';
import type { BatchQueue, CompletionPublisher } from '../../../batches/ports';
import { resultText, sendMessage } from '../queues';

/** The queue whose messages run batches. */
export const makeBatchQueue = (queue: QueueClient): BatchQueue => ({
  enqueue: (batchId, sequence, delayMs = 0) =>
    sendMessage(queue, JSON.stringify({ batchId, sequence }), {
      visibilitySeconds: Math.ceil(delayMs / 1000),
    }),
});

/** Puts the message after a batch's last result on the results queue, encoded like all its messages. */
export const makeCompletionQueue = (
  queue: QueueClient,
  encoding: 'none' | 'base64',
): CompletionPublisher => ({
  publishCompleted: (message) => sendMessage(queue, resultText(message, encoding)),
});
