import { makeWorkbooks } from '../../../src/adapters/workbooks';
import { FakeOldMessages } from '../fakes/fake-batches';
import type { MessageQueues } from './message-queues';

/** The ports that put messages on the queues. */
export const queuePorts = (messages: MessageQueues) => ({
  queue: {
    enqueue: async (batchId: string, sequence: number, delayMs = 0): Promise<void> =>
      messages.send(JSON.stringify({ batchId, sequence }), { queue: 'batches', delayMs }),
  },
  requests: {
    send: async (message: object, delayMs = 0): Promise<void> =>
      messages.send(JSON.stringify(message), { delayMs }),
  },
  poison: {
    sendText: async (text: string, delayMs: number): Promise<void> =>
      messages.send(text, { delayMs, poison: true }),
  },
});

/** Properties that do not belong to any state. */
export const peripheralPorts = {
  messages: { save: () => Promise.resolve('text'), load: () => Promise.resolve(undefined) },
  oldMessages: new FakeOldMessages(),
  oldCounts: { removeBefore: () => Promise.resolve(0) },
  newToken: () => 'token',
  workbooks: makeWorkbooks(() => Number.POSITIVE_INFINITY),
  readCsv: () => {
    throw new Error('No CSV here.');
  },
};
