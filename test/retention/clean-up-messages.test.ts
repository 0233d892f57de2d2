import { cleanUpMessages, type Waiting } from '../../src/retention/clean-up-messages';
import { FakeLog } from '../support/harness/core-harness';
import { FakeOldMessages } from '../support/fakes/fake-batches';

const hour = 3_600_000;
const names = ['2026-10-17/a.txt', '2026-10-18/b.txt', '2026-12-01/c.txt'];
const empty: Waiting = { messages: 0 };

const run = (
  oldMessages: FakeOldMessages,
  {
    requests = empty,
    poison = empty,
    isTime = () => true,
  }: {
    readonly requests?: Waiting | undefined;
    readonly poison?: Waiting | undefined;
    readonly isTime?: () => boolean;
  } = {},
  unreadable?: 'requests' | 'poison',
): Promise<number> =>
  cleanUpMessages(
    {
      oldMessages,
      waitingRequests: async () => (unreadable === 'requests' ? undefined : requests),
      waitingPoison: async () => (unreadable === 'poison' ? undefined : poison),
      clock: { now: () => new Date('2026-12-01T08:00:00.000Z'), sleep: async () => undefined },
      log: new FakeLog(),
      retentionMs: 30 * 24 * hour,
    },
    isTime,
  );

describe('texts of messages', () => {
  test('go two weeks after nobody remembers a request of their time', async () => {
    const texts = new FakeOldMessages(names);
    expect(await run(texts)).toBe(1);
    expect([...texts.names]).toEqual(['2026-10-18/b.txt', '2026-12-01/c.txt']);
    expect(await run(texts)).toBe(0);
  });

  test.each<[string, { readonly requests?: Waiting; readonly poison?: Waiting }]>([
    [
      'a request has waited for more than a day',
      { requests: { messages: 1, oldestMs: 25 * hour } },
    ],
    ['a dead message is there', { poison: { messages: 1, oldestMs: 1000 } }],
    ['a dead message is being worked on', { poison: { messages: 1 } }],
  ])('stay while %s', async (_what, waiting) => {
    const texts = new FakeOldMessages(names);
    expect(await run(texts, waiting)).toBe(0);
    expect([...texts.names]).toEqual(names);
  });

  test.each(['requests', 'poison'] as const)(
    'stay while the queue of %s cannot be read',
    async (queue) => {
      const texts = new FakeOldMessages(names);
      expect(await run(texts, {}, queue)).toBe(0);
      expect([...texts.names]).toEqual(names);
    },
  );

  test.each<[string, Waiting]>([
    ['requests that come and go', { messages: 90, oldestMs: 23 * hour }],
    ['requests in work', { messages: 90 }],
  ])('do not wait for %s', async (_what, requests) => {
    expect(await run(new FakeOldMessages(names), { requests })).toBe(1);
  });

  test.each(['before', 'after'] as const)(
    'go in the next run when one breaks off %s the effect of a removal',
    async (when) => {
      const texts = new FakeOldMessages(['2026-10-01/a.txt', '2026-10-02/b.txt', ...names]);
      const remove = texts.remove.bind(texts);
      texts.remove = async (name) => {
        if (when === 'after') await remove(name);
        throw new Error('crash');
      };
      await expect(run(texts)).rejects.toThrow('crash');
      texts.remove = remove;
      expect(await run(texts)).toBe(when === 'after' ? 2 : 3);
      expect([...texts.names]).toEqual(['2026-10-18/b.txt', '2026-12-01/c.txt']);
    },
  );

  test('go one by one until the time of the run is over', async () => {
    const texts = new FakeOldMessages(['2026-10-01/a.txt', '2026-10-02/b.txt']);
    let turns = 0;
    expect(await run(texts, { isTime: () => (turns += 1) <= 1 })).toBe(1);
    expect([...texts.names]).toEqual(['2026-10-02/b.txt']);
  });
});
