import { MeetingError } from '../errors/meeting-error';
import { isBatchId, type Batch } from './batch';
import type { BatchLedger, StoredBatch } from './ports';

/** @throws MeetingError `batchNotFound`. */
export async function findBatch(
  batches: Pick<BatchLedger, 'read'>,
  batchId: string,
): Promise<StoredBatch> {
  const stored = isBatchId(batchId) ? await batches.read(batchId) : undefined;
  if (stored !== undefined) return stored;
  throw batchNotFound();
}

/** Returns `batchNotFound`, which does not say whether the batch ever existed. */
export const batchNotFound = (): MeetingError =>
  new MeetingError('batchNotFound', 'This batch does not exist.');

/**
 * Writes the batch that `change` returns. If another instance writes first, applies `change` again to what it wrote.
 * Writes nothing if `change` returns undefined because it no longer applies.
 */
export async function moveBatch(
  stored: StoredBatch,
  change: (batch: Batch) => Batch | undefined,
  batches: BatchLedger,
): Promise<StoredBatch | undefined> {
  let current: StoredBatch | undefined = stored;
  while (current !== undefined) {
    const next = change(current.batch);
    if (next === undefined || next === current.batch) return next && current;
    const moved = await batches.replace(current.etag, next);
    if (moved !== undefined) return moved;
    current = await batches.read(next.batchId);
  }
  return undefined;
}
