import type { BatchIndex, BatchLedger } from '../../batches/ports';
import type { FinishedBatches } from '../../batches/results/finished-batches';
import { MeetingError } from '../../errors/meeting-error';
import type { RequestLedger } from '../../meetings/request-ledger';

/** How long an HTTP call waits for storage, in milliseconds. Queue messages can wait longer. */
const maxWaitMs = 5_000;

/** @throws MeetingError `storageUnavailable` if the call takes too long; the call itself continues. */
async function within<T>(call: Promise<T>, maxMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late(maxMs)), maxMs);
  try {
    return await Promise.race([call, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const late = (maxMs: number): MeetingError =>
  new MeetingError('storageUnavailable', `Storage has not responded for ${maxMs / 1000} seconds.`);

/**
 * The ledger, for callers who wait. Only steps before the call to Graph have a time limit; the outcome of that call is
 * recorded, however long it takes. If a row is inserted after its caller was refused, its attempt is released, so that
 * the next try can start at once.
 */
export function promptLedger(ledger: RequestLedger, maxMs = maxWaitMs): RequestLedger {
  const release = async (begun: ReturnType<RequestLedger['begin']>): Promise<void> => {
    const { inserted, etag, entry } = await begun;
    // A request that was cancelled before it arrived ends with its first row.
    if (inserted && entry.progress.state === 'inProgress')
      await ledger.replace(etag, { ...entry, progress: { state: 'waiting' } });
  };
  return {
    ...ledger,
    read: (requestId) => within(ledger.read(requestId), maxMs),
    readWithChange: (requestId, key) => within(ledger.readWithChange(requestId, key), maxMs),
    readWithChanges: (requestId) => within(ledger.readWithChanges(requestId), maxMs),
    begin: async (entry) => {
      const begun = ledger.begin(entry);
      try {
        return await within(begun, maxMs);
      } catch (thrown) {
        release(begun).catch(() => undefined);
        throw thrown;
      }
    },
  };
}

/** The batches, for callers who wait. */
export const promptBatches = (batches: BatchLedger, maxMs = maxWaitMs): BatchLedger => ({
  ...batches,
  read: (batchId) => within(batches.read(batchId), maxMs),
});

/** The list of batches, for callers who wait. A new batch writes to it first. */
export const promptIndex = (index: BatchIndex, maxMs = maxWaitMs): BatchIndex => ({
  ...index,
  addActive: (entry, acceptedDateTime) => within(index.addActive(entry, acceptedDateTime), maxMs),
});

/** The list of finished batches, for callers who wait. */
export const promptFinished = (finished: FinishedBatches, maxMs = maxWaitMs): FinishedBatches => ({
  earliestEnding: () => within(finished.earliestEnding(), maxMs),
  async *listBetween(from, before) {
    const places = finished.listBetween(from, before)[Symbol.asyncIterator]();
    for (;;) {
      const next = await within(places.next(), maxMs);
      if (next.done === true) return;
      yield next.value;
    }
  },
});
