import { RestError } from '@azure/storage-queue';

/** Whether the queue does not exist or is being deleted. */
export function isQueueMissing(error: unknown): boolean {
  return hasCode(error, ['QueueNotFound', 'QueueBeingDeleted', 'QueueDisabled']);
}

/** Whether another host has the message now, or it was deleted. */
export function isMessageGone(error: unknown): boolean {
  return hasCode(error, ['MessageNotFound', 'PopReceiptMismatch', 'QueueNotFound']);
}

/** Whether storage has answered at all. */
export function hasStatus(error: unknown): error is RestError & { readonly statusCode: number } {
  return error instanceof RestError && error.statusCode !== undefined;
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof RestError && error.code !== undefined && codes.includes(error.code);
}
