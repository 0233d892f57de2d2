import type { LedgerEntry } from '../ledger';
import type { RequestLedger, StoredEntry } from '../request-ledger';

/**
 * Reassigns the row of a request that ended without a meeting to another request. If a change began the row, the result
 * of that change stays recorded; cancelled batches stay cancelled. Undefined if another attempt wrote first.
 */
export function takeOver(
  ledger: RequestLedger,
  { etag, entry: { begunBy, progress, cancelledFor } }: StoredEntry,
  entry: LedgerEntry,
): Promise<StoredEntry | undefined> {
  const next = { ...entry, ...(cancelledFor !== undefined && { cancelledFor }) };
  if (begunBy === undefined || progress.state !== 'finished') return ledger.replace(etag, next);
  const { result } = progress;
  return ledger.replaceWithChange(etag, next, { key: begunBy, action: 'update', result });
}
