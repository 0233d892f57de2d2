import { cleanUpMessages } from '../../src/retention/clean-up-messages';
import { FakeOldMessages } from '../support/fakes/fake-batches';

const names = ['2026-10-17/a.txt', '2026-10-18/b.txt', '2026-12-01/c.txt'];

const run = (oldMessages: FakeOldMessages, isTime = () => true): Promise<number> =>
  cleanUpMessages(
    {
      oldMessages,
      clock: { now: () => new Date('2026-12-01T08:00:00.000Z') },
      retentionMs: 30 * 86_400_000,
    },
    isTime,
  );

describe('texts of messages', () => {
  test('are removed two weeks after the retention time of their requests', async () => {
    const texts = new FakeOldMessages(names);
    expect(await run(texts)).toBe(1);
    expect([...texts.names]).toEqual(['2026-10-18/b.txt', '2026-12-01/c.txt']);
    expect(await run(texts)).toBe(0);
  });

  test.each(['before', 'after'] as const)(
    'are removed by the next run when one breaks off %s the effect of a removal',
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

  test('are removed one by one until the time of the run is over', async () => {
    const texts = new FakeOldMessages(['2026-10-01/a.txt', '2026-10-02/b.txt']);
    let turns = 0;
    expect(await run(texts, () => (turns += 1) <= 1)).toBe(1);
    expect([...texts.names]).toEqual(['2026-10-02/b.txt']);
  });
});
