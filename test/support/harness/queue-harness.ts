import type { InvocationContext } from '@azure/functions';
import type { MessageDependencies } from '../../../src/meetings/messages/process-message';
import { CoreHarness } from './core-harness';

export interface SentMessage {
  readonly message: object;
  readonly delayMs: number;
}

/** The queue handlers with all their dependencies in memory. */
export class QueueHarness extends CoreHarness {
  readonly sent: SentMessage[] = [];
  readonly texts = new Map<string, string>();
  readonly cancelled = new Set<string>();

  readonly queueDeps: MessageDependencies = {
    ...this.deps,
    requests: {
      send: (message, delayMs = 0) => {
        this.sent.push({ message, delayMs });
        return Promise.resolve();
      },
    },
    messages: {
      save: (text) => {
        const name = `text-${this.texts.size + 1}`;
        this.texts.set(name, text);
        return Promise.resolve(name);
      },
      load: (name) => Promise.resolve(this.texts.get(name)),
    },
    isCancelled: (batchId) => Promise.resolve(this.cancelled.has(batchId)),
    isRowToken: (batchId, rowToken) => Promise.resolve(rowToken === rowTokenOf(batchId)),
  };
}

/** The token of every row of the batch. */
export const rowTokenOf = (batchId: string): string => `row of ${batchId}`;

/** The part of an invocation that the queue handlers use. */
export const invocation = (
  id = 'message-1',
  dequeueCount = 1,
  insertionTime?: string,
): InvocationContext =>
  ({
    invocationId: 'invocation-1',
    triggerMetadata: { id, dequeueCount, insertionTime },
  }) as unknown as InvocationContext;

/** Returns the bytes of a message: a text as it is, anything else as JSON. */
export const asMessage = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
