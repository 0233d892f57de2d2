import type { Clock } from '../meetings/ports';

/** Texts that were too long for a queue message: of requests, and the originals of dead messages. */
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
 * From when a text is stored until the last result that refers to it, in milliseconds: seven days are the longest delay of a
 * message and the longest REQUEST_MAX_AGE_HOURS, and a text is stored anew whenever its request is put back.
 */
const maxDelayOnQueuesMs = 14 * 86_400_000;

/**
 * Removes texts that nothing refers to any more: no message, because all of that time are gone, and no result of a
 * request that is still kept. Returns their number.
 */
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
