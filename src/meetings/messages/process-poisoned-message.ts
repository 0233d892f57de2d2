import { inItsTrace } from './in-its-trace';
import {
  processingFailed,
  processPoisonedRequest,
  quoting,
  type PoisonedRequestDependencies,
} from './process-poisoned-request';
import { publishRefusal } from './publish-refusal';
import { isInvalidMessage, readMessage, unreadable } from './read-message';
import { toMeetingError } from '../../errors/meeting-error';
import type { ReceivedMessage } from '../../requests/parse/queue-message';

/**
 * The host delivers a poison message five times (`maxDequeueCount` of host.json) and then never again. So from the
 * third delivery on, the message is first queued again as a new one; that leaves two more deliveries if storage fails.
 */
const lastDelivery = 3;
/** Delay before a dead message that cannot be processed now is tried again, in milliseconds. */
const retryDelayMs = 60_000;

export interface PoisonedMessageDependencies extends PoisonedRequestDependencies {
  /** Puts a dead message back on the poison queue as a new message. */
  readonly poison: { sendText(text: string, delayMs: number): Promise<void> };
}

/** Processes a message of the poison queue: the requests in every dead message still get their results. */
export async function processPoisonedMessage(
  received: ReceivedMessage,
  deps: PoisonedMessageDependencies,
): Promise<void> {
  try {
    if (received.deliveries >= lastDelivery) throw processingFailed();
    await endRequests(received, await quoting(received, deps));
  } catch (thrown) {
    const { code } = toMeetingError(thrown);
    await deps.poison.sendText(Buffer.from(received.bytes).toString('utf8'), retryDelayMs);
    deps.log.error('poison.put-back', { messageId: received.messageId, code });
  }
}

async function endRequests(
  received: ReceivedMessage,
  deps: PoisonedRequestDependencies,
): Promise<void> {
  try {
    const requests = await readMessage(received, deps);
    const poisoned = {
      mayCallGraph: received.deliveries === 1,
      isSingle: requests.length === 1,
      metadata: received.metadata,
    };
    for (const queued of requests)
      await inItsTrace(queued, (traced) => processPoisonedRequest(traced, poisoned, deps));
  } catch (thrown) {
    if (!isInvalidMessage(thrown)) throw thrown;
    await publishRefusal(unreadable(received), thrown, deps);
  }
}
