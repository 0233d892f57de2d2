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

/** Random numbers of the process, and UUIDs of version 4 as ids. */
export const systemRandom: Random = { random: () => Math.random(), newId: () => randomUUID() };
