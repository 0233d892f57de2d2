const memoryMs = 30_000;
/** How often the pace is worked out anew. */
const freshMs = 500;
/** Of all calls, the share that is quicker than what counts as slow: a renewal that fails is repeated. */
const slowShare = 0.95;
/** A lease is renewed when half of it has passed. A slow renewal that is repeated once must still be in time. */
const callsInLease = 4;
/** A call to Graph waits for the same processors as two calls to storage. */
const callsInGraphTimeout = 2;
const maxLeaseSeconds = 60;
const maxGraphTimeoutSeconds = 15;
/** Of all that an idle machine can have under way, in requests: as many as still find an instance with something to do. */
const minUnderWay = 16;

/** Times of an idle machine. */
export interface QuickTimes {
  readonly leaseSeconds: number;
  readonly graphTimeoutSeconds: number;
}

/** How slow the machine is at present, measured by calls to storage, and the limits that follow from it. */
export class Pace {
  readonly #now: () => number;
  #calls: { readonly at: number; readonly milliseconds: number }[] = [];
  #slow = { at: -Infinity, seconds: 0 };
  /** The slowest call of the whole time, in milliseconds. */
  slowestMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A call to storage took so long. */
  note(milliseconds: number): void {
    this.slowestMs = Math.max(this.slowestMs, milliseconds);
    this.#calls.push({ at: this.#now(), milliseconds });
  }

  /** What an instance that starts now is given: never less than on an idle machine. */
  timesFor({ leaseSeconds, graphTimeoutSeconds }: QuickTimes): QuickTimes {
    const between = (least: number, calls: number, most: number): number =>
      Math.max(least, Math.min(Math.ceil(this.#slowSeconds * calls), most));
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
   * How many requests may be under way, where an idle machine could have `most`. With more, leases would run out before
   * requests end, and all would be worked on again.
   */
  underWay(most: number): number {
    return Math.max(minUnderWay, Math.floor(most / Math.max(1, this.#slowSeconds)));
  }

  /** How long a slow call of the last half minute took. */
  get #slowSeconds(): number {
    const now = this.#now();
    if (now - this.#slow.at < freshMs) return this.#slow.seconds;
    this.#calls = this.#calls.filter(({ at }) => now - at < memoryMs);
    const sorted = this.#calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const slowMs = sorted[Math.floor(sorted.length * slowShare)] ?? 0;
    this.#slow = { at: now, seconds: slowMs / 1000 };
    return this.#slow.seconds;
  }
}
