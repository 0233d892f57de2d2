import {
  toMeetingError,
  withExecuted,
  type Executed,
  type MeetingError,
} from '../../errors/meeting-error';
import type { Random, Clock } from '../ports';

/** Maximum wait inside an attempt, in milliseconds; longer waits are left to the caller or the queue. */
const maxWaitInPlaceMs = 5_000;

const firstBackoffMs = 500;
/** Maximum number of tries of one call, including the first. */
const maxTries = 4;

/**
 * How long to wait before try number `tried + 1`, in milliseconds. Uses Retry-After if the server sent one; otherwise
 * exponential back-off with equal jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function nextDelay(error: MeetingError, tried: number, random: () => number): number {
  if (error.retryAfterMs !== undefined) return error.retryAfterMs;
  const ceiling = firstBackoffMs * 2 ** tried;
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** When a call may be tried again. */
interface RetryOptions {
  /** Whether the call may be repeated although it may have had an effect. */
  readonly repeatable: boolean;
  /** Milliseconds since 1970; no wait extends beyond it. */
  readonly deadline: number;
}

/**
 * Makes a call, and retries it if that is safe and the wait is short. The final error has the delay before the next
 * try. It says `unknown` for `executed` if any try may have had an effect: a refusal of the second try says nothing
 * about the first.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  { repeatable, deadline }: RetryOptions,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<T> {
  let executed: Executed = 'no';
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (thrown) {
      const latest = toMeetingError(thrown);
      if (latest.executed === 'unknown') executed = 'unknown';
      const error = withExecuted(latest, executed);
      const mayRepeat = error.retryable && (repeatable || executed === 'no');
      const delay = nextDelay(error, tried, () => random.random());
      const inTime = delay <= maxWaitInPlaceMs && clock.now().getTime() + delay < deadline;
      if (!mayRepeat || !inTime || tried >= maxTries) throw error;
      await clock.sleep(delay);
    }
  }
}
