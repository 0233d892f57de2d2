import type { Clock } from '../meetings/ports';

/** Texts that were too long for a queue message: requests, and originals of dead messages. */
export interface OldMessages {
  /** Names of those that were stored before this day (`2026-12-01`). */
  listBefore(day: string): AsyncIterable<string>;
  /** May be repeated. */
  remove(name: string): Promise<void>;
}

export interface CleanUpMessagesDependencies {
  readonly oldMessages: OldMessages;
  readonly clock: Pick<Clock, 'now'>;
  readonly retentionMs: number;
}

/**
 * Maximum time from storing a text to the last result that refers to it, in milliseconds. Seven days is the maximum of
 * both a message's delay and REQUEST_MAX_AGE_HOURS, and a text is stored again whenever its request is queued again.
 */
const maxDelayOnQueuesMs = 14 * 86_400_000;

/** Removes texts to which neither a message nor the result of a stored request can refer. Returns their number. */
export async function cleanUpMessages(
  { oldMessages, clock, retentionMs }: CleanUpMessagesDependencies,
  isTime: () => boolean,
): Promise<number> {
  const before = clock.now().getTime() - retentionMs - maxDelayOnQueuesMs;
  let removed = 0;
  for await (const name of oldMessages.listBefore(new Date(before).toISOString().slice(0, 10))) {
    if (!isTime()) break;
    await oldMessages.remove(name);
    removed += 1;
  }
  return removed;
}
