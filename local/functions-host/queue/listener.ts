import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { Emit } from '../events';
import type { QueueSettings } from '../host-settings';
import { QueueBackOff } from './back-off';
import { isQueueMissing } from './storage-errors';

export interface QueueListenerDeps {
  readonly queue: QueueClient;
  readonly settings: QueueSettings;
  readonly leaseSeconds: number;
  /** Must not reject: what becomes of the message is its own matter. */
  readonly process: (message: DequeuedMessageItem) => Promise<void>;
  readonly emit: Emit;
  readonly random: () => number;
}

/** The polling loop of one queue function. At most batchSize + newBatchThreshold messages run at once. */
export class QueueListener {
  readonly #deps: QueueListenerDeps;
  readonly #backOff: QueueBackOff;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #endPause: (() => void) | undefined;
  #roomMade: (() => void) | undefined;
  #troubled = false;

  constructor(deps: QueueListenerDeps) {
    this.#deps = deps;
    this.#backOff = new QueueBackOff({
      maxMs: deps.settings.maxPollingIntervalMs,
      random: deps.random,
    });
  }

  start(): void {
    this.#loop = this.#poll();
  }

  /** Ends the present pause: something was just written to the queue. */
  wake(): void {
    this.#endPause?.();
  }

  /** Takes no more messages, and waits for those that run. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endPause?.();
    this.#roomMade?.();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const messages = await this.#receive();
      for (const message of messages) this.#begin(message);
      if (messages.length === 0) await this.#pause(this.#backOff.nextDelayMs());
      else await this.#roomForBatch();
    }
  }

  async #receive(): Promise<readonly DequeuedMessageItem[]> {
    const { queue, settings, leaseSeconds } = this.#deps;
    try {
      const { receivedMessageItems } = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: leaseSeconds,
      });
      if (receivedMessageItems.length > 0) this.#backOff.foundMessages();
      this.#troubled = false;
      return receivedMessageItems;
    } catch (error) {
      this.#reportOnce(error);
      return [];
    }
  }

  #begin(message: DequeuedMessageItem): void {
    const run = this.#deps.process(message).finally(() => {
      this.#running.delete(run);
      if (this.#running.size <= this.#deps.settings.newBatchThreshold) this.#roomMade?.();
    });
    this.#running.add(run);
  }

  async #pause(delayMs: number): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#endPause = resolve;
    const timer = setTimeout(resolve, delayMs);
    await promise;
    clearTimeout(timer);
  }

  async #roomForBatch(): Promise<void> {
    if (this.#running.size <= this.#deps.settings.newBatchThreshold) return;
    if (this.#stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#roomMade = resolve;
    await promise;
  }

  /** A missing queue is waited for in silence; other trouble is told once until a poll succeeds again. */
  #reportOnce(error: unknown): void {
    if (isQueueMissing(error) || this.#troubled) return;
    this.#troubled = true;
    const message = `Receiving from ${this.#deps.queue.name} failed and goes on being tried: ${String(error)}`;
    this.#deps.emit({ type: 'problem', message });
  }
}
