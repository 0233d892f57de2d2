import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { isMessageGone } from './storage-errors';

/** `leaseSeconds`: visibility timeout of the message. `onFailure`: called for each renewal that failed. */
interface LeaseOptions {
  readonly queue: QueueClient;
  readonly message: DequeuedMessageItem;
  readonly leaseSeconds: number;
  readonly onFailure: (error: unknown) => void;
}

/** Minimum delay after a failed renewal, as a share of the usual delay: in Azure, one minute of five. */
const minShare = 1 / 5;

/** Delay before the next renewal, in milliseconds: halved after each consecutive failure. */
export const renewalDelayMs = (leaseSeconds: number, failures: number): number =>
  leaseSeconds * 500 * Math.max(0.5 ** failures, minShare);

/** Keeps a message invisible to others while it is processed, by renewing its lease at half time. */
export class MessageLease {
  readonly #options: LeaseOptions;
  #popReceipt: string;
  #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> | undefined;
  #failures = 0;
  #ended = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#popReceipt = options.message.popReceipt;
    this.#schedule();
  }

  /** Stops renewing and returns the current pop receipt. */
  async end(): Promise<string> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#renewal;
    return this.#popReceipt;
  }

  #schedule(): void {
    if (this.#ended) return;
    const delayMs = renewalDelayMs(this.#options.leaseSeconds, this.#failures);
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
      this.#failures = 0;
      this.#schedule();
    } catch (error) {
      onFailure(error);
      this.#failures += 1;
      if (!isMessageGone(error)) this.#schedule();
    }
  }
}
