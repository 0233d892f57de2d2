import { LRUCache } from 'lru-cache';
import { isBatchId, type Batch } from '../../../batches/batch';
import type { BatchLedger } from '../../../batches/ports';
import { matchRowToken } from '../../../batches/tokens';
import type { Clock } from '../../../meetings/ports';
import type { ProcessDependencies } from '../../../meetings/messages/process-request';

/** Time to live of an entry, in milliseconds: after a cancellation an instance may still begin rows for this long. */
const cacheTtlMs = 2_000;
/** Maximum number of cached batches. */
const capacity = 1_000;

/** The few properties that requests need: a whole batch can be large. */
interface KnownBatch {
  readonly isCancelled: boolean;
  readonly isRowToken: (rowToken: string | undefined) => boolean;
}

/**
 * Caches what requests need to know about their batch: one read every two seconds for each batch, however many rows it
 * has. A missing batch is not cached, since the batch may be created later: a sender may have guessed its id.
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
