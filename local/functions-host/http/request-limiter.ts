export interface RequestLimits {
  readonly maxConcurrentRequests: number;
  readonly maxOutstandingRequests: number;
}

/** Lets some requests run, makes the next ones wait in their order, and turns away the rest. */
export class RequestLimiter {
  readonly #limits: RequestLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Answers false, without running it, if there are too many already. */
  async run(task: () => Promise<void>): Promise<boolean> {
    const { maxConcurrentRequests, maxOutstandingRequests } = this.#limits;
    if (this.#running + this.#waiting.length >= maxOutstandingRequests) return false;
    if (this.#running < maxConcurrentRequests) this.#running += 1;
    // A request that ends hands its place over, so that the count of running ones stays as it is.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
    return true;
  }
}
