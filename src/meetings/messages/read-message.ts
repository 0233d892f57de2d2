import type { MessageStore } from '../ports';
import type { ProcessDependencies } from './process-request';
import { MeetingError } from '../../errors/meeting-error';
import {
  decodeMessage,
  notARow,
  requestsIn,
  storedNameIn,
  type QueuedRequest,
  type ReceivedMessage,
} from '../../requests/parse/queue-message';

type ReadDependencies = Pick<ProcessDependencies, 'isRowToken' | 'log'> & {
  readonly messages: MessageStore;
};

/** The requests in a message. @throws MeetingError `invalidMessage`; `storageUnavailable` if they cannot be read now. */
export async function readMessage(
  message: ReceivedMessage,
  deps: ReadDependencies,
): Promise<readonly QueuedRequest[]> {
  const requests = requestsIn(await readContent(message, deps), message);
  return Promise.all(requests.map((queued) => checkRow(queued, deps)));
}

async function readContent(
  { bytes }: ReceivedMessage,
  { messages }: ReadDependencies,
): Promise<object> {
  const value = decodeMessage(bytes);
  const name = storedNameIn(value);
  if (name === undefined) return value;
  const text = await messages.load(name);
  if (text === undefined)
    throw new MeetingError('invalidMessage', 'The text that the message refers to does not exist.');
  return decodeMessage(Buffer.from(text));
}

/** Without the token of its batch, a message is an ordinary request: anybody could write a batchId into one. */
async function checkRow(
  queued: QueuedRequest,
  { isRowToken, log }: ReadDependencies,
): Promise<QueuedRequest> {
  const { batchId, rowToken } = queued.metadata;
  if (batchId === undefined) return notARow(queued);
  if (await isRowToken(batchId, rowToken)) return queued;
  log.warn('request.not-a-row', { requestId: queued.requestId });
  return notARow(queued);
}

/** The stand-in for a message without a readable request. */
export const unreadable = ({ messageId, metadata }: ReceivedMessage): QueuedRequest => ({
  requestId: messageId,
  hasOwnId: false,
  input: undefined,
  metadata,
});

/** Whether the error means that the message can never be read. */
export const isInvalidMessage = (thrown: unknown): thrown is MeetingError =>
  thrown instanceof MeetingError && thrown.code === 'invalidMessage';
