import type { ProcessDependencies } from './process-request';
import { notValid } from './process-request';
import { publishRefusal } from './publish-refusal';
import { parseMeetingRequest } from '../requests/parse-meeting-request';
import { toMessage, type QueuedRequest } from '../requests/queue-message';

/** Messages that are sent at a time. */
const parallelSends = 8;

/**
 * Makes each request a message of its own, under the id by which it is known, so that each is tried and put back alone.
 * One that is not valid gets its result at once.
 */
export async function splitMessage(
  requests: readonly QueuedRequest[],
  deps: ProcessDependencies,
): Promise<void> {
  const pending = requests.values();
  const sendPending = async (): Promise<void> => {
    for (const queued of pending) await sendAlone(queued, deps);
  };
  await Promise.all(Array.from({ length: parallelSends }, sendPending));
  deps.log.info('message.split', { requests: requests.length });
}

async function sendAlone(queued: QueuedRequest, deps: ProcessDependencies): Promise<void> {
  const parsed = parseMeetingRequest(queued.input);
  if (!parsed.ok) return publishRefusal(queued, notValid(parsed.problems), deps);
  return deps.requests.send(toMessage(queued.input as object, queued.requestId, queued.metadata));
}
