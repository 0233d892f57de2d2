const minMs = 100;

/** `maxMs`: `maxPollingInterval` of host.json, in milliseconds. */
interface BackOffOptions {
  readonly maxMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** Delay before an empty queue is polled again: about doubles each time, up to a limit. */
export class QueueBackOff {
  readonly #options: BackOffOptions;
  #emptyPolls = 0;
  #atLimit = false;
  #found = false;

  constructor(options: BackOffOptions) {
    this.#options = options;
  }

  /** Resets the delay to its minimum. */
  foundMessages(): void {
    this.#found = true;
  }

  nextDelayMs(): number {
    const { maxMs, random } = this.#options;
    if (this.#found) {
      this.#found = false;
      this.#atLimit = false;
      this.#emptyPolls = 0;
      return minMs;
    }
    if (this.#atLimit) return maxMs;
    const spread = 0.8 + 0.4 * random();
    const delayMs = minMs + spread * 2 ** this.#emptyPolls * minMs;
    this.#emptyPolls += 1;
    this.#atLimit = delayMs >= maxMs;
    return this.#atLimit ? maxMs : delayMs;
  }
}
