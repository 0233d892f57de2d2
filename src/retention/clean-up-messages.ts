import type { Clock } from '../meetings/ports';
import type { Log } from '../telemetry/log';

/** Texts that were too long for a queue message: of requests, and the originals of dead messages. */
export interface OldMessages {
  /** Names of those that were stored before this day (`2026-12-01`). */
  listBefore(day: string): AsyncIterable<string>;
  /** May be repeated. */
  remove(name: string): Promise<void>;
}

/** The state of a queue. */
export interface Waiting {
  /** Including messages that are invisible at the moment. */
  readonly messages: number;
  /** Age of the oldest visible message, in milliseconds. */
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
 * Time between storing a text and the last result that refers to it. Seven days are the longest delay of a message and
 * the longest REQUEST_MAX_AGE_HOURS, and a text is stored anew whenever its request is put back.
 */
const maxDelayOnQueuesMs = 14 * dayMs;
/** If the oldest message is older, the queue is not being processed, and its messages may be of any age. In milliseconds. */
const backlogMs = dayMs;

/**
 * Removes texts that nothing refers to any more: no message, because all of that time are gone, and no result of a
 * request that is still kept. Returns their number.
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

/** Messages do not expire: they wait as long as the functions are switched off. A dead one may be of any age. */
async function mayBeWaitedFor({
  waitingRequests,
  waitingPoison,
}: CleanUpMessagesDependencies): Promise<boolean> {
  const [requests, poison] = await Promise.all([waitingRequests(), waitingPoison()]);
  if (requests === undefined || poison === undefined) return true;
  return poison.messages > 0 || (requests.oldestMs ?? 0) > backlogMs;
}
