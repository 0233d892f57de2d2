import { setTimeout as sleep } from 'node:timers/promises';

/** Maximum delay of a timer, in milliseconds; longer ones overflow. */
const maxDelayMs = 2 ** 31 - 1;

/** The clock of the timers. */
export interface Clock {
  now(): Date;
  /** Resolves at this time, or at once if it has passed; rejects when the signal aborts. */
  until(time: Date, signal: AbortSignal): Promise<void>;
}

/** The real time. Its waits do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  async until(time, signal) {
    for (let left = 1; left > 0;) {
      left = time.getTime() - Date.now();
      await sleep(Math.min(Math.max(left, 0), maxDelayMs), undefined, { signal, ref: false });
    }
  },
};
