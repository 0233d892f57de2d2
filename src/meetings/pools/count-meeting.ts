import type { LedgerEntry } from '../ledger';
import type { OrganizerPools } from './organizer-pools';

/**
 * Counts the meeting of a row whose organizer was chosen from a pool. Runs before the call to Graph, so that every
 * meeting that may exist is counted. A refused call stays counted.
 */
export async function countMeeting(
  { requestId, organizerId, chosen }: LedgerEntry,
  { pools }: { readonly pools?: OrganizerPools | undefined },
): Promise<void> {
  if (chosen === undefined || organizerId === undefined || pools === undefined) return;
  await pools.counts.add({ organizerId, month: chosen.month }, requestId);
}
