import { inItsTrace } from '../../meetings/messages/in-its-trace';
import type { MessageStore } from '../../meetings/ports';
import { processRequest, type ProcessDependencies } from '../../meetings/messages/process-request';
import { publishRefusal } from '../../meetings/messages/publish-refusal';
import { isOrderedBy } from '../../meetings/changes/queued-change';
import { isInvalidMessage, readMessage, unreadable } from '../../meetings/messages/read-message';
import { splitMessage } from '../../meetings/messages/split-message';
import type { QueuedRequest, ReceivedMessage } from '../../requests/parse/queue-message';
import { receivedMessage, type QueueHandler } from './received-message';

export type RequestQueueDependencies = ProcessDependencies & { readonly messages: MessageStore };

/**
 * Processes a message of the requests queue. Returns once every request in it has its result or is queued again. Throws
 * only if storage is unavailable, so that the host delivers the message again.
 */
export function makeProcessMeetingRequestHandler(deps: RequestQueueDependencies): QueueHandler {
  return async (message, context) => {
    const received = receivedMessage(message, context, deps.clock);
    const requests = await readOrRefuse(received, deps);
    const [only] = requests;
    if (only === undefined) return;
    if (requests.length > 1 || needsPersistentId(only, received))
      await splitMessage(requests, deps);
    else await inItsTrace(only, (queued) => processRequest(queued, deps));
  };
}

/** The requests in the message; none if it cannot be read and its failed result is published. */
async function readOrRefuse(
  received: ReceivedMessage,
  deps: RequestQueueDependencies,
): Promise<readonly QueuedRequest[]> {
  try {
    return await readMessage(received, deps);
  } catch (thrown) {
    if (!isInvalidMessage(thrown)) throw thrown;
    await publishRefusal(unreadable(received), thrown, deps);
    return [];
  }
}

/**
 * The host changes the id and time of a message when it moves it to the poison queue. So after the first failed
 * delivery, the id and time that requests take from their message are written into the message itself.
 */
const needsPersistentId = (
  queued: QueuedRequest,
  { deliveries, metadata }: ReceivedMessage,
): boolean => deliveries > 1 && (!queued.hasOwnId || isOrderedBy(metadata, queued));
