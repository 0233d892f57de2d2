import type { QueueClient } from '@azure/storage-queue';
import type { StorageAccount } from '../../../local/storage';
import { clientsOf, outcomeOf } from './outcomes';

/** Defines the tests of the queue service, for Azurite and the stand-in alike. */
export function describeQueues(storage: StorageAccount): void {
  async function newQueue(name: string): Promise<QueueClient> {
    const queue = clientsOf(storage).queue(name);
    await queue.create();
    return queue;
  }

  async function take(queue: QueueClient, count = 1, visibilityTimeout = 30) {
    const options = { numberOfMessages: count, visibilityTimeout };
    return (await queue.receiveMessages(options)).receivedMessageItems;
  }

  const lengthOf = async (queue: QueueClient): Promise<number | undefined> =>
    (await queue.getProperties()).approximateMessagesCount;

  test('a queue is made once, and nothing is sent to one that is not there', async () => {
    const queue = clientsOf(storage).queue('made');
    expect(await outcomeOf(queue.sendMessage('text'))).toBe('404 QueueNotFound');
    expect(await outcomeOf(queue.getProperties())).toBe('404 QueueNotFound');
    expect((await queue.createIfNotExists()).succeeded).toBe(true);
    await queue.createIfNotExists();
    expect(await outcomeOf(queue.sendMessage('text'))).toBe('done');
    await queue.delete();
    expect(await outcomeOf(queue.sendMessage('text'))).toBe('404 QueueNotFound');
  });

  test('messages come in their order, each once as long as it is hidden', async () => {
    const queue = await newQueue('order');
    const texts = ['first <&>"é🎓', 'second\n', 'third'];
    for (const text of texts) await queue.sendMessage(text);
    const taken = await take(queue, 2);

    expect(taken.map(({ messageText }) => messageText)).toEqual(texts.slice(0, 2));
    expect(taken.map(({ dequeueCount }) => dequeueCount)).toEqual([1, 1]);
    expect((await take(queue, 32)).map(({ messageText }) => messageText)).toEqual(['third']);
    expect(await take(queue, 32)).toEqual([]);
    expect(await lengthOf(queue)).toBe(3);
  });

  test('a message that is put back is seen again, and counted', async () => {
    const queue = await newQueue('back');
    await queue.sendMessage('text');
    const [first] = await take(queue);
    const { popReceipt = '' } = await queue.updateMessage(
      first?.messageId ?? '',
      first?.popReceipt ?? '',
      undefined,
      0,
    );
    const [second] = await take(queue);

    expect(second).toMatchObject({ messageText: 'text', dequeueCount: 2 });
    const remove = (receipt = '') =>
      outcomeOf(queue.deleteMessage(first?.messageId ?? '', receipt));
    expect(await remove(popReceipt)).toBe('400 PopReceiptMismatch');
    expect(await remove(second?.popReceipt)).toBe('done');
    expect(await remove(second?.popReceipt)).toBe('404 MessageNotFound');
    expect(await lengthOf(queue)).toBe(0);
  });

  test('a lease that is renewed needs the new receipt', async () => {
    const queue = await newQueue('renewed');
    await queue.sendMessage('text');
    const [taken] = await take(queue);
    const { messageId, popReceipt } = taken ?? { messageId: '', popReceipt: '' };
    const renewed = await queue.updateMessage(messageId, popReceipt, 'other <text>', 60);

    expect(renewed.nextVisibleOn?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    expect(await outcomeOf(queue.deleteMessage(messageId, popReceipt))).toBe(
      '400 PopReceiptMismatch',
    );
    expect(await outcomeOf(queue.deleteMessage(messageId, renewed.popReceipt ?? ''))).toBe('done');
  });

  test('a peek takes nothing', async () => {
    const queue = await newQueue('peek');
    await queue.sendMessage('seen');
    await queue.sendMessage('later', { visibilityTimeout: 60 });
    const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });

    expect(peekedMessageItems.map(({ messageText }) => messageText)).toEqual(['seen']);
    expect((await take(queue, 32)).map(({ dequeueCount }) => dequeueCount)).toEqual([1]);
  });

  test('a message that never expires says so, others last a week', async () => {
    const queue = await newQueue('expires');
    const never = await queue.sendMessage('text', { messageTimeToLive: -1 });
    const { insertedOn, expiresOn } = await queue.sendMessage('text');

    expect(never.expiresOn.getUTCFullYear()).toBe(9999);
    expect(expiresOn.getTime() - insertedOn.getTime()).toBe(7 * 86_400_000);
    await queue.clearMessages();
    expect(await lengthOf(queue)).toBe(0);
  });
}
