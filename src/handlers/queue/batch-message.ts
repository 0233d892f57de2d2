import type { InvocationContext } from '@azure/functions';
import type { BatchMessage } from '../../batches/batch';
import { decodeMessage } from '../../requests/parse/queue-message';
import { toBytes } from './received-message';

/** A message of the batches queue from its trigger; undefined if it cannot be read. */
export function batchMessage(
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
