import { isPreview, type Batch } from '../batches/batch';
import type { BatchIndex, BatchLedger } from '../batches/ports';
import type { FinishedBatches } from '../batches/results/finished-batches';
import { statusOf } from '../batches/results/batch-status';
import type { Choice } from './choice';

export interface BatchChoiceDependencies {
  readonly batches: Pick<BatchLedger, 'read'>;
  readonly index: Pick<BatchIndex, 'listActive'>;
  readonly finished: Pick<FinishedBatches, 'listBetween'>;
}

const maxChoices = 50;
/** Maximum age of the batches offered, in milliseconds. */
const maxAgeMs = 7 * 86_400_000;

/** The batches of the last days, newest first. */
export async function batchChoices(
  now: Date,
  { batches, index, finished }: BatchChoiceDependencies,
): Promise<readonly Choice[]> {
  const from = { completedDateTime: new Date(now.getTime() - maxAgeMs).toISOString() };
  const ids = new Set<string>();
  for await (const { batchId } of finished.listBetween(from, now.toISOString())) {
    // A batch that has ended twice is listed at its last end.
    ids.delete(batchId);
    ids.add(batchId);
  }
  for await (const { batchId } of index.listActive()) ids.add(batchId);
  const newest = [...ids].slice(-maxChoices);
  const found = await Promise.all(newest.map((batchId) => batches.read(batchId)));
  return found
    .flatMap((stored) => (stored === undefined || isPreview(stored.batch) ? [] : [stored.batch]))
    .sort((one, other) => (one.acceptedDateTime > other.acceptedDateTime ? -1 : 1))
    .map((batch) => toChoice(batch, now));
}

function toChoice(batch: Batch, now: Date): Choice {
  const { batchId, total, acceptedDateTime } = batch;
  const time = `${acceptedDateTime.slice(0, 16).replace('T', ' ')} UTC`;
  const { state } = statusOf(batch, new Map(), now);
  return { value: batchId, title: `${time}, ${total} ${total === 1 ? 'row' : 'rows'}, ${state}` };
}
