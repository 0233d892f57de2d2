const memoryMs = 30_000;
/** A lease is renewed when half of it has passed. A renewal that takes longest, and is repeated once, must still be in time. */
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

/** How slow the machine is at present, measured by calls to storage, and the time limits that follow from it. */
export class Pace {
  readonly #now: () => number;
  #calls: readonly { readonly at: number; readonly milliseconds: number }[] = [];
  /** The slowest call of the whole time, in milliseconds. */
  slowestMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A call to storage took so long. */
  note(milliseconds: number): void {
    const at = this.#now();
    this.slowestMs = Math.max(this.slowestMs, milliseconds);
    // Of earlier calls only those count that were slower.
    const kept = this.#calls.filter(
      (call) => call.milliseconds > milliseconds && at - call.at < memoryMs,
    );
    this.#calls = [...kept, { at, milliseconds }];
  }

  /** What an instance that starts now is given: never less than on an idle machine. */
  timesFor({ leaseSeconds, graphTimeoutSeconds }: QuickTimes): QuickTimes {
    const seconds = this.#slowestSeconds;
    const between = (least: number, wanted: number, most: number): number =>
      Math.max(least, Math.min(Math.ceil(wanted), most));
    return {
      leaseSeconds: between(leaseSeconds, seconds * callsInLease, maxLeaseSeconds),
      graphTimeoutSeconds: between(
        graphTimeoutSeconds,
        seconds * callsInGraphTimeout,
        maxGraphTimeoutSeconds,
      ),
    };
  }

  /**
   * How many requests may be under way, where an idle machine could have `most`. With more, leases would run out before
   * requests end, and all would be worked on again.
   */
  underWay(most: number): number {
    return Math.max(minUnderWay, Math.floor(most / Math.max(1, this.#slowestSeconds)));
  }

  /** The slowest call of the last half minute. */
  get #slowestSeconds(): number {
    const since = this.#now() - memoryMs;
    const recent = this.#calls.filter(({ at }) => at > since);
    return Math.max(0, ...recent.map(({ milliseconds }) => milliseconds)) / 1000;
  }
}
