const maxDeaths = 3;
/** Time after which a death counts as the first again, in milliseconds. */
const forgottenAfterMs = 30 * 60_000;

/** Counts deaths of the worker process; three in quick succession are too many. */
export class DeathCount {
  #count = 0;
  #lastAt = -Infinity;

  /** Counts a death and returns whether there were too many; `now` is in milliseconds. */
  add(now: number): boolean {
    this.#count = now - this.#lastAt > forgottenAfterMs ? 1 : this.#count + 1;
    this.#lastAt = now;
    return this.#count >= maxDeaths;
  }
}
