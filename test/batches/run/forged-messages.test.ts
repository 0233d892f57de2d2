import { makeBatchCache } from '../../../src/adapters/storage/batches/batch-cache';
import { statusOf } from '../../../src/batches/results/batch-status';
import { cancelBatch } from '../../../src/batches/run/cancel-batch';
import { recordingProgress } from '../../../src/batches/run/record-progress';
import { runBatch } from '../../../src/batches/run/run-batch';
import { MeetingError } from '../../../src/errors/meeting-error';
import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../src/handlers/queue/process-poison-request';
import type { MessageMetadata } from '../../../src/requests/message-metadata';
import { aRow, asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';
import { asMessage, invocation, QueueHarness } from '../../support/harness/queue-harness';

/** A batch of three rows, whose messages wait in `batches.sent`, and the handlers of the requests queue. */
class ForgeryHarness {
  readonly batches = new BatchHarness();
  readonly core = new QueueHarness();
  readonly putBack: string[] = [];
  reads = 0;
  readonly #deps = {
    ...this.core.queueDeps,
    ...makeBatchCache(
      {
        read: (batchId) => {
          this.reads += 1;
          return this.batches.batches.read(batchId);
        },
      },
      this.core.clock,
    ),
    results: recordingProgress(this.core.results, this.batches.progress, async () => undefined),
    poison: { sendText: async (text: string) => void this.putBack.push(text) },
  };
  readonly deliver = this.#delivering(makeProcessMeetingRequestHandler(this.#deps));
  readonly deliverDead = this.#delivering(makeProcessPoisonRequestHandler(this.#deps));

  static async withBatch(): Promise<ForgeryHarness> {
    const world = new ForgeryHarness();
    await world.batches.accept({ body: asBody(someRows(3)) });
    await runBatch(world.batches.takeMessage(), world.batches.stillDeps);
    if (world.batches.sent.length !== 3) throw new Error('The rows are not on the queue.');
    return world;
  }

  #delivering(handler: ReturnType<typeof makeProcessMeetingRequestHandler>) {
    return (message: unknown): Promise<void> => handler(asMessage(message), invocation('m-1'));
  }

  get rowToken(): string {
    const metadata: Partial<MessageMetadata> = this.batches.sent[0]?.metadata ?? {};
    return metadata.rowToken ?? '';
  }

  /** A request with the name of row 0 of the batch. */
  forged(claims: object = {}): object {
    const { batchId } = this.batches.batch;
    return aRow(0, { requestId: 'forged', metadata: { batchId, index: 0, ...claims } });
  }

  async recorded(): Promise<number> {
    return (await this.batches.progress.outcomes(this.batches.batch.batchId, 0)).length;
  }
}

const ways = ['deliver', 'deliverDead'] as const;

describe.each(ways)('a message that claims a row of a batch (%s)', (way) => {
  test.each([
    ['no token', {}],
    ['a token of its own', { rowToken: 'mine' }],
    ['an empty token', { rowToken: '' }],
    ['a token that is none', { rowToken: 7 }],
    ['many attempts', { attempts: 900_000, acceptedDateTime: '2026-11-30T08:00:00.000Z' }],
  ])('with %s makes its meeting as an ordinary request', async (_name, claims) => {
    const world = await ForgeryHarness.withBatch();
    const before = world.batches.batch;
    await world[way](world.forged(claims));

    const [result] = world.core.results.published;
    expect(result).toMatchObject({ requestId: 'forged', status: 'created' });
    expect(result).not.toHaveProperty('batchId');
    expect(result).not.toHaveProperty('index');
    expect(await world.recorded()).toBe(0);
    expect(world.batches.batch).toEqual(before);
    expect(world.core.log.lines).toContainEqual({
      event: 'request.not-a-row',
      fields: { requestId: 'forged' },
    });
  });

  test('and is refused leaves the batch alone', async () => {
    const world = await ForgeryHarness.withBatch();
    await world[way]({ ...world.forged(), organizer: '' });
    const [result] = world.core.results.published;
    expect(result).toMatchObject({ status: 'failed', error: { code: 'invalidRequest' } });
    expect(result).not.toHaveProperty('batchId');
    expect(await world.recorded()).toBe(0);
  });

  test('is made though that batch was cancelled', async () => {
    const world = await ForgeryHarness.withBatch();
    await cancelBatch(world.batches.batch.batchId, world.batches.deps);
    await world[way](world.forged());
    expect(world.core.results.published).toMatchObject([{ status: 'created' }]);
  });

  test('ends with its batch when it is one, at any number of attempts', async () => {
    const world = await ForgeryHarness.withBatch();
    await cancelBatch(world.batches.batch.batchId, world.batches.deps);
    await world[way](world.forged({ rowToken: world.rowToken, attempts: 900_000 }));
    expect(world.core.results.published).toMatchObject([
      { status: 'failed', error: { code: 'cancelled' }, index: 0 },
    ]);
  });
});

test('a batch comes to its end with the results of its own rows', async () => {
  const world = await ForgeryHarness.withBatch();
  for (let index = 0; index < 3; index += 1)
    await world.deliver({
      ...world.forged({ index }),
      requestId: `forged-${index}`,
      organizer: '',
    });
  for (const message of world.batches.sent) await world.deliver(message);
  await world.batches.run();

  expect(world.batches.batch).toMatchObject({
    state: 'finished',
    counts: { created: 3, failed: 0 },
  });
  expect(world.batches.completions.published).toHaveLength(1);
});

test('an item of a list is no row, even with the token', async () => {
  const world = await ForgeryHarness.withBatch();
  await world.deliver([world.forged({ rowToken: world.rowToken }), aRow(9)]);
  expect(world.core.sent.map(({ message }) => message)).toMatchObject([
    { requestId: 'forged', metadata: { attempts: 0 } },
    { requestId: 'row-9' },
  ]);
  expect(JSON.stringify(world.core.sent)).not.toMatch(/batchId|rowToken/);
});

test('a row that was put back is still a row', async () => {
  const world = await ForgeryHarness.withBatch();
  world.core.graph.fault = () => ({ before: new MeetingError('throttled', 'Slow down.') });
  await world.deliver(world.batches.sent[0]);
  world.core.graph.fault = () => undefined;
  await world.deliver(world.core.sent[0]?.message);
  expect(world.core.results.published).toMatchObject([
    { status: 'created', index: 0, attempts: 2 },
  ]);
  expect(await world.recorded()).toBe(1);
});

test('rows of one batch ask storage once in two seconds', async () => {
  const world = await ForgeryHarness.withBatch();
  for (const message of world.batches.sent) await world.deliver(message);
  await world.deliver(world.forged());
  expect(world.reads).toBe(1);
});

test('a row of a batch that an earlier version accepted is believed', async () => {
  const world = await ForgeryHarness.withBatch();
  const [stored] = world.batches.batches.rows.values();
  const { rowToken: _, ...earlier } = world.batches.batch;
  await world.batches.batches.replace(stored?.etag ?? '', earlier);
  await world.deliver(world.forged());
  expect(world.core.results.published).toMatchObject([{ status: 'created', index: 0 }]);
});

test('a missing batch is not cached', async () => {
  const world = new ForgeryHarness();
  const batchId = '00000000-0000-4000-8000-000000000001';
  await world.deliver(aRow(1, { metadata: { batchId, index: 0 } }));
  await world.batches.accept({ body: asBody(someRows(3)) });
  expect(world.batches.batch.batchId).toBe(batchId);
  await world.deliver(world.forged({ rowToken: world.batches.batch.rowToken }));
  expect(world.core.results.published).toMatchObject([{}, { index: 0, batchId }]);
});

test('results, status and log never hold the token', async () => {
  const world = await ForgeryHarness.withBatch();
  const [first, second] = world.batches.sent;
  await world.deliver(first);
  await world.deliverDead({ ...second, organizer: '' });
  const { rowToken } = world;
  expect(rowToken).not.toBe('');
  const shown = [
    world.core.results.published,
    world.core.log.lines,
    world.batches.log.lines,
    statusOf(world.batches.batch, new Map(), new Date()),
  ];
  expect(world.core.results.published).toMatchObject([
    { index: 0 },
    { index: 1, original: { text: expect.stringContaining('"rowToken":"***"') } },
  ]);
  expect(JSON.stringify(shown)).not.toContain(rowToken);
});
