import { chunkCount } from '../batches/batch';
import { forEachParallel } from '../meetings/for-each-parallel';
import type { Log } from '../telemetry/log';
import { cleanUpMessages, type CleanUpMessagesDependencies } from './clean-up-messages';
import { mayHaveOldMessages, type WaitingDependencies } from './waiting-messages';
import type {
  BatchIndex,
  BatchLedger,
  BatchProgress,
  CallerBatches,
  FinishedBatch,
  RowStore,
  StoredBatch,
} from '../batches/ports';
import { moveBatch } from '../batches/move-batch';

/** Finished requests from every source. */
export interface FinishedRequests {
  /** Removes requests that ended before this time, until `deadline` (milliseconds since 1970). Returns their number. */
  removeBefore(time: string, deadline: number): Promise<number>;
}

/** Counts of meetings by organizer and month. */
export interface OldCounts {
  /** Removes the counts of months before this one (`2026-12`), until `deadline` (milliseconds since 1970). Returns their number. */
  removeBefore(month: string, deadline: number): Promise<number>;
}

export interface CleanUpDependencies extends CleanUpMessagesDependencies, WaitingDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly progress: BatchProgress;
  readonly rows: RowStore;
  readonly callerBatches: CallerBatches;
  readonly finishedRequests: FinishedRequests;
  readonly oldCounts: OldCounts;
  readonly log: Log;
}

/** Maximum duration of a run, in milliseconds, well within `functionTimeout` of host.json; the next run continues. */
const maxRunMs = 5 * 60_000;
/** Number of chunks of a batch removed at a time. */
const parallelChunks = 16;

/**
 * Removes batches and requests that finished before the retention time. Keeps everything unfinished. Removes nothing
 * while a message of that age may still wait: its request would be made a second time. A run may end anywhere; the next
 * one continues.
 */
export async function cleanUp(deps: CleanUpDependencies): Promise<void> {
  if (await mayHaveOldMessages(deps)) return deps.log.warn('clean-up.postponed');
  const started = deps.clock.now().getTime();
  const before = new Date(started - deps.retentionMs).toISOString();
  const deadline = started + maxRunMs;
  const isTime = (): boolean => deps.clock.now().getTime() < deadline;
  const batches = await removeBatches(before, isTime, deps);
  const blobs = await removeOrphans(before.slice(0, 10), isTime, deps);
  const requests = await deps.finishedRequests.removeBefore(before, deadline);
  const counts = await deps.oldCounts.removeBefore(before.slice(0, 7), deadline);
  const messages = await cleanUpMessages(deps, isTime);
  deps.log.info('clean-up.done', {
    batches,
    blobs,
    requests,
    counts,
    messages,
    finished: isTime(),
  });
}

async function removeBatches(
  before: string,
  isTime: () => boolean,
  deps: CleanUpDependencies,
): Promise<number> {
  let removed = 0;
  for await (const finished of deps.index.listFinished(before)) {
    if (!isTime()) break;
    if (await removeBatch(finished, isTime, deps)) removed += 1;
  }
  return removed;
}

/**
 * Removes the entry in the list last, so that the next run continues an interrupted one. Returns false if the time was
 * too short.
 */
async function removeBatch(
  finished: FinishedBatch,
  isTime: () => boolean,
  { batches, index, progress, rows, callerBatches }: CleanUpDependencies,
): Promise<boolean> {
  const stored = await markRemoved(finished, batches);
  if (stored !== undefined) {
    const { batch } = stored;
    const chunks = Array.from({ length: chunkCount(batch) }, (_, chunk) => chunk);
    await forEachParallel(chunks, parallelChunks, async (chunk) => {
      if (isTime()) await progress.remove(batch.batchId, chunk);
    });
    if (!isTime()) return false;
    await rows.remove(batch.rows.blob);
    if (batch.workbook !== undefined) await rows.remove(batch.workbook.blob);
    if (batch.origin !== undefined) await callerBatches.remove({ ...batch.origin, ...batch });
    await batches.remove(batch.batchId);
  }
  await index.removeFinished(finished);
  return true;
}

/** Marks the batch, so that no retry can begin. Undefined if it is gone, or has been retried since it was listed. */
async function markRemoved(
  { batchId, completedDateTime }: FinishedBatch,
  batches: BatchLedger,
): Promise<StoredBatch | undefined> {
  const stored = await batches.read(batchId);
  return (
    stored &&
    moveBatch(
      stored,
      (batch) => {
        if (batch.state !== 'finished' || batch.completedDateTime !== completedDateTime)
          return undefined;
        return batch.isBeingRemoved === true ? batch : { ...batch, isBeingRemoved: true };
      },
      batches,
    )
  );
}

/** Removes orphaned blobs of calls that stopped before they inserted the batch. */
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
