import { LRUCache } from 'lru-cache';
import { isBatchId } from '../../batches/batch';
import type { BatchLedger } from '../../batches/ports';

/** How long an answer is cached, in milliseconds. */
const freshMs = 2_000;
/** Maximum number of cached batches. */
const capacity = 1_000;

/** Whether batches have been cancelled; asked at most every two seconds for each batch, whatever the number of rows. */
export function makeCancellations(
  batches: Pick<BatchLedger, 'read'>,
): (batchId: string) => Promise<boolean> {
  const known = new LRUCache<string, { readonly cancelled: boolean }>({
    max: capacity,
    ttl: freshMs,
    fetchMethod: async (batchId) => {
      const stored = await batches.read(batchId);
      return { cancelled: stored?.batch.cancelledDateTime !== undefined };
    },
  });
  return async (batchId) => isBatchId(batchId) && (await known.fetch(batchId))?.cancelled === true;
}
