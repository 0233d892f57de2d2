import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeRedriveHandler } from '../../../src/handlers/http/redrive';
import type { DeadLetterQueue } from '../../../src/meetings/dead-letters/redrive';
import { FakeClock } from '../../support/fakes/fake-clock';
import { FakeLog } from '../../support/harness/core-harness';

/** A queue of which only some messages are visible. */
function queueOf(name: string, messages: number, visible: number): DeadLetterQueue {
  let left = visible;
  return {
    name,
    measure: () => Promise.resolve({ messages, now: new Date(1_000) }),
    take: () => {
      const taken = Array.from({ length: left }, (_, id) => String(id));
      left = 0;
      return Promise.resolve(
        taken.map((id) => ({ text: id, insertedOn: new Date(0), id, receipt: '' })),
      );
    },
    putBack: () => Promise.resolve(),
  };
}

const call = async (query: Record<string, string>, ...deadLetters: DeadLetterQueue[]) => {
  const handler = makeRedriveHandler({ clock: new FakeClock(), log: new FakeLog(), deadLetters });
  const request = new HttpRequest({ method: 'POST', url: 'https://convoke.example/', query });
  return (await handler(request, new InvocationContext())).jsonBody as unknown;
};

const requests = queueOf('meeting-requests-poison', 3, 3);
const batches = queueOf('meeting-batches-poison', 0, 0);

test('says for each queue how many messages were put back', async () => {
  expect(await call({}, requests, batches)).toEqual({
    queues: [
      { queue: 'meeting-requests-poison', redriven: 3, remaining: 0, remedy: null },
      { queue: 'meeting-batches-poison', redriven: 0, remaining: 0, remedy: null },
    ],
  });
});

test('one queue by its name', async () => {
  expect(await call({ queue: 'meeting-batches-poison' }, requests, batches)).toEqual({
    queues: [expect.objectContaining({ queue: 'meeting-batches-poison' })],
  });
});

test('says what to do about messages that cannot be seen', async () => {
  expect(await call({}, queueOf('meeting-requests-poison', 2, 0))).toMatchObject({
    queues: [
      { redriven: 0, remaining: 2, remedy: expect.stringContaining('ten minutes') as string },
    ],
  });
  expect(await call({}, queueOf('meeting-requests-poison', 9, 2))).toMatchObject({
    queues: [{ redriven: 2, remaining: 7, remedy: expect.stringContaining('again') as string }],
  });
});

test('refuses a queue with living messages', async () => {
  await expect(call({ queue: 'meeting-requests' }, requests, batches)).rejects.toMatchObject({
    code: 'invalidRequest',
    message: 'The query parameter queue must be meeting-requests-poison or meeting-batches-poison.',
    target: 'queue',
  });
});
