import {
  formatRowPlace,
  parseRowPlace,
  rowsSince,
  type RowEnding,
  type RowPlace,
} from '../../../src/batches/results/rows-since';
import { startPass } from '../../../src/batches/run/start-pass';
import { aRow, asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

/** Polls, each time with the position from the last answer. */
class Reader {
  readonly seen: string[] = [];
  readonly sizes: number[] = [];
  #since: RowPlace | undefined;
  readonly #batches: BatchHarness;
  readonly #outcome: RowEnding;

  constructor(batches: BatchHarness, outcome: RowEnding) {
    this.#batches = batches;
    this.#outcome = outcome;
  }

  async read(): Promise<void> {
    const { batches, index: finished, rows, progress, time } = this.#batches;
    const found = await rowsSince(
      { since: this.#since, outcome: this.#outcome, now: time.now() },
      { batches, finished, rows, progress },
    );
    this.seen.push(...found.rows.map(({ row }) => row.line.requestId));
    this.sizes.push(found.rows.length);
    // As sent over HTTP.
    this.#since = parseRowPlace(formatRowPlace(found.next));
  }
}

const wrong = (index: number): object => aRow(index, { timeZone: 'Nowhere' });

const readers = async (batches: BatchHarness) => {
  const made = new Reader(batches, 'made');
  const failed = new Reader(batches, 'failed');
  const read = async (): Promise<void> => {
    batches.time.advance(60_000);
    await Promise.all([made.read(), failed.read()]);
  };
  await read();
  return { made, failed, read };
};

async function run(batches: BatchHarness, rows: readonly object[]): Promise<string> {
  const { batch } = await batches.accept({ body: asBody(rows) });
  await batches.run();
  return batch.batchId;
}

test('every row is found once under its result, and none from before the first call', async () => {
  const batches = new BatchHarness();
  await run(batches, [aRow(90)]);
  const { made, failed, read } = await readers(batches);
  await run(batches, [aRow(0), wrong(1), aRow(2)]);
  await read();
  await run(batches, [aRow(3)]);
  await read();
  await read();
  expect(made.seen).toEqual(['row-0', 'row-2', 'row-3']);
  expect(failed.seen).toEqual(['row-1']);
});

test('a row is not found before its batch has ended', async () => {
  const batches = new BatchHarness();
  const { made, read } = await readers(batches);
  await batches.accept({ body: asBody(someRows(3)) });
  await read();
  expect(made.seen).toEqual([]);
  await batches.run();
  await read();
  expect(made.seen).toHaveLength(3);
});

test('a preview is no meeting', async () => {
  const batches = new BatchHarness();
  const { made, failed, read } = await readers(batches);
  await batches.accept({ body: asBody([aRow(0), wrong(1)]), preview: true });
  await batches.run();
  await read();
  expect([made.seen, failed.seen]).toEqual([[], []]);
});

test('many rows come in pieces, each once, across chunks and batches', async () => {
  const batches = new BatchHarness();
  const { made, read } = await readers(batches);
  await run(batches, someRows(450));
  await run(batches, [aRow(1_000)]);
  for (let question = 0; question < 4; question += 1) await read();
  expect(made.sizes).toEqual([0, 200, 200, 51, 0]);
  expect(made.seen).toEqual([...someRows(450).map((_, index) => `row-${index}`), 'row-1000']);
});

test('rare rows of a long batch are found, though one answer looks at only some of it', async () => {
  const batches = new BatchHarness();
  const { failed, read } = await readers(batches);
  await run(batches, [...someRows(2_400), wrong(2_400)]);
  await read();
  expect(failed.seen).toEqual([]);
  await read();
  await read();
  expect(failed.seen).toEqual(['row-2400']);
});

test.each(['before', 'after'] as const)(
  'a row that failed is found with its new result when it was tried again; the question %s that counts too',
  async (when) => {
    const batches = new BatchHarness();
    const { made, failed, read } = await readers(batches);
    batches.failing.add('row-1');
    const batchId = await run(batches, someRows(3));
    if (when === 'before') await read();
    batches.failing.clear();
    batches.time.advance(60_000);
    await startPass(batchId, { kind: 'retry' }, batches.deps);
    await batches.run();
    await read();
    await read();
    expect(made.seen.toSorted()).toEqual(['row-0', 'row-1', 'row-2']);
    expect(failed.seen).toEqual(when === 'before' ? ['row-1'] : []);
  },
);

const id = 'a'.repeat(36);

test.each([
  ['2026-11-02T09:00:00Z', { completedDateTime: '2026-11-02T09:00:00.000Z' }],
  [
    `2026-11-02T09:00:00.000Z,${id}`,
    { completedDateTime: '2026-11-02T09:00:00.000Z', batchId: id },
  ],
  [
    `2026-11-02T09:00:00.000Z,${id},12`,
    { completedDateTime: '2026-11-02T09:00:00.000Z', batchId: id, index: 12 },
  ],
  ['2026-11-02T09:00:00Z,12', undefined],
  [`2026-11-02T09:00:00.000Z,${id},x`, undefined],
  ['yesterday', undefined],
])('the place %s', (text, place) => {
  expect(parseRowPlace(text)).toEqual(place);
});
