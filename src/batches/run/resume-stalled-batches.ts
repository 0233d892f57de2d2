import { toMeetingError } from '../../errors/meeting-error';
import type { Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import { activeEntryOf, hasEnded, type Batch } from '../batch';
import { moveBatch } from '../move-batch';
import type {
  ActiveBatch,
  BatchIndex,
  BatchLedger,
  BatchQueue,
  CompletionPublisher,
} from '../ports';
import { completeBatch } from './complete-batch';

export interface ResumeDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly queue: BatchQueue;
  readonly completions: CompletionPublisher;
  readonly clock: Clock;
  readonly log: Log;
}

/** A batch that nobody has taken up for this long is put on the queue again, in milliseconds. */
const maxSilenceMs = 5 * 60_000;
/** After this long a call that got as far as the list has surely ended, in milliseconds. */
const abandonedMs = 24 * 3_600_000;

/** Puts unfinished batches on the queue again whose messages may be lost, and tidies the list of active ones. */
export async function resumeStalledBatches(deps: ResumeDependencies): Promise<void> {
  for await (const active of deps.index.listActive()) {
    try {
      await resume(active, deps);
    } catch (thrown) {
      const { code } = toMeetingError(thrown);
      deps.log.error('batch.resume-failed', { batchId: active.batchId, code });
    }
  }
}

async function resume(active: ActiveBatch, deps: ResumeDependencies): Promise<void> {
  const stored = await deps.batches.read(active.batchId);
  const now = deps.clock.now();
  if (stored === undefined || isOrphan(active, stored.batch)) {
    const isAbandoned = now.getTime() - Date.parse(active.acceptedDateTime) > abandonedMs;
    return isAbandoned ? deps.index.removeActive(active) : undefined;
  }
  if (stored.batch.state === 'finished') return void (await completeBatch(stored, deps));
  const resumed = await moveBatch(stored, (batch) => withResumption(batch, now), deps.batches);
  if (resumed === undefined) return;
  const { batchId, lease } = resumed.batch;
  await deps.queue.enqueue(batchId, lease.sequence + 1);
  deps.log.warn('batch.resumed', { batchId, sequence: lease.sequence + 1 });
}

/** An entry of a pass that never began. */
const isOrphan = ({ entry }: ActiveBatch, batch: Batch): boolean =>
  hasEnded(batch) && entry !== activeEntryOf(batch);

/**
 * Recorded first, and after a time that doubles: messages of a busy queue are not lost, and each one more makes the queue longer.
 */
function withResumption(batch: Batch, now: Date): Batch | undefined {
  const seen = Date.parse(batch.seenDateTime);
  const latest = Math.max(seen, Date.parse(batch.resumedDateTime ?? batch.seenDateTime));
  const isStalled = now.getTime() - latest > Math.max(maxSilenceMs, latest - seen);
  return isStalled ? { ...batch, resumedDateTime: now.toISOString() } : undefined;
}
