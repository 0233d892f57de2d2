import { resumeStalledBatches } from '../../../src/batches/run/resume-stalled-batches';
import { runBatch } from '../../../src/batches/run/run-batch';
import { MeetingError } from '../../../src/errors/meeting-error';
import { asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const world = new BatchHarness();
  await world.accept({ body: asBody(rows) });
  return world;
}

describe('resumeStalledBatches', () => {
  const minutes = 60_000;

  const resumedAfter = async (world: BatchHarness, most: number): Promise<number[]> => {
    const resumed: number[] = [];
    for (let at = 1; at <= most; at += 1) {
      world.time.advance(minutes);
      await resumeStalledBatches(world.deps);
      if (world.queue.messages.splice(0).length > 0) resumed.push(at);
    }
    return resumed;
  };

  test('puts a running batch on the queue again that nobody takes up, and its older messages no longer count', async () => {
    const world = await accepted(someRows(3));
    const lost = world.takeMessage();
    world.crash = { at: world.calls + 5, when: 'before' };
    await expect(runBatch(lost, world.deps)).rejects.toThrow('crash');

    await resumeStalledBatches(world.deps);
    expect(world.queue.messages).toEqual([]);
    world.time.advance(6 * minutes);
    await resumeStalledBatches(world.deps);
    expect(world.queue.messages).toMatchObject([{ sequence: 2 }]);
    await world.run();
    expect(world.batch.state).toBe('finished');
    await runBatch(lost, world.deps);
    expect(world.completions.published).toHaveLength(1);
  });

  test.each([undefined, 'a key'])(
    'starts a batch whose first message was lost, with the Idempotency-Key %s',
    async (idempotencyKey) => {
      const world = new BatchHarness();
      await world.accept({ body: asBody(someRows(3)), idempotencyKey });
      world.queue.messages.length = 0;
      world.time.advance(6 * minutes);
      await resumeStalledBatches(world.deps);
      await world.run();
      expect(world.batch).toMatchObject({ state: 'finished', counts: { created: 3 } });
    },
  );

  test('waits twice as long each time, so that a queue that is only long does not grow', async () => {
    const world = await accepted(someRows(3));
    world.queue.messages.length = 0;
    expect(await resumedAfter(world, 12 * 60)).toEqual([6, 13, 27, 55, 111, 223, 447]);
  });

  test('is not stopped by a batch that cannot be read', async () => {
    const world = new BatchHarness();
    const broken = await world.accept({ body: asBody(someRows(1)) });
    const sound = await world.accept({ body: asBody(someRows(2)) });
    world.queue.messages.length = 0;
    world.time.advance(6 * minutes);
    const { batches } = world;
    const read = async (batchId: string) => {
      if (batchId === broken.batch.batchId) throw new MeetingError('storageUnavailable', 'No.');
      return batches.read(batchId);
    };
    const replace = batches.replace.bind(batches);
    const never = () => Promise.reject(new Error('Not asked for.'));
    const stubs = { insert: never, remove: never };
    await resumeStalledBatches({
      ...world.deps,
      batches: { ...stubs, read, replace },
    });
    expect(world.queue.messages).toMatchObject([{ batchId: sound.batch.batchId, sequence: 1 }]);
    expect(world.log.lines).toContainEqual({
      event: 'batch.resume-failed',
      fields: { batchId: broken.batch.batchId, code: 'storageUnavailable' },
    });
  });

  test('puts a batch among the finished ones whose instance died before it did', async () => {
    const world = await accepted(someRows(3));
    const [stored] = world.batches.rows.values();
    const completedDateTime = '2026-12-01T08:00:05.000Z';
    await world.batches.replace(stored?.etag ?? '', {
      ...world.batch,
      state: 'finished',
      completedDateTime,
    });
    await resumeStalledBatches(world.deps);
    expect([...world.index.finished.values()]).toMatchObject([{ completedDateTime }]);
    expect(world.index.active.size).toBe(0);
    expect(world.completions.published).toEqual([]);
  });

  test('takes calls off the list that broke off before there was a batch', async () => {
    const world = new BatchHarness();
    await world.index.addActive('x'.repeat(36), '2026-11-29T08:00:00.000Z');
    await world.index.addActive('y'.repeat(36), '2026-12-01T07:00:00.000Z');
    await resumeStalledBatches(world.deps);
    expect([...world.index.active.keys()]).toEqual(['y'.repeat(36)]);
  });
});
