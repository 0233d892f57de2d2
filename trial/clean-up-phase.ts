import { setTimeout as sleep } from 'node:timers/promises';
import { AppVariant, type Change } from './variants/app-variant';
import { shortRetention } from './variants/short-times';
import { countStored } from './storage/stored-state';
import type { TrialHarness } from './trial-harness';

/** Pause between two counts of the remaining rows, in milliseconds; longer by 1 ms for each remaining row. */
const pauseMs = 1_000;
/** Number of instances killed during the clean-up. */
const kills = 2;
/** Maximum time without a removal, in milliseconds. */
const maxStillMs = 3 * 60_000;

/**
 * Lets the app clean up after a trial, while instances die and storage loses calls. Returns the number of remaining
 * rows and blobs, which must be zero because everything has ended.
 */
export async function runCleanUp(
  harness: TrialHarness,
  { changes, blobs }: { readonly changes: readonly Change[]; readonly blobs: ReadonlySet<string> },
): Promise<number> {
  const variant = new AppVariant([...changes, shortRetention]);
  try {
    await harness.replaceApp(variant.folder);
    let left = 0;
    let changed = Date.now();
    for (let looks = 1; ; looks += 1) {
      await cleanFor(pauseMs + left, harness);
      if (looks <= kills) await harness.killOne();
      const before = left;
      left = await countStored(harness.connectionString, blobs);
      if (left !== before) changed = Date.now();
      if (left === 0 || Date.now() > changed + maxStillMs) return left;
    }
  } finally {
    await harness.stopHosts();
    variant.remove();
  }
}

/** Several instances clean up concurrently, and each starts again when a lost call has ended its run. */
async function cleanFor(milliseconds: number, harness: TrialHarness): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(pauseMs))
    await startCleanUp(harness);
}

/** Starts a run on every instance without one. An instance that has just ended does not answer. */
async function startCleanUp({ urls, cleaning }: TrialHarness): Promise<void> {
  const call = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ input: '' }),
  };
  const idle = urls.filter((url) => !cleaning.has(url));
  idle.forEach((url) => cleaning.add(url));
  await Promise.allSettled(idle.map((url) => fetch(`${url}/admin/functions/cleanUp`, call)));
}
