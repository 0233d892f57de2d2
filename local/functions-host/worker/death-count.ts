const maxDeaths = 3;
/** A death that long after the one before counts as the first, in milliseconds. */
const forgottenAfterMs = 30 * 60_000;

/** Counts the deaths of the worker process: the third in quick succession is one too many. */
export class DeathCount {
  #count = 0;
  #lastAt = -Infinity;

  /** Answers whether it is too often now; `now` is in milliseconds. */
  add(now: number): boolean {
    this.#count = now - this.#lastAt > forgottenAfterMs ? 1 : this.#count + 1;
    this.#lastAt = now;
    return this.#count >= maxDeaths;
  }
}
