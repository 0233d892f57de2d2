import type { Random, Clock } from '../../../src/meetings/ports';

/** A clock that advances only on demand, or when all work sleeps: then to the earliest wake-up time. */
export class FakeClock implements Clock {
  #time: number;
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  readonly slept: number[] = [];

  constructor(start = '2026-12-01T08:00:00.000Z') {
    this.#time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#time + milliseconds, wake });
      setImmediate(() => this.#wakeEarliest());
    });
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }

  #wakeEarliest(): void {
    this.#sleepers.sort((one, other) => one.at - other.at);
    const sleeper = this.#sleepers.shift();
    if (sleeper === undefined) return;
    this.#time = Math.max(this.#time, sleeper.at);
    sleeper.wake();
  }
}

/** Random without surprises: always the middle, and ids in order. */
export function fakeRandom(): Random {
  let ids = 0;
  return { random: () => 0.5, newId: () => `id-${(ids += 1)}` };
}
