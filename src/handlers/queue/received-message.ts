import type { InvocationContext } from '@azure/functions';
import type { Clock } from '../../meetings/ports';
import type { ReceivedMessage } from '../../requests/parse/queue-message';

/** Handles a queue message or a run of a timer. If it throws, the host delivers the message again. */
export type QueueHandler = (message: unknown, context: InvocationContext) => Promise<void>;

/** A queue message from its trigger. The trigger is binary, so the text cannot change the metadata. */
export function receivedMessage(
  message: unknown,
  { triggerMetadata, invocationId, traceContext }: InvocationContext,
  clock: Clock,
): ReceivedMessage {
  const { id, dequeueCount, insertionTime } = triggerMetadata ?? {};
  const traceparent = traceContext?.traceParent;
  return {
    messageId: typeof id === 'string' ? id : invocationId,
    bytes: toBytes(message),
    deliveries: typeof dequeueCount === 'number' ? dequeueCount : 1,
    metadata: {
      attempts: 0,
      acceptedDateTime: timeOf(insertionTime) ?? clock.now().toISOString(),
      ...(typeof traceparent === 'string' && { traceparent }),
    },
  };
}

/** Time at which the message was queued, in whole seconds; the same at every delivery. */
function timeOf(insertionTime: unknown): string | undefined {
  const time = typeof insertionTime === 'string' ? Date.parse(insertionTime) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The bytes of a message from a binary trigger. */
export const toBytes = (message: unknown): Uint8Array =>
  message instanceof Uint8Array
    ? message
    : Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
