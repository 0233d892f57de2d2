import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { Emit } from '../events';
import type { QueueSettings } from '../host-settings';
import { QueueBackOff } from './back-off';
import { hasStatus } from './storage-errors';

interface QueueListenerDeps {
  readonly queue: QueueClient;
  readonly settings: QueueSettings;
  readonly leaseSeconds: number;
  /** Must not reject; it handles failures of the message itself. */
  readonly process: (message: DequeuedMessageItem) => Promise<void>;
  readonly emit: Emit;
  readonly random: () => number;
  readonly now: () => number;
  /** Called if storage refuses, or has not answered for half a minute. Must end the host. */
  readonly onFatal: (message: string) => void;
}

/** Time without an answer from storage after which the host ends, in milliseconds; about that of the real host. */
const maxSilenceMs = 30_000;

/** The polling loop of one queue function. At most batchSize + newBatchThreshold messages run at once. */
export class QueueListener {
  readonly #deps: QueueListenerDeps;
  readonly #backOff: QueueBackOff;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #endPause: (() => void) | undefined;
  #roomMade: (() => void) | undefined;
  /** Time since which storage has not answered. */
  #silentSince: number | undefined;

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

  /** Ends the current pause, because a message was just written to the queue. */
  pollNow(): void {
    this.#endPause?.();
  }

  /** Takes no new messages, and waits for the running ones. */
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
      this.#silentSince = undefined;
      return receivedMessageItems;
    } catch (error) {
      this.#judge(error);
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

  /** Waits for a missing queue and after an answer 5xx. Any other error ends the host; missing answers do after a while. */
  #judge(error: unknown): void {
    const { queue, now, emit, onFatal } = this.#deps;
    const failed = `Receiving from ${queue.name} failed (${String(error)}).`;
    if (hasStatus(error)) {
      this.#silentSince = undefined;
      if (error.statusCode >= 500 || [404, 409].includes(error.statusCode)) return;
      return onFatal(
        `${failed} Storage refuses access, so the host ends. Check the account, its key and roles.`,
      );
    }
    if (this.#silentSince === undefined) {
      this.#silentSince = now();
      emit({ type: 'problem', message: `${failed} Trying again for half a minute.` });
    } else if (now() - this.#silentSince >= maxSilenceMs) {
      onFatal(`${failed} Storage does not respond, so the host ends.`);
    }
  }
}
