import type { Random, Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import type { Batch } from '../batch';
import { completeBatch } from './complete-batch';
import type {
  ActiveBatch,
  BatchAnnouncer,
  BatchIndex,
  BatchLedger,
  CompletionPublisher,
} from '../ports';

export interface ResumeDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly announcer: BatchAnnouncer;
  readonly completions: CompletionPublisher;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A batch without a sign of life for this long is announced again, in milliseconds. */
const silenceMs = 5 * 60_000;
/** After this long a call that got as far as the list has surely ended, in milliseconds. */
const abandonedMs = 24 * 3_600_000;

/** Sets batches going again whose messages have been lost, and tidies the list of those that are under way. */
export async function resumeStalledBatches(deps: ResumeDependencies): Promise<void> {
  for await (const active of deps.index.listActive()) await wake(active, deps);
}

async function wake(active: ActiveBatch, deps: ResumeDependencies): Promise<void> {
  const stored = await deps.batches.read(active.batchId);
  const now = deps.clock.now().getTime();
  if (stored === undefined) {
    const isAbandoned = now - Date.parse(active.acceptedDateTime) > abandonedMs;
    return isAbandoned ? deps.index.removeActive(active.batchId) : undefined;
  }
  const { batch } = stored;
  if (batch.state === 'finished') {
    await completeBatch(stored, deps);
  } else if (mayBeWoken(batch) && now - Date.parse(batch.seenDateTime) > silenceMs) {
    await deps.announcer.announce(batch.batchId, {
      number: batch.turn.number + 1,
      ticket: deps.random.newId(),
    });
    deps.log.warn('batch.woken', { batchId: batch.batchId, turn: batch.turn.number });
  }
}

/**
 * A batch that nobody has begun has its message, or else its sender never got an answer: then it is no accepted batch, and
 * only a repeated call, which needs a key, sets it going.
 */
const mayBeWoken = ({ turn, repeatable }: Batch): boolean => turn.number > 0 || repeatable;
