import { processMessage, type MessageDependencies } from '../../meetings/messages/process-message';
import { receivedMessage, type QueueHandler } from './received-message';

/** Processes a message of the requests queue. */
export const makeProcessMeetingRequestHandler =
  (deps: MessageDependencies): QueueHandler =>
  (message, context) =>
    processMessage(receivedMessage(message, context, deps.clock), deps);
