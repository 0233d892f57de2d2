import type { Clock } from '../meetings/ports';
import type { Log } from '../telemetry/log';

/** Texts that were too long for a queue message: of requests, and the originals of dead messages. */
export interface OldMessages {
  /** Names of those that were stored before this day (`2026-12-01`). */
  listBefore(day: string): AsyncIterable<string>;
  /** May be repeated. */
  remove(name: string): Promise<void>;
}

/** What lies in a queue. */
export interface Waiting {
  /** Those that nobody sees at the moment are counted too. */
  readonly messages: number;
  /** Age of the oldest that can be seen, in milliseconds. */
  readonly oldestMs?: number;
}

export interface CleanUpMessagesDependencies {
  readonly oldMessages: OldMessages;
  /** Undefined when a queue cannot be read. */
  readonly waitingRequests: () => Promise<Waiting | undefined>;
  readonly waitingPoison: () => Promise<Waiting | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly retentionMs: number;
}

const dayMs = 86_400_000;
/**
 * From when a text is stored until the last result that refers to it: seven days are the longest delay of a message and
 * the longest REQUEST_MAX_AGE_HOURS, and a text is stored anew whenever its request is put back.
 */
const maxDelayOnQueuesMs = 14 * dayMs;
/** A queue whose oldest message is older is not being worked on, and messages on it may be of any age. In milliseconds. */
const backlogMs = dayMs;

/**
 * Removes texts that nothing refers to any more: neither a message, since all of that time are gone, nor the result of a
 * request that is still remembered. Gives how many.
 */
export async function cleanUpMessages(
  deps: CleanUpMessagesDependencies,
  isTime: () => boolean,
): Promise<number> {
  if (await mayBeWaitedFor(deps)) {
    deps.log.info('clean-up.messages-kept');
    return 0;
  }
  const before = deps.clock.now().getTime() - deps.retentionMs - maxDelayOnQueuesMs;
  let removed = 0;
  for await (const name of deps.oldMessages.listBefore(
    new Date(before).toISOString().slice(0, 10),
  )) {
    if (!isTime()) break;
    await deps.oldMessages.remove(name);
    removed += 1;
  }
  return removed;
}

/** Messages do not expire: while the functions are switched off they wait, however long. A dead one may be of any age. */
async function mayBeWaitedFor({
  waitingRequests,
  waitingPoison,
}: CleanUpMessagesDependencies): Promise<boolean> {
  const [requests, poison] = await Promise.all([waitingRequests(), waitingPoison()]);
  if (requests === undefined || poison === undefined) return true;
  return poison.messages > 0 || (requests.oldestMs ?? 0) > backlogMs;
}
