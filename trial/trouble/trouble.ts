import { setTimeout as sleep } from 'node:timers/promises';

/** Instances are killed until this many items have results. */
const busyShare = 0.98;
/** Of all items, so that a short trial has faults too. */
const maxShareBetween = 0.08;
const lookEveryMs = 100;

export interface Frequency {
  /** Zero: never. */
  readonly everySeconds: number;
  /**
   * This many items get their result between two faults, on a slow machine too: instances that die before they have finished
   * anything prove nothing, and only multiply messages.
   */
  readonly minItems: number;
  readonly atMost: number;
}

export interface Course {
  /** Items of the trial. */
  readonly total: number;
  /** Items that have a result. */
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
    await sleep(everySeconds * 1000, undefined, { signal }).catch(() => undefined);
    while (goesOn() && done() < before + between) await sleep(lookEveryMs);
    if (goesOn()) await make();
  }
}
