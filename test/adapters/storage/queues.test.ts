import type { QueueClient, QueueSendMessageResponse } from '@azure/storage-queue';
import { makeRequestQueue } from '../../../src/adapters/storage/queues';
import { makeStorageClients } from '../../../src/adapters/storage/clients';
import { useAzurite } from '../../support/harness/azurite';

const azurite = useAzurite();

function makeQueue(name: string) {
  const config = { kind: 'connectionString', connectionString: azurite.connectionString } as const;
  const queue = makeStorageClients(config).queue(name);
  const texts: string[] = [];
  const sent: QueueSendMessageResponse[] = [];
  const noted: Pick<QueueClient, 'sendMessage'> = {
    async sendMessage(text, options) {
      const answer = await queue.sendMessage(text, options);
      sent.push(answer);
      return answer;
    },
  };
  const sender = makeRequestQueue(Object.assign(Object.create(queue) as QueueClient, noted), {
    save: (text) => Promise.resolve(`text-${texts.push(text)}`),
    load: () => Promise.resolve(undefined),
  });
  return { queue, sender, texts, sent };
}

async function receive(queue: QueueClient) {
  const { receivedMessageItems } = await queue.receiveMessages();
  return receivedMessageItems[0];
}

const daysHidden = ({ insertedOn, nextVisibleOn }: QueueSendMessageResponse): number =>
  Math.round((nextVisibleOn.getTime() - insertedOn.getTime()) / 86_400_000);

describe('the requests queue', () => {
  test('puts messages that never expire', async () => {
    const { queue, sender } = makeQueue('keeps');
    await sender.send({ requestId: 'r-1' });

    expect((await receive(queue))?.expiresOn.getUTCFullYear()).toBe(9999);
  });

  test('carries every character of JSON, also those that XML does not allow', async () => {
    const { queue, sender } = makeQueue('characters');
    const message = { subject: 'é 会 🎓 \ufffe\uffff\u0001 <&>"' };
    await sender.send(message);
    const text = (await receive(queue))?.messageText ?? '';

    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text)).toEqual(message);
  });

  test('stores a message that does not fit, and sends a reference', async () => {
    const { queue, sender, texts } = makeQueue('stores');
    const message = { subject: 'é'.repeat(11_000) };
    await sender.send(message);

    expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual([message]);
    expect((await receive(queue))?.messageText).toBe('{"requestBlob":"text-1"}');
  });

  test.each([
    ['a clock that was set back', -90_000],
    ['nothing', 0],
  ])('shows a message at once after a delay of %s', async (_name, delayMs) => {
    const { queue, sender } = makeQueue('at-once');
    await sender.send({ requestId: 'r-1' }, delayMs);

    expect(await receive(queue)).toBeDefined();
  });

  test.each([
    ['a day', 1, 1],
    ['forty days, of which a queue can do seven', 40, 7],
  ])('hides a message for %s', async (_, days, hidden) => {
    const { queue, sender, sent } = makeQueue(`hides-${days}`);
    await sender.send({ requestId: 'r-1' }, days * 86_400_000);

    expect(await receive(queue)).toBeUndefined();
    expect(sent.map((answer) => daysHidden(answer))).toEqual([hidden]);
  });
});
