import type { LedgerEntry } from '../../../meetings/ledger';
import type { Clock } from '../../../meetings/ports';
import type { RequestLedger, StoredEntry } from '../../../meetings/request-ledger';
import type { Log } from '../../../telemetry/log';
import { dayOf } from '../blobs-by-day';
import type { RequestDays } from './request-days';
import { partitionOf } from './request-table';

interface ListingDependencies {
  readonly days: RequestDays;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * A ledger that lists every finished request by day, for the clean-up. It lists a request while its attempt calls
 * Graph, which takes longer, and writes the end of the request after both. So no caller waits for the list, and a crash
 * can only list a request twice, or one that has not ended.
 */
export function listingByDay(
  ledger: RequestLedger,
  { days, clock, log }: ListingDependencies,
): RequestLedger {
  const lists = new Map<string, Promise<void>>();

  const list = (requestId: string): Promise<void> =>
    days.add(partitionOf(requestId), dayOf(clock.now()));

  /** The entry, ready to be written: if it has ended, it is on the list. */
  async function listed(entry: LedgerEntry): Promise<LedgerEntry> {
    const { requestId, progress, isListed } = entry;
    const listing = lists.get(requestId);
    if (progress.state !== 'inProgress') lists.delete(requestId);
    if (progress.state !== 'finished' || isListed === true) return entry;
    try {
      await (listing ?? list(requestId)).catch(() => list(requestId));
      return { ...entry, isListed: true };
    } catch {
      // Keeping a row too long does less harm than losing a result.
      log.warn('ledger.not-listed', { requestId });
      return entry;
    }
  }

  /** Lists the request of a row that was written, in the background while its attempt runs. */
  function started<T extends StoredEntry | undefined>(stored: T): T {
    const entry = stored?.entry;
    if (entry?.progress.state !== 'inProgress' || entry.isListed === true) return stored;
    const listing = list(entry.requestId);
    listing.catch(() => undefined);
    lists.set(entry.requestId, listing);
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
