import { setTimeout as sleep } from 'node:timers/promises';

/** Longer delays overflow a timer, in milliseconds. */
const maxDelayMs = 2 ** 31 - 1;

/** Time, as the timers see it. */
export interface Clock {
  now(): Date;
  /** Resolves at this time, or at once if it has passed; rejects when the signal is given. */
  until(time: Date, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  async until(time, signal) {
    for (let left = 1; left > 0;) {
      left = time.getTime() - Date.now();
      await sleep(Math.min(Math.max(left, 0), maxDelayMs), undefined, { signal, ref: false });
    }
  },
};
