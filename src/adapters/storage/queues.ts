import type { QueueClient } from '@azure/storage-queue';
import type { MessageStore, RequestSender, ResultPublisher } from '../../meetings/ports';
import { toReference } from '../../requests/parse/queue-message';
import type { MeetingResult } from '../../results/meeting-result';
import { toAsciiJson } from '../../results/result-message';
import { creatingWhenMissing, toStorageError } from './errors';
import { withSpan, type SpanAttributes } from '../../telemetry/tracing';

/** Options of one message. */
interface SendOptions {
  /** Seconds until the message becomes visible. */
  readonly visibilitySeconds?: number;
  /** Attributes of the message in a trace. */
  readonly attributes?: SpanAttributes;
}

/** Puts a message that never expires on a queue. The queue is created on first use. */
export async function sendMessage(
  queue: QueueClient,
  text: string,
  options: SendOptions = {},
): Promise<void> {
  const send = (): Promise<unknown> =>
    queue.sendMessage(text, {
      messageTimeToLive: -1,
      ...(options.visibilitySeconds !== undefined && {
        visibilityTimeout: options.visibilitySeconds,
      }),
    });
  const attributes = {
    'messaging.system': 'azure_queue_storage',
    'messaging.destination.name': queue.name,
    ...options.attributes,
  };
  await withSpan({ name: `send ${queue.name}`, kind: 'producer', attributes }, async () => {
    try {
      await creatingWhenMissing(send, () => queue.createIfNotExists());
    } catch (thrown) {
      throw toStorageError(thrown, `queue ${queue.name}`);
    }
  });
}

const attributesOf = ({ requestId, status, error }: MeetingResult): SpanAttributes => ({
  'convoke.request_id': requestId,
  'convoke.status': status,
  ...(error !== null && { 'convoke.error': error.code }),
});

/** A message of the results queue: JSON in ASCII, as plain text or base64. */
export function resultText(message: object, encoding: 'none' | 'base64'): string {
  const text = toAsciiJson(message);
  return encoding === 'base64' ? Buffer.from(text).toString('base64') : text;
}

/** The results queue. */
export const makeResultQueue = (
  queue: QueueClient,
  encoding: 'none' | 'base64',
): ResultPublisher => ({
  publish: (result) =>
    sendMessage(queue, resultText(result, encoding), { attributes: attributesOf(result) }),
});

/** Maximum delay of a queue message, in seconds: https://learn.microsoft.com/rest/api/storageservices/put-message */
const maxDelaySeconds = 7 * 86_400;
/** https://learn.microsoft.com/azure/storage/queues/scalability-targets */
const queueMessageBytes = 64 * 1024;

/** The requests queue. A message that does not fit is stored as a blob and sent as a reference. */
export function makeRequestQueue(queue: QueueClient, messages: MessageStore): RequestSender {
  return {
    async send(message, delayMs = 0) {
      // The call's body is XML, which cannot represent every character of JSON.
      const text = toAsciiJson(message);
      const fits = text.length <= queueMessageBytes;
      const seconds = Math.max(0, Math.ceil(delayMs / 1000));
      const visibilitySeconds = Math.min(seconds, maxDelaySeconds);
      await sendMessage(
        queue,
        fits ? text : JSON.stringify(toReference(await messages.save(text))),
        { visibilitySeconds },
      );
    },
  };
}

/** The poison queue, for a dead message that cannot be resolved yet. */
export function makePoisonQueue(queue: QueueClient): {
  sendText(text: string, delayMs: number): Promise<void>;
} {
  return {
    sendText: (text, delayMs) =>
      sendMessage(queue, text, { visibilitySeconds: Math.ceil(delayMs / 1000) }),
  };
}
