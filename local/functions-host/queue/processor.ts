import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueFunction } from '../app-functions';
import type { Emit } from '../events';
import type { QueueSettings } from '../host-settings';
import type { FunctionCall } from '../invoker';
import { MessageLease } from './message-lease';
import { decodeMessage, toTriggerInput, toTriggerMetadata } from './message';
import { hasStatus, isMessageGone, isQueueMissing } from './storage-errors';

const poisonSuffix = '-poison';
const maxQueueNameLength = 63;

/** The name of the poison queue; undefined if this queue cannot have one. */
export function toPoisonQueueName(queueName: string): string | undefined {
  const name = queueName + poisonSuffix;
  return queueName.endsWith(poisonSuffix) || name.length > maxQueueNameLength ? undefined : name;
}

interface QueueProcessorDeps {
  readonly fn: QueueFunction;
  readonly queue: QueueClient;
  readonly poisonQueue: QueueClient | undefined;
  readonly settings: QueueSettings;
  readonly leaseSeconds: number;
  readonly invoke: (call: FunctionCall) => Promise<unknown>;
  readonly emit: Emit;
  /** Called if storage refuses to complete a message. Must end the host. */
  readonly onFatal: (message: string) => void;
}

/** Processes one received message: completes it, releases it for another try, or moves it to the poison queue. */
export class QueueProcessor {
  readonly #deps: QueueProcessorDeps;

  constructor(deps: QueueProcessorDeps) {
    this.#deps = deps;
  }

  async process(message: DequeuedMessageItem): Promise<void> {
    const { queue, leaseSeconds } = this.#deps;
    const lease = new MessageLease({
      queue,
      message,
      leaseSeconds,
      onFailure: (error) => this.#warn(`Renewing message ${message.messageId} failed`, error),
    });
    try {
      const settle = await this.#run(message);
      await settle(await lease.end());
    } catch (error) {
      if (!isMessageGone(error))
        this.#judge(`Completing message ${message.messageId} failed`, error);
    } finally {
      await lease.end();
    }
  }

  /** Runs the function unless the message is dead, and returns how to complete the message. */
  async #run(message: DequeuedMessageItem): Promise<(popReceipt: string) => Promise<unknown>> {
    const { fn, settings } = this.#deps;
    const body = decodeMessage(message.messageText, settings.messageEncoding);
    if (body === undefined || message.dequeueCount > settings.maxDequeueCount) {
      return (popReceipt) => this.#moveToPoison(message, popReceipt);
    }
    try {
      const input = toTriggerInput(body, fn.binary);
      const triggerMetadata = toTriggerMetadata(message, input);
      await this.#deps.invoke({ fn, input, triggerMetadata });
    } catch {
      return (popReceipt) => this.#fail(message, popReceipt);
    }
    return (popReceipt) => this.#deps.queue.deleteMessage(message.messageId, popReceipt);
  }

  async #fail(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    const { queue, poisonQueue, settings } = this.#deps;
    // Without a poison queue, the message is not released; it becomes visible when its lease expires.
    if (poisonQueue === undefined) return;
    if (message.dequeueCount >= settings.maxDequeueCount) {
      return this.#moveToPoison(message, popReceipt);
    }
    const delay = settings.visibilityTimeoutSeconds;
    await queue.updateMessage(message.messageId, popReceipt, undefined, delay);
  }

  async #moveToPoison(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    const { fn, queue, poisonQueue, settings, emit } = this.#deps;
    if (poisonQueue === undefined) return;
    await sendCreating(poisonQueue, message.messageText);
    await queue.deleteMessage(message.messageId, popReceipt);
    emit({
      type: 'problem',
      message:
        message.dequeueCount >= settings.maxDequeueCount
          ? `Message ${message.messageId} of ${fn.queueName} was received ${message.dequeueCount} times and is now in ${poisonQueue.name}.`
          : `Message ${message.messageId} of ${fn.queueName} is not base64 and is now in ${poisonQueue.name}. Set extensions.queues.messageEncoding to "none" to accept plain text.`,
    });
  }

  #judge(what: string, error: unknown): void {
    if (!hasStatus(error) || error.statusCode >= 500) return this.#warn(what, error);
    this.#deps.onFatal(`${what}: ${String(error)} Storage refuses access, so the host ends.`);
  }

  #warn(what: string, error: unknown): void {
    const functionName = this.#deps.fn.name;
    this.#deps.emit({
      type: 'log',
      level: 'warning',
      message: `${what}: ${String(error)}`,
      functionName,
    });
  }
}

/** Sends to a queue that is created if it does not exist yet. */
export async function sendCreating(queue: QueueClient, text: string): Promise<void> {
  try {
    await queue.sendMessage(text);
  } catch (error) {
    if (!isQueueMissing(error)) throw error;
    await queue.createIfNotExists();
    await queue.sendMessage(text);
  }
}
