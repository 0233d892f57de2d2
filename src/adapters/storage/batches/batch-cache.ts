import { LRUCache } from 'lru-cache';
import { isBatchId, type Batch } from '../../../batches/batch';
import type { BatchLedger } from '../../../batches/ports';
import { matchRowToken } from '../../../batches/tokens';
import type { Clock } from '../../../meetings/ports';
import type { ProcessDependencies } from '../../../meetings/messages/process-request';

/** Time to live of an entry, in milliseconds: so long after the cancellation an instance may still begin a row. */
const cacheTtlMs = 2_000;
/** Batches remembered at most. */
const capacity = 1_000;

/** Little of a batch: all of it can be large. */
interface KnownBatch {
  readonly isCancelled: boolean;
  readonly isRowToken: (rowToken: string | undefined) => boolean;
}

/**
 * What requests need to know of their batch; asked at most every two seconds for each batch, whatever the number of rows. That
 * there is no such batch is not remembered: a sender who guesses an id must not be believed about a batch that comes later.
 */
export function makeBatchCache(
  batches: Pick<BatchLedger, 'read'>,
  clock: Pick<Clock, 'now'>,
): Pick<ProcessDependencies, 'isCancelled' | 'isRowToken'> {
  const known = new LRUCache<string, KnownBatch>({
    max: capacity,
    ttl: cacheTtlMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
    fetchMethod: async (batchId) => {
      const stored = await batches.read(batchId);
      return stored && toKnown(stored.batch);
    },
  });
  const find = async (batchId: string): Promise<KnownBatch | undefined> =>
    isBatchId(batchId) ? known.fetch(batchId) : undefined;
  return {
    isCancelled: async (batchId) => (await find(batchId))?.isCancelled === true,
    isRowToken: async (batchId, rowToken) => (await find(batchId))?.isRowToken(rowToken) === true,
  };
}

const toKnown = ({ cancelledDateTime, rowToken }: Batch): KnownBatch => ({
  isCancelled: cancelledDateTime !== undefined,
  isRowToken: matchRowToken(rowToken),
});
