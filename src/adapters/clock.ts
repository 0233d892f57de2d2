import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random, Clock } from '../meetings/ports';

/** The real time. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};

export const systemRandom: Random = { random: () => Math.random(), newId: () => randomUUID() };
