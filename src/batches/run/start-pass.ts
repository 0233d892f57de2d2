import { MeetingError } from '../../errors/meeting-error';
import { meetingStatuses } from '../../results/meeting-result';
import {
  activeEntryOf,
  chunkCount,
  hasEnded,
  isPreview,
  noRows,
  type Batch,
  type Pass,
} from '../batch';
import { batchNotFound, findBatch } from '../move-batch';
import type { BatchQueue, StoredBatch } from '../ports';
import { withoutChunks } from '../outcomes/row-counts';
import { completeBatch, type CompleteDependencies } from './complete-batch';

export interface StartPassDependencies extends CompleteDependencies {
  readonly queue: BatchQueue;
}

/** What the caller of a pass decides. */
type PassRequest = Pick<Pass, 'kind' | 'isConfirmed' | 'comment'>;

/**
 * Begins a pass over the rows of a batch that has ended. Order: the entry in the list of active batches, the batch, its
 * message. A call while the pass runs begins no second one. Does nothing if no row qualifies.
 * @throws MeetingError `batchNotFound`, `batchNotFinished`, `batchCancelled`.
 */
export async function startPass(
  batchId: string,
  request: PassRequest,
  deps: StartPassDependencies,
): Promise<Batch> {
  for (;;) {
    const stored = await findBatch(deps.batches, batchId);
    const { batch } = stored;
    refuse(batch, request);
    if (!hasEnded(batch)) return resumePass(batch, request, deps);
    const ended = await completeBatch(stored, deps);
    if (ended === undefined) continue;
    const next = withPass(ended.batch, request, deps.clock.now().toISOString());
    if (next === undefined) return ended.batch;
    await deps.index.addActive(activeEntryOf(next), next.movedDateTime);
    const started = await deps.batches.replace(ended.etag, next);
    if (started !== undefined) return enqueued(started, deps);
  }
}

function refuse(batch: Batch, { kind }: PassRequest): void {
  if (batch.isBeingRemoved === true) throw batchNotFound();
  if (isPreview(batch))
    throw new MeetingError(
      'batchNotFound',
      'This batch is a preview, which does not create meetings.',
    );
  if (kind === 'retry' && batch.cancelledDateTime !== undefined)
    throw new MeetingError('batchCancelled', 'This batch was cancelled.');
}

/** Handles a repeated call, whose message may have been lost, and a call that comes too early. */
async function resumePass(
  batch: Batch,
  { kind }: PassRequest,
  deps: StartPassDependencies,
): Promise<Batch> {
  if (batch.pass?.kind !== kind)
    throw new MeetingError('batchNotFinished', 'This batch is still running.');
  if (batch.state === 'accepted') await deps.queue.enqueue(batch.batchId, batch.lease.sequence + 1);
  return batch;
}

/** Undefined if no row qualifies. */
function withPass(batch: Batch, request: PassRequest, now: string): Batch | undefined {
  if (!hasSomethingToDo(batch, request)) return undefined;
  const isPartly = request.kind === 'retry' && knowsItsFailures(batch);
  const chunks = isPartly
    ? Object.keys(batch.chunkCounts ?? {}).map(Number)
    : Array.from({ length: chunkCount(batch) }, (_, chunk) => chunk);
  const {
    completedDateTime: _,
    resumedDateTime: __,
    ...uncounted
  } = isPartly ? withoutChunks(batch, chunks) : { ...batch, counts: noRows, chunkCounts: {} };
  const number = (batch.pass?.number ?? 0) + 1;
  return {
    ...uncounted,
    state: 'accepted',
    ...(request.kind === 'undo' && { notUndone: 0 }),
    pass: { ...request, number, startedDateTime: now, waitingChunks: chunks },
    seenDateTime: now,
    movedDateTime: now,
  };
}

function hasSomethingToDo(
  { counts, rejected, notUndone = 0 }: Batch,
  { kind, isConfirmed }: PassRequest,
): boolean {
  if (kind === 'undo') return counts.created + notUndone > 0;
  return counts.failed > rejected + notUndone || (isConfirmed === true && counts.unknown > 0);
}

/** Chunks counted by an earlier version are not listed separately. */
function knowsItsFailures({ counts, chunkCounts = {} }: Batch): boolean {
  const [failed, unknown] = [meetingStatuses.indexOf('failed'), meetingStatuses.indexOf('unknown')];
  const known = Object.values(chunkCounts).reduce(
    (sum, counted) => sum + (counted[failed] ?? 0) + (counted[unknown] ?? 0),
    0,
  );
  return known === counts.failed + counts.unknown;
}

async function enqueued(
  { batch }: StoredBatch,
  { queue, log }: StartPassDependencies,
): Promise<Batch> {
  const { batchId, lease, pass } = batch;
  await queue.enqueue(batchId, lease.sequence + 1);
  log.info(`batch.${pass?.kind ?? 'retry'}-started`, { batchId, pass: pass?.number });
  return batch;
}
