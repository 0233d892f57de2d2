import { requestsIn } from '../../requests/parse/queue-message';
import { withOwnLines } from '../../telemetry/log';
import { inItsTrace } from './in-its-trace';
import { processRequest, type ProcessDependencies } from './process-request';

/** Carries out a message of this app as if it had just arrived on the requests queue. @throws as `processRequest`. */
export async function processMessage(message: object, deps: ProcessDependencies): Promise<void> {
  const acceptedDateTime = deps.clock.now().toISOString();
  const received = { messageId: '', metadata: { attempts: 0, acceptedDateTime } };
  for (const queued of requestsIn(message, received))
    await withOwnLines(() =>
      inItsTrace(queued, (traced) => processRequest(traced, deps), { isApart: true }),
    );
}
