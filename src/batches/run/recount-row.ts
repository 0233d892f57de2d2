import { chunkOf } from '../batch';
import type { BatchProgress } from '../ports';
import { recountChunk } from '../outcomes/row-counts';
import { hasEndedRow } from '../outcomes/row-outcome';
import { completeBatch, type CompleteDependencies } from './complete-batch';

/** A row whose result has changed. */
export interface CountedRow {
  readonly batchId: string;
  readonly index: number;
}

interface RecountDependencies extends CompleteDependencies {
  readonly progress: Pick<BatchProgress, 'outcomes'>;
}

/**
 * Updates the counts of a batch after a row got another result. Counts the chunk from its rows instead of adding to it,
 * so this may be repeated. If the chunk is not counted yet, rewrites the batch, so that no instance counts an earlier
 * read.
 */
export async function recountRow(
  { batchId, index }: CountedRow,
  deps: RecountDependencies,
): Promise<void> {
  const chunk = chunkOf(index);
  for (;;) {
    const stored = await deps.batches.read(batchId);
    if (stored === undefined) return;
    if (stored.batch.state === 'completing') {
      // The content of its message is already recorded.
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
