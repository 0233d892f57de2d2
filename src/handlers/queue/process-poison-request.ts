import { toMeetingError } from '../../errors/meeting-error';
import { inItsTrace } from '../../meetings/messages/in-its-trace';
import {
  processingFailed,
  processPoisonedRequest,
  quoting,
  type PoisonDependencies as CoreDependencies,
} from '../../meetings/messages/process-poisoned-request';
import { publishRefusal } from '../../meetings/messages/publish-refusal';
import { isInvalidMessage, readMessage, unreadable } from '../../meetings/messages/read-message';
import type { ReceivedMessage } from '../../requests/parse/queue-message';
import { receivedMessage, type QueueHandler } from './received-message';

/**
 * The host delivers a poison message five times (`maxDequeueCount` of host.json) and then never again. So from the
 * third delivery on, the message is first queued again as a new one; that leaves two more deliveries if storage fails.
 */
const lastDelivery = 3;
/** Delay before a dead message that cannot be processed now is tried again, in milliseconds. */
const retryDelayMs = 60_000;

export interface PoisonDependencies extends CoreDependencies {
  /** Puts a dead message back on the poison queue as a new message. */
  readonly poison: { sendText(text: string, delayMs: number): Promise<void> };
}

/** Processes a message of the poison queue: the requests in every dead message still get their results. */
export function makeProcessPoisonRequestHandler(deps: PoisonDependencies): QueueHandler {
  return async (message, context) => {
    const received = receivedMessage(message, context, deps.clock);
    try {
      if (received.deliveries >= lastDelivery) throw processingFailed();
      await processMessage(received, await quoting(received, deps));
    } catch (thrown) {
      const { code } = toMeetingError(thrown);
      await deps.poison.sendText(Buffer.from(received.bytes).toString('utf8'), retryDelayMs);
      deps.log.error('poison.put-back', { messageId: received.messageId, code });
    }
  };
}

async function processMessage(received: ReceivedMessage, deps: CoreDependencies): Promise<void> {
  try {
    const requests = await readMessage(received, deps);
    const poisoned = {
      mayCallGraph: received.deliveries === 1,
      isSingle: requests.length === 1,
      received: received.metadata,
    };
    for (const queued of requests)
      await inItsTrace(queued, (traced) => processPoisonedRequest(traced, poisoned, deps));
  } catch (thrown) {
    if (!isInvalidMessage(thrown)) throw thrown;
    await publishRefusal(unreadable(received), thrown, deps);
  }
}
