import { QueueClient } from '@azure/storage-queue';
import { probeQueue } from '../../../src/adapters/storage/probe';

const insertedOn = new Date('2026-12-01T08:00:00Z');

/** A queue with one message. */
const queue = Object.assign(Object.create(QueueClient.prototype) as QueueClient, {
  getProperties: () => Promise.resolve({ approximateMessagesCount: 1 }),
  peekMessages: () => Promise.resolve({ peekedMessageItems: [{ insertedOn }] }),
});

test.each([
  ['a minute later', 60_000, 60_000],
  ['on a machine whose clock is a minute behind', -60_000, 0],
])('the oldest message of a queue, seen %s, has its age', async (_name, laterMs, oldestMs) => {
  const now = new Date(insertedOn.getTime() + laterMs);
  expect(await probeQueue(queue, now)).toEqual({ messages: 1, oldestMs });
});
