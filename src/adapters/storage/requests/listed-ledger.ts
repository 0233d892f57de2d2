import type { LedgerEntry } from '../../../meetings/ledger';
import type { Clock, RequestLedger, StoredEntry } from '../../../meetings/ports';
import type { Log } from '../../../telemetry/log';
import { dayOf } from '../blobs-by-day';
import type { RequestDays } from './request-days';
import { partitionOf } from './request-table';

export interface ListingDependencies {
  readonly days: RequestDays;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * A ledger in which every request that has ended is listed by day, so that the clean-up finds it. A request is listed while
 * its attempt calls Graph, which takes longer; its end is written once that is done. So nobody waits, and a crash can only
 * list a request twice, or one that has not ended.
 */
export function listingByDay(
  ledger: RequestLedger,
  { days, clock, log }: ListingDependencies,
): RequestLedger {
  const lists = new Map<string, Promise<void>>();

  const list = (requestId: string): Promise<void> =>
    days.add(partitionOf(requestId), dayOf(clock.now()));

  /** In the background, for an attempt that has the row now. */
  function start({ requestId, progress, isListed }: LedgerEntry): void {
    if (progress.state !== 'inProgress' || isListed === true) return;
    const listing = list(requestId);
    listing.catch(() => undefined);
    lists.set(requestId, listing);
  }

  /** The entry as it may be written: one that has ended is listed. */
  async function listed(entry: LedgerEntry): Promise<LedgerEntry> {
    const { requestId, progress, isListed } = entry;
    const listing = lists.get(requestId);
    if (progress.state !== 'inProgress') lists.delete(requestId);
    if (progress.state !== 'finished' || isListed === true) return entry;
    try {
      await (listing ?? list(requestId)).catch(() => list(requestId));
      return { ...entry, isListed: true };
    } catch {
      // A row that is kept for too long does less harm than a result that is lost.
      log.warn('ledger.not-listed', { requestId });
      return entry;
    }
  }

  function started<T extends StoredEntry | undefined>(stored: T): T {
    if (stored !== undefined) start(stored.entry);
    return stored;
  }

  return {
    async begin(entry) {
      const begun = await ledger.begin(await listed(entry));
      return begun.inserted ? started(begun) : begun;
    },
    replace: async (etag, next) => started(await ledger.replace(etag, await listed(next))),
    replaceWithChange: async (etag, next, change) =>
      started(await ledger.replaceWithChange(etag, await listed(next), change)),
    read: (requestId) => ledger.read(requestId),
    readWithChange: (requestId, key) => ledger.readWithChange(requestId, key),
    readWithChanges: (requestId) => ledger.readWithChanges(requestId),
  };
}
