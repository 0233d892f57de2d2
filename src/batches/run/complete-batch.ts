import type { Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import { noRows, type Batch } from '../batch';
import { moveBatch } from '../move-batch';
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
 * Every row has its result: say so, once. What the message says is recorded first, so that a repeat after a crash says the same.
 * May begin anywhere: does what has not been done yet.
 */
export async function completeBatch(
  stored: StoredBatch,
  deps: CompleteDependencies,
): Promise<StoredBatch | undefined> {
  const now = deps.clock.now().toISOString();
  const completing = await moveBatch(stored, (batch) => withEnd(batch, now), deps.batches);
  if (completing === undefined) return undefined;
  const finished =
    completing.batch.state === 'finished' ? completing : await publish(completing, deps);
  if (finished !== undefined) {
    await deps.index.moveToFinished(
      finished.batch.batchId,
      finished.batch.completedDateTime ?? now,
    );
  }
  return finished;
}

const withEnd = (batch: Batch, now: string): Batch =>
  batch.state === 'completing' || batch.state === 'finished'
    ? batch
    : { ...batch, state: 'completing', completedDateTime: now };

async function publish(
  completing: StoredBatch,
  deps: CompleteDependencies,
): Promise<StoredBatch | undefined> {
  const message = toCompleted(completing.batch);
  await deps.completions.publishCompleted(message);
  const finished = await moveBatch(
    completing,
    (batch) => (batch.state === 'finished' ? batch : { ...batch, state: 'finished' }),
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
  } = batch;
  return {
    type: 'batchCompleted',
    batchId,
    counts: { total, rejected, ...noRows, ...batch.tally },
    cancelled: cancelledDateTime !== undefined,
    acceptedDateTime,
    startedDateTime: startedDateTime ?? acceptedDateTime,
    completedDateTime: completedDateTime ?? acceptedDateTime,
  };
}
