import type { MeetingResult } from '../../results/meeting-result';
import { chunkOf } from '../batch';
import type { BatchProgress } from '../ports';
import { recountChunk } from '../outcomes/row-counts';
import { hasEndedRow } from '../outcomes/row-outcome';
import { completeBatch, type CompleteDependencies } from './complete-batch';

export interface RecountDependencies extends CompleteDependencies {
  readonly progress: Pick<BatchProgress, 'outcomes'>;
}

/**
 * Moves the counts of the batch whose row has another result now. The chunk is counted from its rows, never added to, so
 * this may be repeated. A chunk that is not counted yet is touched, so that nobody counts what was read before.
 */
export async function recountRow(
  { batchId, index }: Pick<MeetingResult, 'batchId' | 'index'>,
  deps: RecountDependencies,
): Promise<void> {
  if (batchId === undefined || index === undefined) return;
  const chunk = chunkOf(index);
  for (;;) {
    const stored = await deps.batches.read(batchId);
    if (stored === undefined) return;
    if (stored.batch.state === 'completing') {
      // What its message says is written down already.
      await completeBatch(stored, deps);
      continue;
    }
    const isCounted = !stored.batch.openChunks.some((open) => open.chunk === chunk);
    const rows = (await deps.progress.outcomes(batchId, chunk)).filter(hasEndedRow);
    const next = isCounted ? recountChunk(stored.batch, chunk, rows) : { ...stored.batch };
    if (next === stored.batch) return;
    if ((await deps.batches.replace(stored.etag, next)) !== undefined) return;
  }
}
