import type { Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import { activeEntryOf, hasEnded, isPreview, noRows, type Batch } from '../batch';
import { moveBatch } from '../move-batch';
import { hasAllResults } from '../outcomes/row-counts';
import type {
  BatchCompleted,
  BatchIndex,
  BatchLedger,
  CompletionPublisher,
  StoredBatch,
} from '../ports';

export interface CompleteDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly completions: CompletionPublisher;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Announces, once, that every row has its result. Records the content of the message first, so that a repeat after a
 * crash sends the same. May be repeated: skips the steps that are done.
 */
export async function completeBatch(
  stored: StoredBatch,
  deps: CompleteDependencies,
): Promise<StoredBatch | undefined> {
  const completing = hasEnded(stored.batch) ? stored : await recordEnd(stored, deps);
  if (completing === undefined) return undefined;
  const finished =
    completing.batch.state === 'finished' ? completing : await publish(completing, deps);
  if (finished === undefined) return undefined;
  const { completedDateTime = timeOf(deps), pass } = finished.batch;
  await deps.index.moveToFinished(activeEntryOf(finished.batch), {
    completedDateTime,
    ...(pass !== undefined && { pass: pass.number }),
  });
  return finished;
}

const timeOf = ({ clock }: CompleteDependencies): string => clock.now().toISOString();

/** Marks the batch as ending before it gets its time, so that no reader of the list of finished batches passes it. */
async function recordEnd(
  stored: StoredBatch,
  deps: CompleteDependencies,
): Promise<StoredBatch | undefined> {
  await deps.index.markEnding(activeEntryOf(stored.batch), timeOf(deps));
  const completedDateTime = timeOf(deps);
  return moveBatch(
    stored,
    (batch) => {
      if (hasEnded(batch)) return batch;
      // Another pass may have begun since.
      return hasAllResults(batch)
        ? { ...batch, state: 'completing', completedDateTime }
        : undefined;
    },
    deps.batches,
  );
}

async function publish(
  completing: StoredBatch,
  deps: CompleteDependencies,
): Promise<StoredBatch | undefined> {
  const message = toCompleted(completing.batch);
  // A reader of the results queue must not take a preview for the real batch.
  if (!isPreview(completing.batch)) await deps.completions.publishCompleted(message);
  const finished = await moveBatch(
    completing,
    (batch) => {
      if (batch.completedDateTime !== completing.batch.completedDateTime) return undefined;
      return batch.state === 'finished' ? batch : { ...batch, state: 'finished' };
    },
    deps.batches,
  );
  deps.log.info('batch.completed', {
    batchId: message.batchId,
    ...message.counts,
    cancelled: message.cancelled,
  });
  return finished;
}

function toCompleted(batch: Batch): BatchCompleted {
  const {
    batchId,
    total,
    rejected,
    acceptedDateTime,
    startedDateTime,
    completedDateTime,
    cancelledDateTime,
    pass,
  } = batch;
  return {
    type: 'batchCompleted',
    batchId,
    counts: { total, rejected, ...noRows, ...batch.counts },
    cancelled: cancelledDateTime !== undefined,
    ...(pass !== undefined && { pass: { number: pass.number, kind: pass.kind } }),
    acceptedDateTime,
    startedDateTime: startedDateTime ?? acceptedDateTime,
    completedDateTime: completedDateTime ?? acceptedDateTime,
  };
}
