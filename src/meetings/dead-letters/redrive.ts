import type { Clock } from '../ports';
import type { Log } from '../../telemetry/log';

/** A message that nobody tries any more. While this is held, nobody else sees it. */
export interface DeadLetter {
  readonly text: string;
  readonly insertedOn: Date;
  readonly id: string;
  /** Changes whenever somebody takes the message. */
  readonly receipt: string;
}

/** A poison queue. Its times are those of its own clock. */
export interface DeadLetterQueue {
  readonly name: string;
  /** About how many messages there are, hidden ones too, and what time it is. */
  measure(): Promise<{ readonly messages: number; readonly now: Date }>;
  /** Takes up to this many visible messages, at most 32, and hides them from others for a minute. */
  take(count: number): Promise<readonly DeadLetter[]>;
  /** Puts a copy there that nobody has tried, then deletes the message: broken off in between, there are two, never none. */
  putBack(letter: DeadLetter): Promise<void>;
}

/** What was put back in one queue. */
export interface Redriven {
  readonly queue: string;
  readonly redriven: number;
  /** About how many messages were left: hidden ones, and those beyond the limits of one call. */
  readonly remaining: number;
}

/** Of one call, for each queue. */
export const maxRedriven = 1_000;
const maxDurationMs = 60_000;
const takenAtOnce = 32;

/**
 * Lets the app try dead messages again: the host runs each message of a poison queue five times and then no more, and counts anew
 * for a copy. May be called twice at a time and broken off: a request that is tried twice is still one request.
 * @throws MeetingError `storageUnavailable`; what was put back by then stays so.
 */
export async function redrive(
  queue: DeadLetterQueue,
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
): Promise<Redriven> {
  const { messages, now: started } = await queue.measure();
  const until = clock.now().getTime() + maxDurationMs;
  let redriven = 0;
  let isEmpty = messages === 0;
  while (!isEmpty && redriven < maxRedriven && clock.now().getTime() < until) {
    const taken = await queue.take(Math.min(takenAtOnce, maxRedriven - redriven));
    // What came later is a copy, or newly dead.
    const old = taken.filter(({ insertedOn }) => insertedOn <= started);
    for (const letter of old) await queue.putBack(letter);
    redriven += old.length;
    isEmpty = old.length === 0;
  }
  const remaining = Math.max(0, messages - redriven);
  log.info('poison.redriven', { queue: queue.name, redriven, remaining });
  return { queue: queue.name, redriven, remaining };
}
