import { RestError } from '@azure/storage-queue';

/** The queue does not exist, or is just being deleted. */
export function isQueueMissing(error: unknown): boolean {
  return hasCode(error, ['QueueNotFound', 'QueueBeingDeleted', 'QueueDisabled']);
}

/** Someone else has the message now, or it was deleted. */
export function isMessageGone(error: unknown): boolean {
  return hasCode(error, ['MessageNotFound', 'PopReceiptMismatch', 'QueueNotFound']);
}

/** Storage has answered, whatever it was. */
export function hasStatus(error: unknown): error is RestError & { readonly statusCode: number } {
  return error instanceof RestError && error.statusCode !== undefined;
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof RestError && error.code !== undefined && codes.includes(error.code);
}
