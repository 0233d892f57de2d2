import type { QueueState } from '../../doctor/probes';
import type { Log } from '../../telemetry/log';
import type { QueueHandler } from './received-message';

interface MeasureDependencies {
  readonly queues: readonly string[];
  /** Undefined if the queue cannot be read. */
  readonly measure: (queue: string) => Promise<QueueState | undefined>;
  readonly log: Log;
}

/** Logs the length of each queue: messages that wait and are never received would otherwise leave no trace. */
export function makeMeasureQueuesHandler({
  queues,
  measure,
  log,
}: MeasureDependencies): QueueHandler {
  return async () => {
    for (const queue of queues) {
      const state = await measure(queue);
      if (state === undefined) log.error('queue.unreadable', { queue });
      else log.info('queue.measured', { queue, ...state });
    }
  };
}
