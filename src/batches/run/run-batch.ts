import type { Clock } from '../../meetings/ports';
import { hasEnded, isPreview, type Batch, type BatchMessage } from '../batch';
import { previewChunk, type PreviewChunkDependencies } from '../preview/preview-chunk';
import type {
  BatchIndex,
  BatchProgress,
  BatchQueue,
  CompletionPublisher,
  StoredBatch,
} from '../ports';
import { carryOutBatch, type CarryOutDependencies } from './carry-out-batch';
import {
  abandonedChunk,
  handOver,
  markSent,
  nextChunk,
  outstandingRows,
  overdueChunk,
  pauseFor,
} from './chunks';
import { closeFullChunks, hasAllResults } from '../outcomes/row-counts';
import { hasEndedRow, type Outcomes } from '../outcomes/row-outcome';
import { claimBatch, isHeldBy, type ClaimDependencies } from './claim-batch';
import { completeBatch } from './complete-batch';
import { sendChunk, type SendDependencies } from './send-chunk';
import { sendPass } from './send-pass';

export type RunBatchDependencies = SendDependencies &
  CarryOutDependencies &
  ClaimDependencies &
  PreviewChunkDependencies & {
    readonly clock: Clock;
    readonly index: BatchIndex;
    readonly progress: BatchProgress;
    readonly queue: BatchQueue;
    readonly completions: CompletionPublisher;
    /** Maximum number of rows of one batch on the requests queue. */
    readonly window: number;
  };

/** Time between two polls of a batch that makes progress, in milliseconds. */
const pollIntervalMs = 250;
/**
 * Time without progress after which a batch is left to a later message, in milliseconds: longer than an idle host takes
 * to poll the requests queue (`maxPollingInterval` of host.json).
 */
const maxWaitMs = 3_000;
/** Maximum duration of an invocation, in milliseconds, so that other batches get their share. */
const maxRunMs = 30_000;

/**
 * Advances a batch: carries it out if it is small, or keeps the window full, and publishes `batchCompleted` at the end. Runs
 * while there is progress, and otherwise puts a message on the queue for later.
 */
export async function runBatch(message: BatchMessage, deps: RunBatchDependencies): Promise<void> {
  const claimed = await claimBatch(message, deps);
  if (claimed === undefined) return;
  await carryOutBatch(claimed, deps);
  const pauseMs = await runClaimed(claimed, deps);
  if (pauseMs === undefined) return;
  await deps.queue.enqueue(message.batchId, message.sequence + 1, pauseMs);
}

/** Returns the pause until the next check, in milliseconds; undefined if the batch has ended or another instance holds it. */
async function runClaimed(
  claimed: StoredBatch,
  deps: RunBatchDependencies,
): Promise<number | undefined> {
  const started = deps.clock.now().getTime();
  const { fencingToken } = claimed.batch.lease;
  for (let stored: StoredBatch | undefined = claimed; ;) {
    const { sentChunks } = stored.batch;
    stored = await advance(stored, fencingToken, deps);
    if (stored === undefined || stored.batch.state === 'finished') return undefined;
    const now = deps.clock.now().getTime();
    const idleMs = now - Date.parse(stored.batch.movedDateTime);
    if (idleMs >= maxWaitMs) return pauseFor(idleMs);
    if (now - started >= maxRunMs) return 0;
    if (stored.batch.sentChunks === sentChunks) await deps.clock.sleep(pollIntervalMs);
  }
}

/** One poll: counts new results, and sends one more chunk if there is room. Undefined if another instance holds the batch. */
async function advance(
  { batch: { batchId } }: StoredBatch,
  fencingToken: string,
  deps: RunBatchDependencies,
): Promise<StoredBatch | undefined> {
  // Read again at each poll: a cancelled batch sends nothing more.
  const stored = await deps.batches.read(batchId);
  if (stored === undefined) return undefined;
  if (!isHeldBy(stored.batch, fencingToken))
    return hasEnded(stored.batch) ? completeBatch(stored, deps) : undefined;
  const outcomes = await outcomesOf(stored.batch, deps);
  const closed = closeFullChunks(stored.batch, outcomes, timeOf(deps));
  const chunk = chunkToSend(closed, outcomes, deps);
  if (chunk !== undefined) await sendMissing(closed, chunk, deps);
  const moved = await recordPoll({ stored, outcomes, chunk, fencingToken }, deps);
  return moved !== undefined && hasAllResults(moved.batch) ? completeBatch(moved, deps) : moved;
}

interface Poll {
  readonly stored: StoredBatch;
  readonly outcomes: Outcomes;
  /** The chunk that was sent, if any. */
  readonly chunk: number | undefined;
  readonly fencingToken: string;
}

/** If another instance wrote first, counts again: the result of a row may have changed too. */
async function recordPoll(
  { stored, outcomes, chunk, fencingToken }: Poll,
  deps: RunBatchDependencies,
): Promise<StoredBatch | undefined> {
  const { batch, etag } = stored;
  if (!isHeldBy(batch, fencingToken)) return undefined;
  const counted = handOver(closeFullChunks(batch, outcomes, timeOf(deps)));
  const next = chunk === undefined ? counted : markSent(counted, chunk, timeOf(deps));
  if (next === batch) return stored;
  const moved = await deps.batches.replace(etag, next);
  if (moved !== undefined) return moved;
  const current = await deps.batches.read(batch.batchId);
  if (current === undefined) return undefined;
  const fresh = await outcomesOf(current.batch, deps);
  return recordPoll({ stored: current, outcomes: fresh, chunk, fencingToken }, deps);
}

const timeOf = ({ clock }: RunBatchDependencies): string => clock.now().toISOString();

function chunkToSend(
  batch: Batch,
  outcomes: Outcomes,
  { clock, window }: RunBatchDependencies,
): number | undefined {
  const missed = abandonedChunk(batch) ?? overdueChunk(batch, clock.now().getTime());
  return missed ?? nextChunk(batch, outstandingRows(batch, outcomes), window);
}

/** The outcomes of the rows of all open chunks. */
export async function outcomesOf(
  { batchId, openChunks }: Batch,
  { progress }: Pick<RunBatchDependencies, 'progress'>,
): Promise<Outcomes> {
  return new Map(
    await Promise.all(
      openChunks.map(
        async ({ chunk }) =>
          [chunk, (await progress.outcomes(batchId, chunk)).filter(hasEndedRow)] as const,
      ),
    ),
  );
}

/** An instance may have sent the chunk and died before recording it: rows with a result are not sent again. */
async function sendMissing(batch: Batch, chunk: number, deps: RunBatchDependencies): Promise<void> {
  const known = await deps.progress.outcomes(batch.batchId, chunk);
  const { pass } = batch;
  if (pass !== undefined) return sendPass({ ...batch, pass }, chunk, { deps, known });
  const except = new Set(known.map(({ index }) => index));
  if (isPreview(batch)) await previewChunk(batch, chunk, { deps, except });
  else await sendChunk(batch, chunk, { deps, except });
}
