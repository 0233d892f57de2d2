import { setTimeout as sleep } from 'node:timers/promises';

/** Share of items with results up to which faults are made. */
const busyShare = 0.98;
/** Maximum share of items between two faults, so that even a short trial has faults. */
const maxShareBetween = 0.08;
/** Share of items after which a fault does not wait for its time, so that a fast machine has faults too. */
const latestShare = 0.25;
const lookEveryMs = 100;

/** How often a kind of fault is made, and how many times at most. */
export interface Frequency {
  /** Zero: never. */
  readonly everySeconds: number;
  /**
   * Minimum number of items that end between two faults, even on a slow machine: instances that die before finishing
   * anything prove nothing and only multiply messages.
   */
  readonly minItems: number;
  readonly atMost: number;
}

/** The progress of a trial. */
interface Course {
  /** Number of items of the trial. */
  readonly total: number;
  /** Number of items with a result. */
  readonly done: () => number;
  readonly signal: AbortSignal;
}

/** Makes faults of a kind until nearly every item has a result, and then stops, so that the rest can finish. */
export async function makeTrouble(
  { everySeconds, minItems, atMost }: Frequency,
  { total, done, signal }: Course,
  make: () => Promise<void>,
): Promise<void> {
  if (everySeconds === 0) return;
  const goesOn = (): boolean => !signal.aborted && done() < busyShare * total;
  const between = Math.min(minItems, maxShareBetween * total);
  for (let made = 0; made < atMost && goesOn(); made += 1) {
    const before = done();
    const time = performance.now() + everySeconds * 1000;
    const isTime = (ended: number): boolean =>
      ended >= latestShare * total || (ended >= between && performance.now() >= time);
    while (goesOn() && !isTime(done() - before)) await sleep(lookEveryMs);
    if (goesOn()) await make();
  }
}
