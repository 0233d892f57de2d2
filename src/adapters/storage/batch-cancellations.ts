import { LRUCache } from 'lru-cache';
import { isBatchId } from '../../batches/batch';
import type { BatchLedger } from '../../batches/ports';
import type { Clock } from '../../meetings/ports';

/** Time to live of an entry, in milliseconds: so long after the cancellation an instance may still begin a row. */
const cacheTtlMs = 2_000;
/** Batches remembered at most. */
const capacity = 1_000;

/** Whether batches have been cancelled; asked at most every two seconds for each batch, whatever the number of rows. */
export function makeCancellations(
  batches: Pick<BatchLedger, 'read'>,
  clock: Pick<Clock, 'now'>,
): (batchId: string) => Promise<boolean> {
  const known = new LRUCache<string, { readonly cancelled: boolean }>({
    max: capacity,
    ttl: cacheTtlMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
    fetchMethod: async (batchId) => {
      const stored = await batches.read(batchId);
      return { cancelled: stored?.batch.cancelledDateTime !== undefined };
    },
  });
  return async (batchId) => isBatchId(batchId) && (await known.fetch(batchId))?.cancelled === true;
}
