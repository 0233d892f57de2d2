import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { isMessageGone } from './storage-errors';

export interface LeaseOptions {
  readonly queue: QueueClient;
  readonly message: DequeuedMessageItem;
  readonly leaseSeconds: number;
  readonly onFailure: (error: unknown) => void;
}

/** Keeps a message invisible to others while it is worked on, by renewing it at half of the lease. */
export class MessageLease {
  readonly #options: LeaseOptions;
  readonly #intervalMs: number;
  #popReceipt: string;
  #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> | undefined;
  #ended = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#intervalMs = options.leaseSeconds * 500;
    this.#popReceipt = options.message.popReceipt;
    this.#schedule(this.#intervalMs);
  }

  /** Stops renewing and gives the receipt that is valid now. */
  async end(): Promise<string> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#renewal;
    return this.#popReceipt;
  }

  #schedule(delayMs: number): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => {
      this.#renewal = this.#renew();
    }, delayMs);
  }

  async #renew(): Promise<void> {
    const { queue, message, leaseSeconds, onFailure } = this.#options;
    try {
      const renewed = await queue.updateMessage(
        message.messageId,
        this.#popReceipt,
        undefined,
        leaseSeconds,
      );
      this.#popReceipt = renewed.popReceipt ?? this.#popReceipt;
      this.#schedule(this.#intervalMs);
    } catch (error) {
      onFailure(error);
      // Sooner than usual, but not more than once a minute with leases as long as in Azure.
      const soonerMs = Math.max(this.#intervalMs / 2, Math.min(this.#intervalMs, 60_000));
      if (!isMessageGone(error)) this.#schedule(soonerMs);
    }
  }
}
