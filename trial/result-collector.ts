import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { BatchCompleted } from '../src/batches/ports';
import type { MeetingResult } from '../src/results/meeting-result';

/** The part of a result message that the trial keeps. */
export interface CollectedResult {
  readonly requestId: string;
  /** The row of a batch that it answers. */
  readonly row: string | undefined;
  readonly status: MeetingResult['status'];
  readonly meetingId: string | undefined;
  readonly code: string | undefined;
  readonly attempts: number;
}

/** Messages for the end of a batch come on the same queue. */
export type ResultMessage = (MeetingResult & { readonly type?: never }) | BatchCompleted;

/** How a row of a batch is named. */
export const rowName = (batchId: string, index: number): string => `${batchId}:${index}`;

export const toCollected = ({
  requestId,
  batchId,
  index,
  status,
  meeting,
  error,
  attempts,
}: MeetingResult): CollectedResult => ({
  requestId,
  row: batchId === undefined || index === undefined ? undefined : rowName(batchId, index),
  status,
  meetingId: meeting?.id ?? undefined,
  code: error?.code,
  attempts,
});

const pauseMs = 400;

/** Removes results from their queue as they come, because long queues make Azurite slow. */
export class ResultCollector {
  readonly results: CollectedResult[] = [];
  readonly completions: BatchCompleted[] = [];
  readonly requestIds = new Set<string>();
  readonly #queue: QueueClient;
  readonly #onResult: (result: CollectedResult) => void;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(queue: QueueClient, onResult: (result: CollectedResult) => void) {
    this.#queue = queue;
    this.#onResult = onResult;
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
      // Storage is unavailable at times.
      const found = await this.#takeSome().catch(() => 0);
      if (found === 0) await sleep(pauseMs);
    }
  }

  async #takeSome(): Promise<number> {
    const { receivedMessageItems: items } = await this.#queue.receiveMessages({
      numberOfMessages: 32,
      // Seconds. Messages of a lost answer become visible again soon.
      visibilityTimeout: 5,
    });
    for (const { messageText } of items) this.#keep(JSON.parse(messageText) as ResultMessage);
    await Promise.all(
      items.map(({ messageId, popReceipt }) => this.#queue.deleteMessage(messageId, popReceipt)),
    );
    return items.length;
  }

  #keep(message: ResultMessage): void {
    if (message.type === 'batchCompleted') return void this.completions.push(message);
    const result = toCollected(message);
    this.requestIds.add(result.requestId);
    this.results.push(result);
    this.#onResult(result);
  }
}
