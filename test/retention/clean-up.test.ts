import type { BatchProgress } from '../../src/batches/ports';
import type { QueueState } from '../../src/doctor/probes';
import { cleanUp, type CleanUpDependencies } from '../../src/retention/clean-up';
import { FakeOldMessages } from '../support/fakes/fake-batches';
import { asBody, BatchHarness, someRows } from '../support/harness/batch-harness';
import { row, text, workbookOf } from '../support/workbook/workbook-parts';

const hour = 3_600_000;
const empty: QueueState = { messages: 0 };

async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(rows) });
  return harness;
}

describe('cleanUp', () => {
  const day = 86_400_000;
  const run = async (
    harness: BatchHarness,
    { oldMessages = new FakeOldMessages(), ...change }: Partial<CleanUpDependencies> = {},
  ): Promise<string[]> => {
    const asked: string[] = [];
    await cleanUp({
      ...harness.deps,
      retentionMs: 30 * day,
      oldMessages,
      waitingRequests: async () => ({ messages: 0 }),
      waitingPoison: async () => ({ messages: 0 }),
      finishedRequests: {
        removeBefore: async (time) => {
          asked.push(time);
          return 0;
        },
      },
      oldCounts: { removeBefore: () => Promise.resolve(0) },
      ...change,
    });
    return asked;
  };

  test('forgets finished batches with all that is theirs, once they are old enough', async () => {
    const harness = await accepted(someRows(150));
    await harness.run();
    const { batchId } = harness.batch;
    harness.time.advance(29 * day);
    await run(harness);
    expect(harness.batches.rows.size).toBe(1);

    harness.time.advance(2 * day);
    expect(await run(harness)).toEqual([expect.stringMatching(/^2026-12-02T/)]);
    expect([
      harness.batches.rows.size,
      harness.index.finished.size,
      harness.rows.blobs.size,
    ]).toEqual([0, 0, 0]);
    expect([
      await harness.progress.results(batchId, 0),
      await harness.progress.results(batchId, 1),
    ]).toEqual([[], []]);
  });

  test('keeps unfinished batches, however old, and removes blobs that belong to no batch', async () => {
    const harness = await accepted(someRows(3));
    const orphan = await harness.rows.open('x'.repeat(36)).finish();
    harness.time.advance(365 * day);
    await run(harness);
    expect([...harness.rows.blobs.keys()]).toEqual([harness.batch.rows.blob]);
    expect(orphan.blob).not.toBe(harness.batch.rows.blob);
  });

  test('keeps the workbook of a batch as long as the batch, and no other', async () => {
    const world = new BatchHarness();
    const rows = row(['requestId', 'subject'].map(text)) + row(['e1', 'x'].map(text));
    const body = workbookOf({ sheets: [{ name: 'S', rows }] });
    const meeting = { startDateTime: '2026-12-01T14:30:00Z' };
    const defaults = { organizer: 'a@x.org', durationMinutes: 30, meeting };
    await world.accept({ body, format: 'xlsx', defaults });
    await world.rows.keepWorkbook('x'.repeat(36), body);
    world.time.advance(365 * day);
    await run(world);
    expect([...world.rows.workbooks.keys()]).toEqual([world.batch.workbook?.blob]);
    await world.run();
    world.time.advance(31 * day);
    await run(world);
    expect([world.batches.rows.size, world.rows.blobs.size, world.rows.workbooks.size]).toEqual([
      0, 0, 0,
    ]);
  });

  test('removes texts of messages that nothing refers to any more', async () => {
    const harness = await accepted(someRows(1));
    const texts = new FakeOldMessages(['2026-10-17/old.txt', '2026-10-18/young.txt']);
    await run(harness, { oldMessages: texts });
    expect([...texts.names]).toEqual(['2026-10-18/young.txt']);
  });

  test.each(['before', 'after'] as const)(
    'continues after a run that stopped %s the effect of a call',
    async (when) => {
      for (let at = 0; ; at += 1) {
        const harness = await accepted(someRows(150));
        await harness.run();
        harness.time.advance(31 * day);
        harness.crash = { at: harness.calls + at, when };
        await run(harness).catch(() => undefined);
        const { crashed } = harness;
        await run(harness);
        expect([
          harness.batches.rows.size,
          harness.index.finished.size,
          harness.rows.blobs.size,
        ]).toEqual([0, 0, 0]);
        if (!crashed) return;
      }
    },
  );

  test.each<[string, QueueState | undefined, QueueState | undefined]>([
    ['a request has waited for more than a day', { messages: 1, oldestMs: 25 * hour }, empty],
    ['a dead message is there', empty, { messages: 1, oldestMs: 1000 }],
    ['a dead message is being worked on', empty, { messages: 1 }],
    ['the requests queue cannot be read', undefined, empty],
    ['the poison queue cannot be read', empty, undefined],
  ])('forgets nothing while %s', async (_what, requests, poison) => {
    const harness = await accepted(someRows(3));
    await harness.run();
    harness.time.advance(60 * day);
    const oldMessages = new FakeOldMessages(['2026-10-01/a.txt']);
    const asked = await run(harness, {
      oldMessages,
      waitingRequests: async () => requests,
      waitingPoison: async () => poison,
    });
    expect([asked, harness.batches.rows.size, oldMessages.names.size]).toEqual([[], 1, 1]);
  });

  test.each<[string, QueueState]>([
    ['requests that come and go', { messages: 90, oldestMs: 23 * hour }],
    ['requests in work', { messages: 90 }],
  ])('does not wait for %s', async (_what, requests) => {
    const harness = await accepted(someRows(3));
    await harness.run();
    harness.time.advance(60 * day);
    await run(harness, { waitingRequests: async () => requests });
    expect(harness.batches.rows.size).toBe(0);
  });

  test('continues in the next run with a batch that takes longer than one', async () => {
    const harness = await accepted(someRows(2_000));
    await harness.run();
    harness.time.advance(60 * day);
    // An existing chunk takes twenty seconds, a removed one takes no time.
    const progress: BatchProgress = {
      record: (result) => harness.progress.record(result),
      recordPreviews: (results) => harness.progress.recordPreviews(results),
      outcomes: (batchId, chunk) => harness.progress.outcomes(batchId, chunk),
      results: (batchId, chunk) => harness.progress.results(batchId, chunk),
      reopen: (batchId, chunk, rows) => harness.progress.reopen(batchId, chunk, rows),
      remove: async (batchId, chunk) => {
        const { length } = await harness.progress.outcomes(batchId, chunk);
        if (length > 0) harness.time.advance(20_000);
        await harness.progress.remove(batchId, chunk);
      },
    };
    const started = harness.time.now().getTime();
    await run(harness, { progress });
    expect(harness.time.now().getTime() - started).toBeLessThan(10 * 60_000);
    expect(harness.batches.rows.size).toBe(1);
    for (let hours = 0; hours < 3; hours += 1) await run(harness, { progress });
    expect([harness.batches.rows.size, harness.index.finished.size]).toEqual([0, 0]);
  });
});
