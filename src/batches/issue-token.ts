import type { Batch } from './batch';
import { moveBatch } from './move-batch';
import type { BatchLedger, StoredBatch } from './ports';
import { withToken } from './tokens';

/** A batch, and a token that gives anybody who has it access to the batch's status. The token is not stored. */
export interface OpenedBatch {
  readonly batch: Batch;
  readonly token: string;
}

/** Issues another token for an existing batch. */
export async function issueToken(
  stored: StoredBatch,
  { batches, newToken }: { readonly batches: BatchLedger; readonly newToken: () => string },
): Promise<OpenedBatch> {
  const token = newToken();
  const moved = await moveBatch(stored, (batch) => withToken(batch, token), batches);
  return { batch: (moved ?? stored).batch, token };
}
