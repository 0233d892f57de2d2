import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 250;

/** What is waited for; `onLook` is called four times a second. */
interface Watched {
  readonly isDone: () => boolean | Promise<boolean>;
  /** Changes with every event. */
  readonly state: () => string;
  /** Maximum time without a change, in milliseconds. */
  readonly maxStillMs: () => number;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly onLook: () => void;
}

/** Waits until everything is done, nothing has changed for long, or the time is over. */
export async function untilStill(watched: Watched): Promise<void> {
  let latest = '';
  let since = Date.now();
  while (Date.now() < Math.min(watched.until, since + watched.maxStillMs())) {
    watched.onLook();
    if (await watched.isDone()) return;
    const state = watched.state();
    if (state !== latest) since = Date.now();
    latest = state;
    await sleep(lookEveryMs);
  }
}
