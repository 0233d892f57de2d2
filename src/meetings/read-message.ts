import type { MessageStore } from './ports';
import { MeetingError } from '../errors/meeting-error';
import {
  decodeMessage,
  requestsIn,
  storedNameIn,
  type QueuedRequest,
  type ReceivedMessage,
} from '../requests/queue-message';

/** The requests in a message. @throws MeetingError `invalidMessage`; `storageUnavailable` if they cannot be read now. */
export async function readMessage(
  message: ReceivedMessage,
  { messages }: { readonly messages: MessageStore },
): Promise<readonly QueuedRequest[]> {
  const value = decodeMessage(message.bytes);
  const name = storedNameIn(value);
  if (name === undefined) return requestsIn(value, message);
  const text = await messages.load(name);
  if (text === undefined)
    throw new MeetingError('invalidMessage', 'The text that the message refers to is not there.');
  return requestsIn(decodeMessage(Buffer.from(text)), message);
}

/** The stand-in for a message without a readable request. */
export const unreadable = ({ messageId, metadata }: ReceivedMessage): QueuedRequest => ({
  requestId: messageId,
  hasOwnId: false,
  input: undefined,
  metadata,
});

/** Whether a message can never be read, however often it comes. */
export const isInvalidMessage = (thrown: unknown): thrown is MeetingError =>
  thrown instanceof MeetingError && thrown.code === 'invalidMessage';
