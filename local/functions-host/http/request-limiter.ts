/** Maximum number of running requests, and of running and waiting ones. */
interface RequestLimits {
  readonly maxConcurrentRequests: number;
  readonly maxOutstandingRequests: number;
}

/** Limits running requests, queues the next ones in order, and refuses the rest. */
export class RequestLimiter {
  readonly #limits: RequestLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Returns false, without running the task, if there are too many. */
  async run(task: () => Promise<void>): Promise<boolean> {
    const { maxConcurrentRequests, maxOutstandingRequests } = this.#limits;
    if (this.#running + this.#waiting.length >= maxOutstandingRequests) return false;
    if (this.#running < maxConcurrentRequests) this.#running += 1;
    // A request that ends passes its slot on, so the count of running ones stays the same.
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
