import type { MessageStore } from '../ports';
import { isOrderedBy } from '../changes/queued-change';
import { inItsTrace } from './in-its-trace';
import { processRequest, type ProcessDependencies } from './process-request';
import { publishRefusal } from './publish-refusal';
import { isInvalidMessage, readMessage, unreadable } from './read-message';
import { splitMessage } from './split-message';
import type { QueuedRequest, ReceivedMessage } from '../../requests/parse/queue-message';

export type MessageDependencies = ProcessDependencies & { readonly messages: MessageStore };

/**
 * Processes a message of the requests queue. Returns once every request in it has its result or is queued again. Throws
 * only if storage is unavailable, so that the host delivers the message again.
 */
export async function processMessage(
  received: ReceivedMessage,
  deps: MessageDependencies,
): Promise<void> {
  const requests = await readOrRefuse(received, deps);
  const [only] = requests;
  if (only === undefined) return;
  if (requests.length > 1 || needsPersistentId(only, received)) await splitMessage(requests, deps);
  else await inItsTrace(only, (queued) => processRequest(queued, deps));
}

/** The requests in the message; none if it cannot be read and its failed result is published. */
async function readOrRefuse(
  received: ReceivedMessage,
  deps: MessageDependencies,
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
