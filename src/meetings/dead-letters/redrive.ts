import type { Clock } from '../ports';
import type { Log } from '../../telemetry/log';

/** A message that is no longer tried. It is invisible to others while it is held. */
export interface DeadLetter {
  readonly text: string;
  readonly insertedOn: Date;
  readonly id: string;
  /** Changes each time the message is received. */
  readonly receipt: string;
}

/** A poison queue. Its times come from storage's clock. */
export interface DeadLetterQueue {
  readonly name: string;
  /** The approximate number of messages, including hidden ones, and the queue's time. */
  measure(): Promise<{ readonly messages: number; readonly now: Date }>;
  /** Receives up to `count` visible messages, at most 32, and hides them for a minute. */
  take(count: number): Promise<readonly DeadLetter[]>;
  /** Sends an untried copy, then deletes the message. A crash in between leaves two messages, never none. */
  putBack(letter: DeadLetter): Promise<void>;
}

/** The messages that were put back in one queue. */
export interface Redriven {
  readonly queue: string;
  readonly redriven: number;
  /** Approximate number of messages left: hidden ones, and those beyond the limits of one call. */
  readonly remaining: number;
}

/** Maximum number of messages for each queue in one call. */
export const maxRedriven = 1_000;
const maxDurationMs = 60_000;
const takenAtOnce = 32;

/**
 * Lets the app try dead messages again: the host runs each message of a poison queue five times and no more, and starts
 * counting again for a copy. Calls may overlap and may be interrupted: a request that is tried twice is still one
 * request.
 * @throws MeetingError `storageUnavailable`; messages put back before that stay back.
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
    // Later messages are copies, or newly dead.
    const old = taken.filter(({ insertedOn }) => insertedOn <= started);
    for (const letter of old) await queue.putBack(letter);
    redriven += old.length;
    isEmpty = old.length === 0;
  }
  const remaining = Math.max(0, messages - redriven);
  log.info('poison.redriven', { queue: queue.name, redriven, remaining });
  return { queue: queue.name, redriven, remaining };
}
