import {
  processPoisonedMessage,
  type PoisonedMessageDependencies,
} from '../../meetings/messages/process-poisoned-message';
import { receivedMessage, type QueueHandler } from './received-message';

/** Processes a message of the poison queue of requests. */
export const makeProcessPoisonRequestHandler =
  (deps: PoisonedMessageDependencies): QueueHandler =>
  (message, context) =>
    processPoisonedMessage(receivedMessage(message, context, deps.clock), deps);
