import type { QueueClient } from '@azure/storage-queue';
import type { DeadLetterQueue } from '../../meetings/dead-letters/redrive';
import { isNotFound, toStorageError } from './errors';
import { sendMessage } from './queues';

/** Visibility timeout while messages are copied, in seconds: enough for 32 messages. */
const hiddenSeconds = 60;
/** Delay before a copy becomes visible, in seconds: by then its original is deleted. */
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
      // Not found: another call has taken it since. Both may put it back.
      await asking(queue.deleteMessage(id, receipt));
    },
  };
}
