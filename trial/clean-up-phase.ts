import { setTimeout as sleep } from 'node:timers/promises';
import { AppVariant, type Change } from './app-variant';
import { shortRetention } from './short-times';
import { countStored } from './stored-state';
import type { TrialHarness } from './trial-harness';

/** Between two calls by which a person starts the clean-up, in milliseconds; one more for each row that is left to remove and to count. */
const pauseMs = 1_000;
/** Instances that are killed in the middle of it. */
const kills = 2;
/** For how long nothing may be removed, in milliseconds. */
const maxStillMs = 3 * 60_000;

/**
 * Has the app clean up after a trial that has ended, while instances die and storage loses calls. Returns the number of rows
 * and blobs that are left: it must be zero, because everything has ended.
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
    for (let calls = 1; ; calls += 1) {
      await startCleanUp(harness);
      await sleep(pauseMs + left);
      if (calls <= kills) await harness.killOne();
      const before = left;
      left = await countStored(harness.connectionString, blobs);
      if (left !== before) changed = Date.now();
      if (left === 0 || Date.now() > changed + maxStillMs) return left;
    }
  } finally {
    variant.remove();
  }
}

/** On every instance, so that several clean up at once. An instance that has just ended does not answer. */
async function startCleanUp({ urls }: TrialHarness): Promise<void> {
  const call = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ input: '' }),
  };
  await Promise.allSettled(urls.map((url) => fetch(`${url}/admin/functions/cleanUp`, call)));
}
