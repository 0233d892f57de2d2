import type { Batch } from './batch';
import { moveBatch } from './move-batch';
import type { BatchLedger, StoredBatch } from './ports';
import { withToken } from './tokens';

/** A batch, and a token that opens its status to anybody who has it; the token is stored nowhere. */
export interface OpenedBatch {
  readonly batch: Batch;
  readonly token: string;
}

/** One more token for a batch that is there. */
export async function handOutToken(
  stored: StoredBatch,
  { batches, newToken }: { readonly batches: BatchLedger; readonly newToken: () => string },
): Promise<OpenedBatch> {
  const token = newToken();
  const moved = await moveBatch(stored, (batch) => withToken(batch, token), batches);
  return { batch: (moved ?? stored).batch, token };
}
