import { resumeStalledBatches } from '../../../src/batches/run/resume-stalled-batches';
import { runBatch } from '../../../src/batches/run/run-batch';
import { startPass } from '../../../src/batches/run/start-pass';
import { MeetingError } from '../../../src/errors/meeting-error';
import { accepted, asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

describe('resumeStalledBatches', () => {
  const minutes = 60_000;

  const resumedAfter = async (harness: BatchHarness, most: number): Promise<number[]> => {
    const resumed: number[] = [];
    for (let at = 1; at <= most; at += 1) {
      harness.time.advance(minutes);
      await resumeStalledBatches(harness.deps);
      if (harness.queue.messages.splice(0).length > 0) resumed.push(at);
    }
    return resumed;
  };

  test('queues a running batch again that no instance takes, and its older messages no longer count', async () => {
    const harness = await accepted(someRows(3));
    const lost = harness.takeMessage();
    harness.crash = { at: harness.calls + 5, when: 'before' };
    await expect(runBatch(lost, harness.deps)).rejects.toThrow('crash');

    await resumeStalledBatches(harness.deps);
    expect(harness.queue.messages).toEqual([]);
    harness.time.advance(6 * minutes);
    await resumeStalledBatches(harness.deps);
    expect(harness.queue.messages).toMatchObject([{ sequence: 2 }]);
    await harness.run();
    expect(harness.batch.state).toBe('finished');
    await runBatch(lost, harness.deps);
    expect(harness.completions.published).toHaveLength(1);
  });

  test.each([undefined, 'a key'])(
    'starts a batch whose first message was lost, with the Idempotency-Key %s',
    async (idempotencyKey) => {
      const harness = new BatchHarness();
      await harness.accept({ body: asBody(someRows(3)), idempotencyKey });
      harness.queue.messages.length = 0;
      harness.time.advance(6 * minutes);
      await resumeStalledBatches(harness.deps);
      await harness.run();
      expect(harness.batch).toMatchObject({ state: 'finished', counts: { created: 3 } });
    },
  );

  test('waits twice as long each time, so that a queue that is only long does not grow', async () => {
    const harness = await accepted(someRows(3));
    harness.queue.messages.length = 0;
    expect(await resumedAfter(harness, 12 * 60)).toEqual([6, 13, 27, 55, 111, 223, 447]);
  });

  test('is not stopped by a batch that cannot be read', async () => {
    const harness = new BatchHarness();
    const broken = await harness.accept({ body: asBody(someRows(1)) });
    const sound = await harness.accept({ body: asBody(someRows(2)) });
    harness.queue.messages.length = 0;
    harness.time.advance(6 * minutes);
    const { batches } = harness;
    const read = async (batchId: string) => {
      if (batchId === broken.batch.batchId) throw new MeetingError('storageUnavailable', 'No.');
      return batches.read(batchId);
    };
    const replace = batches.replace.bind(batches);
    const never = () => Promise.reject(new Error('Not asked for.'));
    const stubs = { insert: never, remove: never };
    await resumeStalledBatches({
      ...harness.deps,
      batches: { ...stubs, read, replace },
    });
    expect(harness.queue.messages).toMatchObject([{ batchId: sound.batch.batchId, sequence: 1 }]);
    expect(harness.log.lines).toContainEqual({
      event: 'batch.resume-failed',
      fields: { batchId: broken.batch.batchId, code: 'storageUnavailable' },
    });
  });

  test('continues a pass whose caller and message are gone', async () => {
    const harness = await accepted(someRows(3));
    await harness.run();
    await startPass(harness.batch.batchId, { kind: 'undo' }, harness.deps);
    harness.queue.messages.length = 0;
    expect(await resumedAfter(harness, 7)).toEqual([6]);
  });

  test('puts a batch among the finished ones whose instance died before it did', async () => {
    const harness = await accepted(someRows(3));
    const [stored] = harness.batches.rows.values();
    const completedDateTime = '2026-12-01T08:00:05.000Z';
    await harness.batches.replace(stored?.etag ?? '', {
      ...harness.batch,
      state: 'finished',
      completedDateTime,
    });
    await resumeStalledBatches(harness.deps);
    expect([...harness.index.finished.values()]).toMatchObject([{ completedDateTime }]);
    expect(harness.index.active.size).toBe(0);
    expect(harness.completions.published).toEqual([]);
  });

  test('removes calls from the list that stopped before they inserted the batch', async () => {
    const harness = new BatchHarness();
    await harness.index.addActive('x'.repeat(36), '2026-11-29T08:00:00.000Z');
    await harness.index.addActive('y'.repeat(36), '2026-12-01T07:00:00.000Z');
    await resumeStalledBatches(harness.deps);
    expect([...harness.index.active.keys()]).toEqual(['y'.repeat(36)]);
  });
});
