import type { QueueState } from '../doctor/probes';

export interface WaitingDependencies {
  /** Undefined if a queue cannot be read. */
  readonly waitingRequests: () => Promise<QueueState | undefined>;
  readonly waitingPoison: () => Promise<QueueState | undefined>;
}

/**
 * Maximum age of the oldest message in a queue that is being processed, in milliseconds. In any other queue, messages
 * may have any age.
 */
const maxWaitMs = 86_400_000;

/**
 * Whether there may be messages of long-finished requests, such as copies. Messages do not expire: they wait while the
 * functions are disabled, and dead messages may have any age.
 */
export async function mayHaveOldMessages({
  waitingRequests,
  waitingPoison,
}: WaitingDependencies): Promise<boolean> {
  const [requests, poison] = await Promise.all([waitingRequests(), waitingPoison()]);
  if (requests === undefined || poison === undefined) return true;
  return poison.messages > 0 || (requests.oldestMs ?? 0) > maxWaitMs;
}
