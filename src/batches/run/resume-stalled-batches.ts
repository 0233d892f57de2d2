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

interface ResumeDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly queue: BatchQueue;
  readonly completions: CompletionPublisher;
  readonly clock: Clock;
  readonly log: Log;
}

/** Time after which a batch that no instance has taken is queued again, in milliseconds. */
const maxSilenceMs = 5 * 60_000;
/** Time after which a call that wrote to the list has certainly ended, in milliseconds. */
const abandonedMs = 24 * 3_600_000;

/** Queues unfinished batches again whose messages may be lost, and removes stale entries from the list of active batches. */
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

/** Whether the entry belongs to a pass that never began. */
const isOrphan = ({ entry }: ActiveBatch, batch: Batch): boolean =>
  hasEnded(batch) && entry !== activeEntryOf(batch);

/**
 * Records the resumption first, and doubles the time to the next: in a busy queue no message is lost, and each copy
 * makes the queue longer.
 */
function withResumption(batch: Batch, now: Date): Batch | undefined {
  const seen = Date.parse(batch.seenDateTime);
  const latest = Math.max(seen, Date.parse(batch.resumedDateTime ?? batch.seenDateTime));
  const isStalled = now.getTime() - latest > Math.max(maxSilenceMs, latest - seen);
  return isStalled ? { ...batch, resumedDateTime: now.toISOString() } : undefined;
}
