import { requestsIn } from '../../requests/parse/queue-message';
import { withOwnLines } from '../../telemetry/log';
import { inItsTrace } from './in-its-trace';
import { processRequest, type ProcessDependencies } from './process-request';

/** Processes the message of a row without a queue, as if it had just arrived on the requests queue. @throws as `processRequest`. */
export async function processRow(message: object, deps: ProcessDependencies): Promise<void> {
  const acceptedDateTime = deps.clock.now().toISOString();
  const received = { messageId: '', metadata: { attempts: 0, acceptedDateTime } };
  for (const queued of requestsIn(message, received))
    await withOwnLines(() =>
      inItsTrace(queued, (traced) => processRequest(traced, deps), { isApart: true }),
    );
}
