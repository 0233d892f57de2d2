import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { BatchCompleted } from '../../src/batches/ports';
import type { MeetingResult } from '../../src/results/meeting-result';

/** The part of a result message that the trial keeps. */
export interface CollectedResult {
  readonly requestId: string;
  /** The row of a batch that it answers. */
  readonly row: string | undefined;
  /** Revision of the change that it answers; undefined for the request itself. */
  readonly revision: number | undefined;
  /** The pass over finished rows of the batch that gave it. */
  readonly pass: number | undefined;
  readonly status: MeetingResult['status'];
  readonly meetingId: string | undefined;
  readonly code: string | undefined;
  readonly attempts: number;
  /** Options that Graph did not apply. */
  readonly notApplied: number;
  readonly completedDateTime: string;
}

/** Messages for the end of a batch come on the same queue. */
export type ResultMessage = (MeetingResult & { readonly type?: never }) | BatchCompleted;

/** The name of a batch row. */
export const rowName = (batchId: string, index: number): string => `${batchId}:${index}`;

/** Returns the part of a result that is judged. */
export const toCollected = ({
  requestId,
  batchId,
  index,
  revision,
  pass,
  status,
  meeting,
  error,
  attempts,
  notApplied,
  completedDateTime,
}: MeetingResult): CollectedResult => ({
  requestId,
  row: batchId === undefined || index === undefined ? undefined : rowName(batchId, index),
  revision,
  pass,
  status,
  meetingId: meeting?.id ?? undefined,
  code: error?.code,
  attempts,
  notApplied: notApplied.length,
  completedDateTime,
});

interface Listeners {
  readonly result: (result: CollectedResult) => void;
  readonly completed: (message: BatchCompleted) => void;
}

const pauseMs = 200;

/** Removes results from their queue as they arrive, because long queues make Azurite slow. */
export class ResultCollector {
  readonly results: CollectedResult[] = [];
  readonly completions: BatchCompleted[] = [];
  readonly #queue: QueueClient;
  readonly #on: Listeners;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(queue: QueueClient, on: Listeners) {
    this.#queue = queue;
    this.#on = on;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // Storage is sometimes unavailable.
      const found = await this.#takeSome().catch(() => 0);
      if (found === 0) await sleep(pauseMs);
    }
  }

  async #takeSome(): Promise<number> {
    const { receivedMessageItems: items } = await this.#queue.receiveMessages({
      numberOfMessages: 32,
      // In seconds. Short, so that messages of a lost response soon become visible again.
      visibilityTimeout: 5,
    });
    for (const { messageText } of items) this.#keep(JSON.parse(messageText) as ResultMessage);
    await Promise.all(
      items.map(({ messageId, popReceipt }) => this.#queue.deleteMessage(messageId, popReceipt)),
    );
    return items.length;
  }

  #keep(message: ResultMessage): void {
    if (message.type === 'batchCompleted') {
      this.completions.push(message);
      return this.#on.completed(message);
    }
    const result = toCollected(message);
    this.results.push(result);
    this.#on.result(result);
  }
}
