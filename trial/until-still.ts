import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 250;

export interface Watched {
  readonly isDone: () => boolean | Promise<boolean>;
  /** Differs whenever something has happened. */
  readonly state: () => string;
  /** How long nothing may happen, in milliseconds. */
  readonly maxStillMs: () => number;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly onLook: () => void;
}

/** Waits until all is done, nothing has happened for long, or the time is over. */
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
