import type { Random } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import type { Batch, Turn } from '../batch';
import { completeBatch } from './complete-batch';
import { moveBatch } from '../move-batch';
import type {
  BatchAnnouncer,
  BatchIndex,
  BatchLedger,
  BatchProgress,
  CompletionPublisher,
  StoredBatch,
} from '../ports';
import { sendChunk, type SendDependencies } from './send-chunk';
import {
  closeFullChunks,
  hasAllResults,
  markSent,
  nextChunk,
  outstandingRows,
  overdueChunk,
  pauseFor,
  type Outcomes,
} from './chunks';

export interface RunBatchDependencies extends SendDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly progress: BatchProgress;
  readonly announcer: BatchAnnouncer;
  readonly completions: CompletionPublisher;
  readonly random: Random;
  readonly log: Log;
  /** Rows of one batch that may wait on the requests queue. */
  readonly window: number;
}

/** Time between two looks at a batch that moves, in milliseconds. */
const lookMs = 250;
/**
 * A batch that has not moved for this long is left to a later message, in milliseconds: longer than a host that was idle takes
 * to look into the requests queue (`maxPollingInterval`, two seconds in host.json).
 */
const patienceMs = 3_000;
/** No invocation works longer than this, in milliseconds, so that others get their turn. */
const shiftMs = 30_000;
/** After this time without its results a chunk is sent again: somebody may have cleared the queue. In milliseconds. */
const overdueMs = 2 * 3_600_000;
/** After this time no instance begins a row of a cancelled batch any more, in milliseconds. */
const cancellationMs = 3_000;

/**
 * Works on a batch for a while: sends its next rows as earlier ones get their results, and says when it is through.
 * Stays while the batch moves, and else comes back by a message of its own, so that nothing waits in vain.
 */
export async function runBatch(
  batchId: string,
  turn: Turn,
  deps: RunBatchDependencies,
): Promise<void> {
  const claimed = await claim(batchId, turn, deps);
  if (claimed === undefined) return;
  const pauseMs = await workOn(claimed, deps);
  if (pauseMs === undefined) return;
  await deps.announcer.announce(
    batchId,
    { number: turn.number + 1, ticket: deps.random.newId() },
    pauseMs,
  );
}

/** Takes the turn, unless a later one has been taken, or this one by another message. */
async function claim(
  batchId: string,
  turn: Turn,
  deps: RunBatchDependencies,
): Promise<StoredBatch | undefined> {
  const stored = await deps.batches.read(batchId);
  if (stored === undefined) return undefined;
  const now = deps.clock.now().toISOString();
  const claimed = await moveBatch(stored, (batch) => withTurn(batch, turn, now), deps.batches);
  if (claimed === undefined) deps.log.info('batch.turn-passed', { batchId, turn: turn.number });
  if (claimed?.batch.state !== 'finished') return claimed;
  await completeBatch(claimed, deps);
  return undefined;
}

function withTurn(batch: Batch, turn: Turn, now: string): Batch | undefined {
  if (batch.state === 'finished') return batch;
  const isPassed =
    batch.turn.number > turn.number ||
    (batch.turn.number === turn.number && batch.turn.ticket !== turn.ticket);
  if (isPassed) return undefined;
  const state = batch.state === 'accepted' ? 'running' : batch.state;
  return {
    ...batch,
    turn,
    state,
    startedDateTime: batch.startedDateTime ?? now,
    seenDateTime: now,
  };
}

/** Gives the pause until the batch should be looked at again, in milliseconds; undefined when that is not ours to do. */
async function workOn(
  claimed: StoredBatch,
  deps: RunBatchDependencies,
): Promise<number | undefined> {
  const started = deps.clock.now().getTime();
  let { sentChunks } = claimed.batch;
  for (let stored: StoredBatch | undefined = claimed; ;) {
    stored = await advance(stored, deps);
    if (stored === undefined || stored.batch.state === 'finished') return undefined;
    const now = deps.clock.now().getTime();
    const idleMs = now - Date.parse(stored.batch.movedDateTime);
    if (idleMs >= patienceMs) return pauseFor(idleMs);
    if (now - started >= shiftMs) return 0;
    if (stored.batch.sentChunks === sentChunks) await deps.clock.sleep(lookMs);
    ({ sentChunks } = stored.batch);
  }
}

/** One look: counts what is done, sends one more chunk if there is room for it. Undefined when another has taken over. */
async function advance(
  { batch: { batchId, turn } }: StoredBatch,
  deps: RunBatchDependencies,
): Promise<StoredBatch | undefined> {
  // Read anew each time: a cancelled batch sends nothing more.
  const stored = await deps.batches.read(batchId);
  if (stored === undefined || stored.batch.turn.ticket !== turn.ticket) return undefined;
  if (stored.batch.state === 'completing') return completeBatch(stored, deps);
  const outcomes = await outcomesOf(stored.batch, deps);
  const settled = closeFullChunks(stored.batch, outcomes, timeOf(deps));
  const chunk = chunkToSend(settled, outcomes, deps);
  if (chunk !== undefined) await sendMissing(settled, chunk, { outcomes, deps });
  const moved = await moveBatch(
    stored,
    (batch) => {
      if (batch.turn.ticket !== turn.ticket) return undefined;
      const closed = closeFullChunks(batch, outcomes, timeOf(deps));
      return chunk === undefined ? closed : markSent(closed, chunk, timeOf(deps));
    },
    deps.batches,
  );
  return moved !== undefined && hasAllResults(moved.batch) ? completeBatch(moved, deps) : moved;
}

const timeOf = ({ clock }: RunBatchDependencies): string => clock.now().toISOString();

function chunkToSend(
  batch: Batch,
  outcomes: Outcomes,
  { clock, window }: RunBatchDependencies,
): number | undefined {
  const now = clock.now();
  if (isBeingCancelled(batch, now)) return undefined;
  const overdue = overdueChunk(batch, new Date(now.getTime() - overdueMs).toISOString());
  return overdue ?? nextChunk(batch, outstandingRows(batch, outcomes), window);
}

/** Until every instance has noticed the cancellation, nothing is said about rows that one of them may be beginning. */
const isBeingCancelled = ({ cancelledDateTime }: Batch, now: Date): boolean =>
  cancelledDateTime !== undefined && now.getTime() - Date.parse(cancelledDateTime) < cancellationMs;

/** What has become of the rows of all open chunks. */
export async function outcomesOf(
  { batchId, openChunks }: Batch,
  { progress }: Pick<RunBatchDependencies, 'progress'>,
): Promise<Outcomes> {
  return new Map(
    await Promise.all(
      openChunks.map(
        async ({ chunk }) => [chunk, await progress.outcomes(batchId, chunk)] as const,
      ),
    ),
  );
}

const sendMissing = (
  batch: Batch,
  chunk: number,
  { outcomes, deps }: { readonly outcomes: Outcomes; readonly deps: RunBatchDependencies },
): Promise<void> =>
  sendChunk(batch, chunk, {
    deps,
    except: new Set(outcomes.get(chunk)?.map(({ index }) => index)),
  });
