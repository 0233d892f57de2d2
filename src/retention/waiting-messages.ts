import type { QueueState } from '../doctor/probes';

export interface WaitingDependencies {
  /** Undefined when a queue cannot be read. */
  readonly waitingRequests: () => Promise<QueueState | undefined>;
  readonly waitingPoison: () => Promise<QueueState | undefined>;
}

/** A queue whose oldest message is older is not being worked on, and messages on it may be of any age. In milliseconds. */
const maxWaitMs = 86_400_000;

/**
 * Whether a message may wait whose request was finished long ago: a copy of it, for one. Messages do not expire: while the
 * functions are switched off they wait, however long, and a dead one may be of any age.
 */
export async function mayHaveOldMessages({
  waitingRequests,
  waitingPoison,
}: WaitingDependencies): Promise<boolean> {
  const [requests, poison] = await Promise.all([waitingRequests(), waitingPoison()]);
  if (requests === undefined || poison === undefined) return true;
  return poison.messages > 0 || (requests.oldestMs ?? 0) > maxWaitMs;
}
