import { forEachParallel } from '../for-each-parallel';
import { inItsTrace } from './in-its-trace';
import { notValid, type ProcessDependencies } from './process-request';
import { publishRefusal } from './publish-refusal';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import { toMessage, type QueuedRequest } from '../../requests/parse/queue-message';

/** Maximum number of parallel sends. */
const parallelSends = 8;

/**
 * Sends each request as a separate message with its id, so that each is attempted and retried alone. An invalid request
 * gets its result at once.
 */
export async function splitMessage(
  requests: readonly QueuedRequest[],
  deps: ProcessDependencies,
): Promise<void> {
  await forEachParallel(requests, parallelSends, (queued) => sendAlone(queued, deps));
  deps.log.info('message.split', { requests: requests.length });
}

async function sendAlone(queued: QueuedRequest, deps: ProcessDependencies): Promise<void> {
  const parsed = parseMeetingRequest(queued.input);
  if (!parsed.ok)
    return inItsTrace(queued, (traced) =>
      publishRefusal(traced, notValid(parsed, traced.metadata, deps), deps),
    );
  return deps.requests.send(toMessage(queued.input as object, queued.requestId, queued.metadata));
}
