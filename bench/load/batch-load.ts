import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { BatchStatus } from '../../src/batches/results/batch-status';
import { meetingRequest } from './requests';

/** A batch that was accepted. */
export interface Accepted {
  /** Gives access to the status without a key. */
  readonly location: string;
  readonly bodyBytes: number;
  readonly acceptMs: number;
}

/** Sends a batch of this many rows, each with its own id. */
export async function submit(hostUrl: string, rows: number): Promise<Accepted> {
  const body = JSON.stringify({ requests: Array.from({ length: rows }, () => meetingRequest()) });
  const started = performance.now();
  const answer = await fetch(`${hostUrl}/api/batches`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  await answer.text();
  const acceptMs = performance.now() - started;
  const location = answer.headers.get('location');
  if (answer.status !== 202 || location === null)
    throw new Error(`The batch was answered ${answer.status}.`);
  return { location, bodyBytes: Buffer.byteLength(body), acceptMs };
}

/** Reads the status of a batch, whose address is `location`. */
const statusOf = async (location: string): Promise<BatchStatus> =>
  (await (await fetch(location)).json()) as BatchStatus;

/** Rows that have their results. */
export const doneRows = ({ counts }: BatchStatus): number => counts.total - counts.pending;

/** Resolves with the first status for which it holds. */
export async function untilStatus(
  location: string,
  holds: (status: BatchStatus) => boolean,
): Promise<BatchStatus> {
  for (;;) {
    const status = await statusOf(location);
    if (holds(status)) return status;
    await sleep(100);
  }
}

/** Whether the batch has ended, also by a cancel. */
export const isOver = ({ state }: BatchStatus): boolean =>
  state === 'finished' || state === 'cancelled';

/** Poll interval of an empty queue, in milliseconds. */
const pollIntervalMs = 20;

/** Removes messages from a queue as they come, because Azurite slows down with long queues. Returns a function that stops it. */
export function takeAll(
  queue: QueueClient,
  take: (text: string) => Promise<void> | void,
): () => Promise<void> {
  const stopping = new AbortController();
  const taker = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
      await Promise.all(
        receivedMessageItems.map(async ({ messageId, popReceipt, messageText }) => {
          await take(messageText);
          await queue.deleteMessage(messageId, popReceipt);
        }),
      );
      if (receivedMessageItems.length === 0) await sleep(pollIntervalMs);
    }
  };
  const takers = Promise.all([taker(), taker()]);
  return async () => {
    stopping.abort();
    await takers;
  };
}
