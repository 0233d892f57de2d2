import { setTimeout as sleep } from 'node:timers/promises';

interface Pace {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/**
 * Polls until the answer is neither undefined nor false, and resolves to it.
 * @throws Error that names `what` once the time is over.
 */
export async function eventually<T>(
  what: string | (() => string),
  ask: () => Promise<T | false | undefined> | T | false | undefined,
  { withinMs = 15_000, everyMs = 50 }: Pace = {},
): Promise<T> {
  const until = performance.now() + withinMs;
  do {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await sleep(everyMs);
  } while (performance.now() < until);
  const missing = typeof what === 'string' ? what : what();
  throw new Error(`Expected within ${withinMs / 1000} s: ${missing}.`);
}
