import type { QueueClient } from '@azure/storage-queue';
import type { DeadLetterQueue } from '../../meetings/dead-letters/redrive';
import { isNotFound, toStorageError } from './errors';
import { sendMessage } from './queues';

/** Enough to copy 32 messages, in seconds. */
const hiddenSeconds = 60;
/** In seconds: until then its original is gone. */
const copyDelaySeconds = 5;

/** A poison queue; one that does not exist is empty. */
export function makeDeadLetterQueue(queue: QueueClient): DeadLetterQueue {
  const asking = async <T>(call: Promise<T>): Promise<T | undefined> => {
    try {
      return await call;
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined;
      throw toStorageError(thrown, `queue ${queue.name}`);
    }
  };
  return {
    name: queue.name,
    async measure() {
      const { approximateMessagesCount = 0, date = new Date(0) } =
        (await asking(queue.getProperties())) ?? {};
      return { messages: approximateMessagesCount, now: date };
    },
    async take(count) {
      const options = { numberOfMessages: count, visibilityTimeout: hiddenSeconds };
      const { receivedMessageItems = [] } = (await asking(queue.receiveMessages(options))) ?? {};
      return receivedMessageItems.map(({ messageText, insertedOn, messageId, popReceipt }) => ({
        text: messageText,
        insertedOn,
        id: messageId,
        receipt: popReceipt,
      }));
    },
    async putBack({ text, id, receipt }) {
      await sendMessage(queue, text, { visibilitySeconds: copyDelaySeconds });
      // Not found: somebody else has taken it since, and both may put it back.
      await asking(queue.deleteMessage(id, receipt));
    },
  };
}
