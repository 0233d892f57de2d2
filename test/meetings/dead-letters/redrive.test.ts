import { makeDeadLetterQueue } from '../../../src/adapters/storage/dead-letter-queue';
import { makeStorageClients } from '../../../src/adapters/storage/clients';
import {
  maxRedriven,
  redrive,
  type DeadLetter,
  type DeadLetterQueue,
} from '../../../src/meetings/dead-letters/redrive';
import { FakeClock } from '../../support/fakes/fake-clock';
import { useAzurite } from '../../support/harness/azurite';
import { FakeLog } from '../../support/harness/core-harness';
import { eventually } from '../../support/harness/eventually';

const azurite = useAzurite();
const deps = { clock: { now: () => new Date() }, log: new FakeLog() };
let number = 0;

/** A poison queue with messages that the host has given up: each was received five times. */
async function queueWith(...texts: string[]) {
  const { connectionString } = azurite;
  const clients = makeStorageClients({ kind: 'connectionString', connectionString });
  const client = clients.queue(`dead-letters-${(number += 1)}-poison`);
  await client.createIfNotExists();
  for (const text of texts) await client.sendMessage(text);
  for (let deliveries = 0; deliveries < 5; deliveries += 1) {
    const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: 32 });
    for (const { messageId, popReceipt } of receivedMessageItems)
      await client.updateMessage(messageId, popReceipt, undefined, 0);
  }
  const peek = async () =>
    (await client.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(
      ({ messageText, dequeueCount }) => `${messageText} ${dequeueCount}`,
    );
  return { client, queue: makeDeadLetterQueue(client), peek };
}

/** Copies become visible after five seconds. */
const seen = (peek: () => Promise<string[]>, count: number): Promise<string[]> =>
  eventually(`${count} messages`, async () => {
    const all = await peek();
    return all.length >= count && all.toSorted();
  });

const killed = { putBack: () => Promise.reject(new Error('killed')) };

test('dead messages start again, with their text as it was, and are counted', async () => {
  const { queue, peek } = await queueWith('{"requestId":"a"}', '<&> "é"');
  expect(await redrive(queue, deps)).toEqual({ queue: queue.name, redriven: 2, remaining: 0 });
  expect(await seen(peek, 2)).toEqual(['<&> "é" 0', '{"requestId":"a"} 0']);
  expect(deps.log.lines.at(-1)).toEqual({
    event: 'poison.redriven',
    fields: { queue: queue.name, redriven: 2, remaining: 0 },
  });
});

test('called twice at the same time, every message is put back, and none is lost', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `m-${index}`);
  const { queue } = await queueWith(...texts);
  const answers = await Promise.all([redrive(queue, deps), redrive(queue, deps)]);
  expect(answers.map(({ redriven }) => redriven).reduce((sum, each) => sum + each)).toBe(20);
  expect(await queue.measure()).toMatchObject({ messages: 20 });
});

test('after a crash half-way, messages that were not put back are still there', async () => {
  const { client, queue } = await queueWith('a', 'b', 'c');
  let calls = 0;
  const dying: DeadLetterQueue = {
    ...queue,
    putBack: (letter) => ((calls += 1) === 2 ? killed.putBack() : queue.putBack(letter)),
  };
  await expect(redrive(dying, deps)).rejects.toThrow('killed');
  expect((await client.getProperties()).approximateMessagesCount).toBe(3);
  expect(await redrive(queue, deps)).toMatchObject({ redriven: 0, remaining: 3 });
});

test('after a crash between copy and original, the message exists twice, never not at all', async () => {
  const { client, queue } = await queueWith('a');
  const refusing = Object.assign(Object.create(client) as typeof client, {
    deleteMessage: killed.putBack,
  });
  await expect(redrive(makeDeadLetterQueue(refusing), deps)).rejects.toMatchObject({
    code: 'storageUnavailable',
  });
  expect(await queue.measure()).toMatchObject({ messages: 2 });
});

test('a message that another call has received since is no failure', async () => {
  const { client, queue } = await queueWith('a');
  const [letter] = await queue.take(1);
  await client.clearMessages();
  await queue.putBack(letter as DeadLetter);
  expect(await queue.measure()).toMatchObject({ messages: 1 });
});

test('hidden messages count as left', async () => {
  const { client, queue } = await queueWith();
  await client.sendMessage('x', { visibilityTimeout: 60 });
  expect(await redrive(queue, deps)).toMatchObject({ redriven: 0, remaining: 1 });
});

test('a queue that does not exist is empty', async () => {
  const { client, queue } = await queueWith();
  await client.delete();
  expect(await redrive(queue, deps)).toMatchObject({ redriven: 0, remaining: 0 });
});

describe('limits of one call', () => {
  /** Each call takes some time. */
  function longQueue(messages: number, { clock, tookMs }: { clock: FakeClock; tookMs: number }) {
    const putBack: string[] = [];
    const insertedOn = clock.now();
    const queue: DeadLetterQueue = {
      name: 'long-poison',
      measure: () => Promise.resolve({ messages, now: clock.now() }),
      take: (count) =>
        Promise.resolve(
          Array.from({ length: count }, (_, id) => ({
            text: 'x',
            insertedOn,
            id: String(id),
            receipt: '',
          })),
        ),
      putBack: async ({ text }) => {
        clock.advance(tookMs);
        putBack.push(text);
      },
    };
    return { queue, putBack };
  }

  test('a thousand messages', async () => {
    const clock = new FakeClock();
    const { queue, putBack } = longQueue(1_500, { clock, tookMs: 1 });
    const answer = await redrive(queue, { ...deps, clock });
    expect(answer).toMatchObject({ redriven: maxRedriven, remaining: 500 });
    expect(putBack).toHaveLength(1_000);
  });

  test('a minute', async () => {
    const clock = new FakeClock();
    const { queue } = longQueue(1_000, { clock, tookMs: 1_000 });
    const answer = await redrive(queue, { ...deps, clock });
    expect(answer).toMatchObject({ redriven: 64, remaining: 936 });
  });
});
