import {
  finishedSince,
  formatPlace,
  parsePlace,
  type FinishedBatches,
  type Place,
} from '../../../src/batches/results/finished-batches';
import type { Batch } from '../../../src/batches/batch';
import type { BatchEnd, BatchLedger } from '../../../src/batches/ports';
import { runBatch } from '../../../src/batches/run/run-batch';
import { asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

const id = (letter: string): string => letter.repeat(36);
const now = new Date('2026-11-02T09:00:20.000Z');

/** A list in order of time, as in the table. */
const harness = (...entries: readonly (readonly [string, string])[]) => {
  const finished: FinishedBatches = {
    async *listBetween({ completedDateTime, batchId = '' }, before) {
      for (const [time, each] of entries) {
        const place = `${time} ${each}`;
        if (place > `${completedDateTime} ${batchId}` && place < before)
          yield { completedDateTime: time, batchId: each };
      }
    },
    earliestEnding: () => Promise.resolve(undefined),
  };
  const times = new Map(entries.map(([time, each]) => [each, time]));
  const read = (batchId: string) =>
    Promise.resolve(
      batchId.startsWith('x')
        ? undefined
        : { batch: { batchId, completedDateTime: times.get(batchId) } as Batch, etag: '' },
    );
  return { finished, batches: { read } as unknown as BatchLedger };
};

const idsOf = (batches: readonly Batch[]): string[] => batches.map(({ batchId }) => batchId);

test('a first call returns where to begin, and no earlier batches', async () => {
  const found = await finishedSince(undefined, now, harness(['2026-11-02T08:00:00.000Z', id('a')]));
  expect(found).toEqual({ batches: [], next: { completedDateTime: '2026-11-02T09:00:10.000Z' } });
});

test('each batch is found once, when each call continues the last answer', async () => {
  const all = harness(
    ['2026-11-02T09:00:01.000Z', id('a')],
    ['2026-11-02T09:00:02.000Z', id('b')],
    ['2026-11-02T09:00:02.000Z', id('c')],
  );
  const first = await finishedSince({ completedDateTime: '2026-11-02T09:00:00.000Z' }, now, all);
  expect(idsOf(first.batches)).toEqual([id('a'), id('b'), id('c')]);
  const second = await finishedSince(parsePlace(formatPlace(first.next)), now, all);
  expect(second).toEqual({ batches: [], next: first.next });
});

test('a batch finished a moment ago is left to the next call, because an earlier one may still be pending', async () => {
  const all = harness(['2026-11-02T09:00:15.000Z', id('a')]);
  const since = { completedDateTime: '2026-11-02T09:00:00.000Z' };
  expect((await finishedSince(since, now, all)).batches).toEqual([]);
  const later = new Date('2026-11-02T09:00:26.000Z');
  expect(idsOf((await finishedSince(since, later, all)).batches)).toEqual([id('a')]);
});

test('many are found in pieces, and none twice', async () => {
  const entries = Array.from(
    { length: 120 },
    (_, index) => ['2026-11-02T08:00:00.000Z', `${index}`.padStart(36, '0')] as const,
  );
  const found: string[] = [];
  let since = parsePlace('2026-11-02T07:00:00Z');
  for (let question = 0; question < 4; question += 1) {
    const answer = await finishedSince(since, now, harness(...entries));
    found.push(...idsOf(answer.batches));
    since = answer.next;
  }
  expect(found).toEqual(entries.map(([, each]) => each));
});

test('a batch that was removed since is omitted', async () => {
  const all = harness(['2026-11-02T09:00:01.000Z', id('x')], ['2026-11-02T09:00:02.000Z', id('a')]);
  const { batches } = await finishedSince(
    { completedDateTime: '2026-11-02T09:00:00.000Z' },
    now,
    all,
  );
  expect(idsOf(batches)).toEqual([id('a')]);
});

describe('a reader of the list', () => {
  /** Reads all batches that are available now. */
  const reading = (batches: BatchHarness) => {
    const seen: string[] = [];
    let since: Place | undefined;
    const read = async (): Promise<void> => {
      const answer = await finishedSince(since, batches.time.now(), {
        batches: batches.batches,
        finished: batches.index,
      });
      seen.push(...idsOf(answer.batches));
      since = answer.next;
    };
    return { seen, read };
  };

  test.each(['before', 'after'] as const)(
    'finds each batch once, wherever the end of one breaks off for ten minutes %s the effect of a call',
    async (when) => {
      for (let at = 0; ; at += 1) {
        const batches = new BatchHarness();
        const { seen, read } = reading(batches);
        await read();
        batches.time.advance(60_000);
        const slow = await batches.accept({ body: asBody(someRows(3)) });
        const message = batches.takeMessage();
        await runBatch({ ...message, sequence: 1 }, batches.stillDeps);
        await batches.makeMeetings();
        const next = batches.takeMessage();
        batches.crash = { at: batches.calls + at, when };
        await runBatch(next, batches.deps).catch(() => undefined);
        const { crashed } = batches;
        batches.crash = undefined;
        batches.time.advance(5_000);
        const quick = await batches.accept({ body: asBody(someRows(4)) });
        await batches.run();
        batches.time.advance(60_000);
        await read();
        batches.time.advance(540_000);
        await runBatch(next, batches.deps);
        batches.time.advance(60_000);
        await read();
        await read();
        expect(seen.toSorted()).toEqual([slow.batch.batchId, quick.batch.batchId].toSorted());
        if (!crashed) return;
      }
    },
  );

  test('finds a batch whose entry on the way is written slowly', async () => {
    const batches = new BatchHarness();
    const { seen, read } = reading(batches);
    await read();
    batches.time.advance(60_000);
    const { batch } = await batches.accept({ body: asBody(someRows(3)) });
    const slow = {
      ...batches.deps.index,
      markEnding: async (batchId: string, time: string): Promise<void> => {
        batches.time.advance(60_000);
        await read();
        await batches.index.markEnding(batchId, time);
      },
      moveToFinished: async (batchId: string, end: BatchEnd): Promise<void> => {
        batches.time.advance(60_000);
        await read();
        await batches.index.moveToFinished(batchId, end);
      },
    };
    await runBatch(batches.takeMessage(), {
      ...batches.deps,
      index: Object.setPrototypeOf(slow, batches.index) as typeof batches.index,
    });
    batches.time.advance(60_000);
    await read();
    expect(seen).toEqual([batch.batchId]);
  });
});

test.each([
  ['2026-11-02T09:00:00Z', { completedDateTime: '2026-11-02T09:00:00.000Z' }],
  ['2026-11-02T09:00:00.1234567Z', { completedDateTime: '2026-11-02T09:00:00.123Z' }],
  [
    `2026-11-02T09:00:00.000Z,${id('a')}`,
    { completedDateTime: '2026-11-02T09:00:00.000Z', batchId: id('a') },
  ],
  ['yesterday', undefined],
  ['2026-13-02T09:00:00Z', undefined],
  ['2026-11-02T09:00:00', undefined],
  [`2026-11-02T09:00:00Z,' or '1' eq '1`, undefined],
])('the place %s', (text, place) => {
  expect(parsePlace(text)).toEqual(place);
});
