import { chunkCount } from '../batches/batch';
import { cleanUpMessages, type CleanUpMessagesDependencies } from './clean-up-messages';
import type {
  BatchIndex,
  BatchLedger,
  BatchProgress,
  FinishedBatch,
  RowStore,
} from '../batches/ports';

/** Requests that ended long ago, wherever they came from. */
export interface FinishedRequests {
  /** Removes requests that ended before this time, until `deadline` (milliseconds since 1970). Returns their number. */
  removeBefore(time: string, deadline: number): Promise<number>;
}

export interface CleanUpDependencies extends CleanUpMessagesDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly progress: BatchProgress;
  readonly rows: RowStore;
  readonly finishedRequests: FinishedRequests;
}

/** Maximum duration of a run in milliseconds, well within what Azure Functions allows. The next run continues. */
const shiftMs = 5 * 60_000;

/** Removes batches, requests and messages after their retention. Never touches anything unfinished. A run may stop anywhere; the next one continues. */
export async function cleanUp(deps: CleanUpDependencies): Promise<void> {
  const started = deps.clock.now().getTime();
  const before = new Date(started - deps.retentionMs).toISOString();
  const deadline = started + shiftMs;
  const isTime = (): boolean => deps.clock.now().getTime() < deadline;
  const batches = await removeBatches(before, isTime, deps);
  const blobs = await removeOrphans(before.slice(0, 10), isTime, deps);
  const requests = await deps.finishedRequests.removeBefore(before, deadline);
  const messages = await cleanUpMessages(deps, isTime);
  deps.log.info('clean-up.done', { batches, blobs, requests, messages, finished: isTime() });
}

async function removeBatches(
  before: string,
  isTime: () => boolean,
  deps: CleanUpDependencies,
): Promise<number> {
  let removed = 0;
  for await (const finished of deps.index.listFinished(before)) {
    if (!isTime()) break;
    await removeBatch(finished, deps);
    removed += 1;
  }
  return removed;
}

/** Removes the entry in the list last, so that an interrupted run is continued. */
async function removeBatch(
  finished: FinishedBatch,
  { batches, index, progress, rows }: CleanUpDependencies,
): Promise<void> {
  const stored = await batches.read(finished.batchId);
  if (stored !== undefined) {
    const { batch } = stored;
    for (let chunk = 0; chunk < chunkCount(batch); chunk += 1)
      await progress.remove(batch.batchId, chunk);
    await rows.remove(batch.rows.blob);
    if (batch.workbook !== undefined) await rows.remove(batch.workbook.blob);
    await batches.remove(batch.batchId);
  }
  await index.removeFinished(finished);
}

/** Orphaned blobs, from calls that were interrupted before there was a batch. */
async function removeOrphans(
  day: string,
  isTime: () => boolean,
  { batches, rows }: CleanUpDependencies,
): Promise<number> {
  let removed = 0;
  for await (const { blob, batchId } of rows.listBefore(day)) {
    if (!isTime()) break;
    const stored = await batches.read(batchId);
    const kept = [stored?.batch.rows.blob, stored?.batch.workbook?.blob];
    if (kept.includes(blob)) continue;
    await rows.remove(blob);
    removed += 1;
  }
  return removed;
}
