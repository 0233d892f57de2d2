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
 * A message of the requests queue. Ends normally once every request in it has its result or is on the queue again;
 * throws only if storage is unavailable, so that the host delivers the message again.
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

/** None if the message cannot be read and has its result. */
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
 * The id and the time of a message change when the host moves it to the poison queue. So after the first failed delivery what a
 * request has of its message is written into the message itself.
 */
const needsPersistentId = (
  queued: QueuedRequest,
  { deliveries, metadata }: ReceivedMessage,
): boolean => deliveries > 1 && (!queued.hasOwnId || isOrderedBy(metadata, queued));
