import { gunzipSync } from 'node:zlib';
import { makeBatchIndex } from '../../../../src/adapters/storage/batches/batch-index';
import { makeBatchProgress } from '../../../../src/adapters/storage/batches/batch-progress';
import {
  makeBatchQueue,
  makeCompletionQueue,
} from '../../../../src/adapters/storage/batches/batch-queues';
import { makeBatchRows } from '../../../../src/adapters/storage/batches/batch-rows';
import { makeBatchTable } from '../../../../src/adapters/storage/batches/batch-table';
import { makeFinishedBatches } from '../../../../src/adapters/storage/batches/finished-batches';
import { makeStorageClients, type StorageClients } from '../../../../src/adapters/storage/clients';
import { noRows, type Batch } from '../../../../src/batches/batch';
import type { FinishedBatches, Place } from '../../../../src/batches/results/finished-batches';
import type {
  BatchIndex,
  BatchLedger,
  BatchProgress,
  RowStore,
} from '../../../../src/batches/ports';
import type { MeetingResult } from '../../../../src/results/meeting-result';
import { all } from '../../../support/harness/all';
import { useAzurite } from '../../../support/harness/azurite';
import { created } from '../../../support/harness/batch-harness';
import {
  FakeBatchIndex,
  FakeBatchLedger,
  FakeProgress,
  FakeRows,
} from '../../../support/fakes/fake-batches';

const azurite = useAzurite();
const storage = (): StorageClients =>
  makeStorageClients({
    kind: 'connectionString',
    connectionString: azurite.connectionString,
  });

const batchId = '00000000-0000-4000-8000-000000000001';
const clock = { now: () => new Date('2026-12-01T08:00:00.000Z') };

const batch: Batch = {
  batchId,
  state: 'accepted',
  contentHash: 'hash',
  tokenHashes: ['token'],
  total: 1_000_000,
  rejected: 1,
  rows: { blob: 'blob', chunkBytes: Array.from({ length: 10_000 }, () => 40_000) },
  csv: { delimiter: ';', header: ['Größe "x"', '🎓'] },
  lease: { sequence: 0, messageId: '', fencingToken: '' },
  sentChunks: 0,
  openChunks: [],
  counts: noRows,
  firstErrors: [],
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  seenDateTime: '2026-12-01T08:00:00.000Z',
  movedDateTime: '2026-12-01T08:00:00.000Z',
};

describe.each<[string, (name: string) => BatchLedger]>([
  ['the fake table of batches', () => new FakeBatchLedger()],
  ['batches in Azure Table Storage', (name) => makeBatchTable(storage().table(name))],
])('%s', (_name, make) => {
  test('keeps a batch of a million rows whole, and the first one of an id', async () => {
    const batches = make('Inserts');
    expect(await batches.insert(batch)).toMatchObject({ inserted: true });
    expect(await batches.insert({ ...batch, total: 1 })).toMatchObject({ inserted: false, batch });
    expect((await batches.read(batchId))?.batch).toEqual(batch);
  });

  test('moves a batch by its ETag, and only once', async () => {
    const batches = make('Moves');
    const { etag } = await batches.insert(batch);
    const moved = await batches.replace(etag, { ...batch, state: 'running', sentChunks: 1 });
    expect(moved?.batch).toMatchObject({ state: 'running', sentChunks: 1 });
    expect(await batches.replace(etag, batch)).toBeUndefined();
    expect((await batches.read(batchId))?.etag).toBe(moved?.etag);
  });

  test('removes a batch, also when it does not exist', async () => {
    const batches = make('Removes');
    const { etag } = await batches.insert(batch);
    await batches.remove(batchId);
    await batches.remove(batchId);
    expect(await batches.read(batchId)).toBeUndefined();
    expect(await batches.replace(etag, batch)).toBeUndefined();
  });
});

describe.each<[string, (name: string) => BatchIndex]>([
  ['the fake lists', () => new FakeBatchIndex()],
  ['the lists in Azure Table Storage', (name) => makeBatchIndex(storage().table(name))],
])('%s', (_name, make) => {
  test('tell active batches from finished ones, and how old these are', async () => {
    const index = make('Lists');
    await index.addActive('one', '2026-12-01T08:00:00.000Z');
    await index.addActive('two', '2026-12-01T09:00:00.000Z');
    await index.moveToFinished('one', { completedDateTime: '2026-12-01T10:00:00.000Z' });
    await index.moveToFinished('one', { completedDateTime: '2026-12-01T10:00:00.000Z' });
    expect(await all(index.listActive())).toMatchObject([
      { batchId: 'two', acceptedDateTime: '2026-12-01T09:00:00.000Z' },
    ]);
    expect(await all(index.listFinished('2026-12-01T10:00:00.000Z'))).toEqual([]);
    const [finished, ...others] = await all(index.listFinished('2026-12-01T10:00:00.001Z'));
    expect([finished, others]).toEqual([
      { batchId: 'one', completedDateTime: '2026-12-01T10:00:00.000Z' },
      [],
    ]);
    if (finished !== undefined) await index.removeFinished(finished);
    const [two] = await all(index.listActive());
    if (two !== undefined) {
      await index.removeActive(two);
      await index.removeActive(two);
    }
    expect(await all(index.listFinished('2027-01-01'))).toEqual([]);
    expect(await all(index.listActive())).toEqual([]);
  });

  test('keep an entry that was rewritten since it was listed', async () => {
    const index = make('Anew');
    await index.addActive('one', '2026-11-29T08:00:00.000Z');
    const [listed] = await all(index.listActive());
    await index.addActive('one', '2026-12-01T08:00:00.000Z');
    if (listed !== undefined) await index.removeActive(listed);
    expect(await all(index.listActive())).toMatchObject([
      { batchId: 'one', acceptedDateTime: '2026-12-01T08:00:00.000Z' },
    ]);
  });

  test('are empty at first', async () => {
    expect(await all(make('Nothing').listActive())).toEqual([]);
  });
});

describe.each<[string, (name: string) => { index: BatchIndex; finished: FinishedBatches }]>([
  [
    'the fake list of finished batches',
    () => {
      const index = new FakeBatchIndex();
      return { index, finished: index };
    },
  ],
  [
    'the list of finished batches in Azure Table Storage',
    (name) => {
      const table = storage().table(name);
      return { index: makeBatchIndex(table), finished: makeFinishedBatches(table) };
    },
  ],
])('%s', (_name, make) => {
  test('is read from a place on, in order of time', async () => {
    const { index, finished } = make('Places');
    await index.moveToFinished('b', { completedDateTime: '2026-12-01T10:00:00.000Z' });
    await index.moveToFinished('a', { completedDateTime: '2026-12-01T10:00:00.000Z' });
    await index.moveToFinished('c', { completedDateTime: '2026-12-01T11:00:00.000Z' });
    const idsAfter = async (place: Place): Promise<string[]> =>
      (await all(finished.listBetween(place, '2026-12-01T11:00:00.000Z'))).map(
        (each) => each.batchId,
      );
    const completedDateTime = '2026-12-01T10:00:00.000Z';
    expect(await idsAfter({ completedDateTime })).toEqual(['a', 'b']);
    expect(await idsAfter({ completedDateTime, batchId: 'a' })).toEqual(['b']);
  });

  test('tells which pass over its rows ended', async () => {
    const { index, finished } = make('Passes');
    await index.moveToFinished('a', { completedDateTime: '2026-12-01T10:00:00.000Z' });
    await index.moveToFinished('a', { completedDateTime: '2026-12-01T10:30:00.000Z', pass: 1 });
    const place = { completedDateTime: '2026-12-01T09:00:00.000Z' };
    expect(await all(finished.listBetween(place, '2026-12-01T11:00:00.000Z'))).toEqual([
      { batchId: 'a', completedDateTime: '2026-12-01T10:00:00.000Z' },
      { batchId: 'a', completedDateTime: '2026-12-01T10:30:00.000Z', pass: 1 },
    ]);
  });

  test('returns the earliest pending end, as first marked', async () => {
    const { index, finished } = make('Endings');
    expect(await finished.earliestEnding()).toBeUndefined();
    for (const each of ['one', 'two', 'three'])
      await index.addActive(each, '2026-12-01T08:00:00.000Z');
    await index.markEnding('two', '2026-12-01T09:00:00.000Z');
    await index.markEnding('one', '2026-12-01T10:00:00.000Z');
    await index.markEnding('two', '2026-12-01T11:00:00.000Z');
    await index.markEnding('gone', '2026-12-01T07:00:00.000Z');
    // A repeated call that was slow lists its batch again.
    await index.addActive('two', '2026-12-01T08:30:00.000Z');
    expect(await finished.earliestEnding()).toBe('2026-12-01T09:00:00.000Z');
    await index.moveToFinished('two', { completedDateTime: '2026-12-01T11:00:00.000Z' });
    expect(await finished.earliestEnding()).toBe('2026-12-01T10:00:00.000Z');
  });
});

describe.each<[string, (name: string) => BatchProgress]>([
  ['the fake progress', () => new FakeProgress()],
  ['progress in Azure Table Storage', (name) => makeBatchProgress(storage().table(name))],
])('%s', (_name, make) => {
  const failed = {
    ...created('row-102', { batchId, index: 102 }),
    status: 'failed' as const,
    meeting: null,
    error: { code: 'throttled' as const, message: 'No.', remedy: 'Wait.', retryable: true },
  };
  const large = {
    ...created('row-100', { batchId, index: 100 }),
    meeting: { id: 'x', subject: 'é🎓'.repeat(3_000) },
  };

  test('keeps results by chunk, in order, whole, and the last one of a row', async () => {
    const progress = make('Results');
    await progress.record(failed);
    await progress.record(created('row-100', { batchId, index: 100 }));
    await progress.record(large);
    await progress.record(created('row-99', { batchId, index: 99 }));
    expect(await progress.results(batchId, 1)).toEqual([large, failed]);
    expect(await progress.outcomes(batchId, 1)).toEqual([
      { index: 100, requestId: 'row-100', status: 'created' },
      { index: 102, requestId: 'row-102', status: 'failed', code: 'throttled', message: 'No.' },
    ]);
  });

  const ended = (status: 'created' | 'failed', attempts: number) => ({
    ...(status === 'created' ? created('row-7', { batchId, index: 7 }) : failed),
    requestId: 'row-7',
    index: 7,
    attempts,
  });

  test.each([
    ['a later attempt', ended('failed', 1), ended('failed', 2), 'failed 2'],
    ['an earlier attempt that comes late', ended('failed', 2), ended('failed', 1), 'failed 2'],
    ['a failure of an earlier attempt', ended('created', 2), ended('failed', 1), 'created 2'],
    ['a failure, whatever it counts', ended('created', 1), ended('failed', 3), 'created 1'],
    ['a meeting', ended('failed', 3), ended('created', 1), 'created 1'],
  ])('lets a row have the right result after %s', async (name, first, second, kept) => {
    const progress = make(name.replaceAll(/\W/g, ''));
    await progress.record(first);
    await progress.record(second);
    const [result] = await progress.results(batchId, 0);
    expect(`${result?.status} ${result?.attempts}`).toBe(kept);
  });

  test('cuts a long message between two characters', async () => {
    const progress = make('Cuts');
    const message = `${'x'.repeat(199)}🎓`;
    await progress.record({ ...failed, error: { ...failed.error, message } });
    const [outcome] = await progress.outcomes(batchId, 1);
    expect(outcome?.message?.isWellFormed()).toBe(true);
  });

  test('keeps the right one of results that come at once', async () => {
    const progress = make('AtOnce');
    const attempts = [3, 1, 5, 2, 4];
    await Promise.all(attempts.map((count) => progress.record(ended('failed', count))));
    expect(await progress.results(batchId, 0)).toMatchObject([{ attempts: 5 }]);
  });

  test('keeps the previews of a chunk, however long, and recording may be repeated', async () => {
    const progress = make('Previews');
    const previews = Array.from({ length: 100 }, (_, index): MeetingResult => ({
      ...failed,
      requestId: `row-${index}`,
      index,
      status: 'preview',
      preview: {
        outcome: 'refuse',
        changes: [{ path: 'subject', from: 'x'.repeat(50_000), to: null }],
        warnings: [],
      },
    }));
    await progress.recordPreviews(previews);
    await progress.recordPreviews(previews);
    expect(await progress.results(batchId, 0)).toEqual(previews);
    expect((await progress.outcomes(batchId, 0)).map(({ outcome }) => outcome)).toEqual(
      previews.map(() => 'refuse'),
    );
  });

  test('removes a chunk, also when it does not exist', async () => {
    const progress = make('Forgets');
    expect(await progress.outcomes(batchId, 0)).toEqual([]);
    for (let index = 0; index < 100; index += 1)
      await progress.record(created(`row-${index}`, { batchId, index }));
    await progress.remove(batchId, 0);
    await progress.remove(batchId, 0);
    expect(await progress.results(batchId, 0)).toEqual([]);
  });
});

describe.each<[string, (name: string) => RowStore]>([
  ['the fake blobs', () => new FakeRows()],
  ['blobs in Azure Blob Storage', (name) => makeBatchRows(() => storage().container(name), clock)],
])('%s', (_name, make) => {
  test('give each chunk alone', async () => {
    const rows = make('chunks');
    const writer = rows.open(batchId);
    for (const text of ['first é\n', 'second\n', 'third\n']) await writer.addChunk(text);
    const stored = await writer.finish();
    expect(await Promise.all([2, 0, 1].map((chunk) => rows.readChunk(stored, chunk)))).toEqual([
      'third\n',
      'first é\n',
      'second\n',
    ]);
  });

  test('never overwrite one another', async () => {
    const rows = make('names');
    const [one, other] = [rows.open(batchId), rows.open(batchId)];
    await one.addChunk('one');
    await other.addChunk('other');
    const [first] = [await one.finish(), await other.finish()];
    expect(await rows.readChunk(first, 0)).toBe('one');
  });

  test('keep workbooks unchanged, find them by day and remove them like rows', async () => {
    const rows = make('workbooks');
    const bytes = Uint8Array.from([0x50, 0x4b, 0xff, 0x00]);
    const [blob, other] = [
      await rows.keepWorkbook(batchId, bytes),
      await rows.keepWorkbook(batchId, Uint8Array.from([1])),
    ];
    expect([...(await rows.readWorkbook(blob))]).toEqual([0x50, 0x4b, 0xff, 0x00]);
    await rows.remove(other);
    expect(await all(rows.listBefore('2026-12-02'))).toEqual([{ blob, batchId }]);
    await expect(rows.readWorkbook(other)).rejects.toMatchObject({ code: 'storageUnavailable' });
  });

  test('are found by day', async () => {
    const rows = make('days');
    const { blob } = await rows.open(batchId).finish();
    expect(await all(rows.listBefore('2026-12-01'))).toEqual([]);
    expect(await all(rows.listBefore('2026-12-02'))).toEqual([{ blob, batchId }]);
    await rows.remove(blob);
    await rows.remove(blob);
    expect(await all(rows.listBefore('2026-12-02'))).toEqual([]);
    await expect(rows.readChunk({ blob, chunkBytes: [1] }, 0)).rejects.toMatchObject({
      code: 'storageUnavailable',
    });
  });
});

test('the blob of a batch is a gzip file of lines', async () => {
  const container = storage().container('file');
  const writer = makeBatchRows(() => container, clock).open(batchId);
  await writer.addChunk('{"index":0}\n');
  await writer.addChunk('{"index":1}\n');
  const { blob } = await writer.finish();
  const content = await container.getBlockBlobClient(blob).downloadToBuffer();
  expect(gunzipSync(content).toString()).toBe('{"index":0}\n{"index":1}\n');
});

test('messages about batches never expire, and appear after their delay', async () => {
  const queue = storage().queue('batches');
  const batchQueue = makeBatchQueue(queue);
  await batchQueue.enqueue(batchId, 3);
  await batchQueue.enqueue(batchId, 4, 60_000);
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
  expect(receivedMessageItems.map(({ messageText }) => JSON.parse(messageText) as unknown)).toEqual(
    [{ batchId, sequence: 3 }],
  );
  expect(receivedMessageItems[0]?.expiresOn.getUTCFullYear()).toBe(9999);
});

test.each([
  ['none', (text: string) => text],
  ['base64', (text: string) => Buffer.from(text, 'base64').toString()],
] as const)('the last message of a batch comes in encoding %s', async (encoding, decode) => {
  const queue = storage().queue(`completed-${encoding}`);
  const message = {
    type: 'batchCompleted' as const,
    batchId,
    counts: { total: 1, rejected: 0, ...noRows, created: 1 },
    cancelled: false,
    acceptedDateTime: 'a',
    startedDateTime: 's',
    completedDateTime: 'c',
  };
  await makeCompletionQueue(queue, encoding).publishCompleted(message);
  const { receivedMessageItems } = await queue.receiveMessages();
  expect(JSON.parse(decode(receivedMessageItems[0]?.messageText ?? ''))).toEqual(message);
});
