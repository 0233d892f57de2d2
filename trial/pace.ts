const memoryMs = 30_000;
/** Interval for measuring the pace again. */
const measureIntervalMs = 500;
/** Share of calls that are not slow: a renewal that fails is repeated. */
const slowShare = 0.95;
/** A lease is renewed when half of it has passed. A slow renewal that is repeated once must still be in time. */
const callsInLease = 4;
/** A call to Graph waits for the same processors as two calls to storage. */
const callsInGraphTimeout = 2;
const maxLeaseSeconds = 60;
const maxGraphTimeoutSeconds = 15;
/** Minimum number of concurrent requests: enough to keep an instance busy. */
const minUnderWay = 16;

/** Time limits on an idle machine. */
interface QuickTimes {
  readonly leaseSeconds: number;
  readonly graphTimeoutSeconds: number;
}

/** Measures how slow the machine is now, by calls to storage, and derives limits from it. */
export class Pace {
  readonly #now: () => number;
  #calls: { readonly at: number; readonly milliseconds: number }[] = [];
  #slow = { at: -Infinity, seconds: 0 };
  /** The slowest call so far, in milliseconds. */
  slowestMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Records the duration of a call to storage. */
  note(milliseconds: number): void {
    this.slowestMs = Math.max(this.slowestMs, milliseconds);
    this.#calls.push({ at: this.#now(), milliseconds });
  }

  /** Time limits for an instance that starts now; at least those of an idle machine. */
  timesFor({ leaseSeconds, graphTimeoutSeconds }: QuickTimes): QuickTimes {
    const between = (min: number, calls: number, max: number): number =>
      Math.max(min, Math.min(Math.ceil(this.#slowSeconds * calls), max));
    return {
      leaseSeconds: between(leaseSeconds, callsInLease, maxLeaseSeconds),
      graphTimeoutSeconds: between(
        graphTimeoutSeconds,
        callsInGraphTimeout,
        maxGraphTimeoutSeconds,
      ),
    };
  }

  /**
   * Maximum number of concurrent requests now, if an idle machine could have `max`. With more, leases would expire
   * before requests end, and all would be processed again.
   */
  underWay(max: number): number {
    return Math.max(minUnderWay, Math.floor(max / Math.max(1, this.#slowSeconds)));
  }

  /** Duration of a slow call in the last half minute. */
  get #slowSeconds(): number {
    const now = this.#now();
    if (now - this.#slow.at < measureIntervalMs) return this.#slow.seconds;
    this.#calls = this.#calls.filter(({ at }) => now - at < memoryMs);
    const sorted = this.#calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const slowMs = sorted[Math.floor(sorted.length * slowShare)] ?? 0;
    this.#slow = { at: now, seconds: slowMs / 1000 };
    return this.#slow.seconds;
  }
}
