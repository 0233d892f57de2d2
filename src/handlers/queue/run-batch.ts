import type { Turn } from '../../batches/batch';
import { runBatch, type RunBatchDependencies } from '../../batches/run/run-batch';
import type { BatchAnnouncer } from '../../batches/ports';
import type { Log } from '../../telemetry/log';
import { decodeMessage } from '../../requests/queue-message';
import { toBytes, type QueueHandler } from './received-message';

/** Delay of a message that failed repeatedly, in milliseconds. */
const againMs = 60_000;

/** A message of the batches queue: advances a batch. */
export function makeRunBatchHandler(deps: RunBatchDependencies): QueueHandler {
  return async (message) => {
    const call = readCall(message);
    if (call === undefined) deps.log.error('batch.message-unreadable');
    else await runBatch(call.batchId, call.turn, deps);
  };
}

/** A dead message of the batches queue: storage was unavailable for longer than the host retries. It goes back. */
export function makeRequeueDeadBatchHandler({
  announcer,
  log,
}: {
  readonly announcer: BatchAnnouncer;
  readonly log: Log;
}): QueueHandler {
  return async (message) => {
    const call = readCall(message);
    if (call === undefined) return;
    await announcer.announce(call.batchId, call.turn, againMs);
    log.warn('batch.revived', { batchId: call.batchId, turn: call.turn.number });
  };
}

function readCall(message: unknown): { readonly batchId: string; readonly turn: Turn } | undefined {
  try {
    const { batchId, turn, ticket } = decodeMessage(toBytes(message)) as Readonly<
      Record<string, unknown>
    >;
    if (typeof batchId !== 'string' || typeof turn !== 'number' || typeof ticket !== 'string')
      return undefined;
    return { batchId, turn: { number: turn, ticket } };
  } catch {
    return undefined;
  }
}
