import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunkCount, countOf, noRows } from '../../src/batches/batch';
import { BatchProtocolHarness } from '../support/harness/protocol/batch-protocol-harness';
import { startBatch, type StartedBatch } from '../support/harness/protocol/started-batch';
import { troubles, type BatchBounds } from '../support/protocol/batch-bounds';
import { explore, Path, sparseWays } from '../support/protocol/exploration';

/** The invariant of every state. */
function checkState(harness: BatchProtocolHarness, { rows, afterwards }: BatchBounds): void {
  const subjects = harness.graph.meetings.map(({ subject }) => subject);
  assert.equal(new Set(subjects).size, subjects.length, 'A request has two meetings.');
  for (const { requestId, status } of afterwards === undefined ? harness.results : []) {
    const first = harness.results.find((other) => other.requestId === requestId);
    assert.equal(status === 'failed', first?.status === 'failed', 'Two results contradict.');
  }
  for (const { batch } of harness.batches.rows.values())
    assert.ok(countOf(batch.counts) <= batch.total, 'A row is counted twice.');
  const passes = Map.groupBy(harness.completions, ({ pass }) => pass?.number);
  for (const messages of passes.values())
    assert.equal(new Set(messages.map((message) => JSON.stringify(message))).size, 1);
  for (const done of harness.rowsAtCompletion)
    assert.equal(done, rows, 'It is completed too early.');
}

/** Additional invariants of quiet states. */
async function checkEnd(harness: BatchProtocolHarness): Promise<void> {
  const [stored] = harness.batches.rows.values();
  assert.ok(harness.accepted && stored !== undefined, 'The caller was not answered.');
  const { batch } = stored;
  assert.equal(harness.left, 0, 'A message is left.');
  assert.equal(batch.state, 'finished');
  assert.equal(harness.index.active.size, 0, 'It is listed as active.');
  const times = 1 + (batch.pass?.number ?? 0);
  assert.deepEqual(
    harness.listed,
    Array.from({ length: times }, () => batch.batchId),
    'A reader of the list misses it, or has it twice.',
  );
  const counts = { ...noRows };
  for (let chunk = 0; chunk < chunkCount(batch); chunk += 1)
    for (const { status } of await harness.progress.results(batch.batchId, chunk))
      counts[status] += 1;
  assert.deepEqual({ ...batch.counts }, counts, 'The counts are not those of the rows.');
  assert.equal(countOf(counts), batch.total);
  assert.ok(harness.completions.length > 0, 'Nothing says that it is done.');
}

/** The invariants after the second part. */
async function checkSecondPart(
  harness: BatchProtocolHarness,
  { rows, afterwards }: BatchBounds,
): Promise<void> {
  assert.ok(harness.answered, 'The second caller was not answered.');
  const [stored] = harness.batches.rows.values();
  const { batchId = '', pass } = stored?.batch ?? {};
  const results = await harness.progress.results(batchId, 0);
  const statuses = results.map(({ status }) => status);
  if (afterwards === 'undo') {
    assert.deepEqual(harness.graph.meetings, [], 'A meeting is left.');
    assert.deepEqual(statuses, ['failed', ...Array<string>(rows - 1).fill('cancelled')]);
  } else {
    assert.equal(harness.graph.meetings.length, rows, 'A meeting is missing.');
    assert.deepEqual(statuses, Array<string>(rows).fill('created'));
  }
  const last = harness.completions.at(-1);
  if (afterwards !== 'retryRow') {
    assert.equal(last?.pass?.number, pass?.number);
    assert.deepEqual(
      { ...last?.counts, total: 0, rejected: 0 },
      {
        ...stored?.batch.counts,
        total: 0,
        rejected: 0,
      },
    );
  }
}

/** The invariants after retention has removed everything. */
function checkForgotten(harness: BatchProtocolHarness, { afterwards }: BatchBounds): void {
  const { batches, index, rows, ledger } = harness;
  assert.equal(harness.left, 0, 'A message is left.');
  assert.ok(harness.accepted, 'The caller was not answered.');
  if (afterwards !== undefined)
    assert.ok(harness.answered || harness.refusal !== undefined, 'The second caller was not.');
  if (harness.answered && afterwards !== 'retryRow')
    assert.equal(harness.completions.at(-1)?.pass?.kind, afterwards, 'What was begun never ended.');
  assert.equal(batches.rows.size + index.active.size + index.finished.size, 0, 'A batch is left.');
  assert.equal(rows.blobs.size + ledger.list().length, 0, 'A row is left.');
  // A request that was removed cannot be cancelled, so no result says that it was.
  for (const { subject } of afterwards === 'undo' ? harness.graph.meetings : []) {
    const requestId = String(subject).replace('Evening ', 'row-');
    const results = harness.results.filter((result) => result.requestId === requestId);
    assert.ok(!results.some(({ status }) => status === 'cancelled'), `${requestId} is there.`);
  }
}

const starts = new Map<string, Promise<StartedBatch>>();

/** Built once for all paths; undefined if a caller sends the batch. */
async function startOf({ earlier, rows }: BatchBounds): Promise<StartedBatch | undefined> {
  if (earlier === undefined) return undefined;
  const key = `${earlier} ${rows}`;
  const start = starts.get(key) ?? startBatch(earlier, rows);
  starts.set(key, start);
  return start;
}

async function follow(path: Path, bounds: BatchBounds): Promise<BatchProtocolHarness> {
  const start = await startOf(bounds);
  const harness = new BatchProtocolHarness(path, bounds);
  try {
    await harness.run(() => checkState(harness, bounds), start);
    if (bounds.isForgotten === true) {
      checkForgotten(harness, bounds);
      return harness;
    }
    await checkEnd(harness);
    if (bounds.afterwards !== undefined) await checkSecondPart(harness, bounds);
  } catch (error) {
    throw new Error(`${harness.trace.join('\n')}\n${String(error)}`, { cause: error });
  }
  return harness;
}

/** PROTOCOL_TROUBLES=1 adds one trouble to each case, which takes long. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);
jest.setTimeout(more === 0 ? 600_000 : 7_200_000);
/** With a switch, other troubles are added only in the longer form. */
const acting = more === 0 ? (['crash', 'doubled', 'slow'] as const) : troubles;
const crossing = { rows: 1, switches: 1, kinds: acting } as const;
const base: BatchBounds = { rows: 2, troubles: 1, kinds: troubles, switches: 0, deliveries: 5 };

/** One row of each of two chunks is still to be made. */
const twoChunks = { rows: 2, earlier: 99 } as const;
const carriedOut = { ...twoChunks, isCarriedOut: true } as const;
const leftBehind = { ...twoChunks, isLeftBehind: true } as const;

describe('the protocol of batches', () => {
  test.each<[string, Partial<BatchBounds>]>([
    ['one trouble', {}],
    ['messages that die at once', { deliveries: 1 }],
    ['one trouble, and a switch to another instance', crossing],
    ['rows that are carried out, and one trouble', { isCarriedOut: true }],
    ['rows that are carried out, and messages that die', { isCarriedOut: true, deliveries: 1 }],
    ['a row that is carried out, and a switch', { isCarriedOut: true, ...crossing }],
    ['two chunks', twoChunks],
    ['two chunks that are carried out', carriedOut],
    ['two chunks that were left behind', leftBehind],
    ['the same, with a switch to another instance', { ...leftBehind, troubles: 0, switches: 1 }],
    [
      'two chunks that two instances carry out',
      { ...carriedOut, kinds: ['overtaken'], switches: 1 },
    ],
  ])('keeps the promise in every state: %s', async (_name, change) => {
    const bounds = { ...base, ...change };
    const harder = { ...bounds, troubles: bounds.troubles + more };
    const paths = await explore(async (path) => void (await follow(path, harder)));
    expect(paths).toBeGreaterThan(30);
  });

  test.each<[NonNullable<BatchBounds['afterwards']>]>([['retry'], ['retryRow'], ['undo']])(
    'keeps the promise after %s, whatever goes wrong in it',
    async (afterwards) => {
      const paths = await explore(
        async (path) => void (await follow(path, { ...base, troubles: 1 + more, afterwards })),
      );
      expect(paths).toBeGreaterThan(30);
    },
  );

  const once: Partial<BatchBounds> = { isCreateOnce: true };
  test.each<[string, Partial<BatchBounds>]>([
    ['late copies of its messages', { ...once }],
    ['late copies of the message that carries it out', { ...once, isCarriedOut: true }],
    ['late copies, in other orders', { ...once, troubles: 0, switches: 1 }],
    ['a retry', { ...once, afterwards: 'retry', troubles: 0, switches: 2 }],
    ['a retry of one row', { ...once, afterwards: 'retryRow', troubles: 0, switches: 1 }],
    ['an undo', { afterwards: 'undo', troubles: 0, rows: 2, switches: 1 }],
  ])('makes nothing twice when the clean-up comes beside %s', async (_name, change) => {
    const bounds = { ...base, rows: 1, isForgotten: true, ...change } as const;
    const harder = { ...bounds, troubles: bounds.troubles + more };
    const paths = await explore(async (path) => void (await follow(path, harder)));
    expect(paths).toBeGreaterThan(10);
  });

  test.each<[string, Partial<BatchBounds>]>([
    ['two rows', { rows: 2 }],
    ['one row, with a switch to another instance', { rows: 1, switches: 1 }],
    ['two rows that are carried out', { rows: 2, isCarriedOut: true }],
    ['two chunks that were left behind', leftBehind],
    [
      'two chunks that are carried out, and a crash',
      { ...carriedOut, troubles: 1, kinds: ['crash'] },
    ],
  ])('keeps the promise wherever the batch is cancelled: %s', async (_name, change) => {
    const bounds = { ...base, troubles: 0, ...change };
    const { calls } = await follow(new Path([]), bounds);
    for (let cancelAt = 0; cancelAt < calls + 5; cancelAt += 1)
      await explore(
        async (path) =>
          void (await follow(path, { ...bounds, troubles: bounds.troubles + more, cancelAt })),
      );
    expect(calls).toBeGreaterThan(20);
  });

  test.each<[string, Partial<BatchBounds>]>([
    ['rows by the queue', {}],
    ['two chunks that are carried out', carriedOut],
    ['two chunks that were left behind', leftBehind],
  ])('keeps the promise over many steps with many faults: %s', async (_name, change) => {
    const hard = { ...base, ...change, troubles: 6, switches: 6 };
    const cancelAt = fc.option(fc.nat({ max: 80 }), { nil: undefined });
    const run = fc.assert(
      fc.asyncProperty(cancelAt, sparseWays, async (at, given) => {
        const bounds = at === undefined ? hard : { ...hard, cancelAt: at };
        await follow(new Path(given), bounds);
      }),
      { numRuns: 100 * (1 + 30 * more) },
    );
    // Every path has its own assertions; this only checks that none has failed.
    await expect(run).resolves.toBeUndefined();
  });
});
