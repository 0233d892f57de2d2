import { MeetingError } from '../../../src/errors/meeting-error';
import { csvRecords } from '../../../src/batches/results/csv-records';
import { readResults } from '../../../src/batches/results/batch-results';
import { finishedSince } from '../../../src/batches/results/finished-batches';
import { statusOf } from '../../../src/batches/results/batch-status';
import { runBatch } from '../../../src/batches/run/run-batch';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { aRow, asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const ben = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';

const at = (hour: number, more: object = {}): object => ({
  durationMinutes: 60,
  meeting: { subject: 'Evening', startDateTime: `2026-12-01T${hour}:00:00` },
  ...more,
});

async function previewOf(rows: readonly object[]): Promise<BatchHarness> {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(rows), preview: true });
  await harness.run();
  return harness;
}

async function resultsIn(harness: BatchHarness): Promise<readonly (MeetingResult | undefined)[]> {
  const results = [];
  for await (const { result } of readResults(harness.batch, { skip: 0, top: 5_000 }, harness))
    results.push(result);
  return results;
}

test('a preview predicts the outcome of each row', async () => {
  const harness = new BatchHarness();
  harness.graph.people.set('ben@contoso.com', ben);
  harness.graph.refused.set(ben, new MeetingError('accessPolicyMissing', 'No policy.'));
  const rows = [
    aRow(0, at(10)),
    aRow(1, at(11, { organizer: 'ben@contoso.com' })),
    aRow(2, at(12, { organizer: 'nobody' })),
    aRow(3, at(13, { organizer: 'nobody@contoso.com' })),
  ];
  await harness.accept({ body: asBody(rows), preview: true });
  await harness.run();
  const results = await resultsIn(harness);
  expect(results.map((result) => [result?.preview?.outcome, result?.error?.code])).toEqual([
    ['create', undefined],
    ['refuse', 'accessPolicyMissing'],
    ['refuse', 'invalidRequest'],
    ['refuse', 'organizerNotFound'],
  ]);
  expect(results[0]).toMatchObject({
    requestId: 'row-0',
    status: 'preview',
    organizer: { given: 'anna@contoso.com', id: anna },
    meeting: null,
    attempts: 0,
  });
  expect(statusOf(harness.batch, new Map(), new Date())).toMatchObject({
    state: 'finished',
    preview: true,
    counts: { total: 4, rejected: 1, pending: 0, preview: 4, created: 0, failed: 0 },
    outcomes: { create: 1, refuse: 3, update: 0, unchanged: 0, cancel: 0 },
    firstErrors: [{ index: 1 }, { index: 2, row: 3 }, { index: 3 }],
  });
});

test('a chunk is written at once, and again after an interruption', async () => {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(someRows(250)), preview: true });
  const { progress } = harness;
  const write = progress.recordPreviews.bind(progress);
  let writes = 0;
  progress.recordPreviews = async (results) => {
    writes += 1;
    if (writes === 2) throw new Error('crash');
    await write(results);
  };
  await harness.run();
  expect(writes).toBe(4);
  const results = await resultsIn(harness);
  expect(results.map((result) => result?.preview?.outcome)).toEqual(
    Array.from({ length: 250 }, () => 'create'),
  );
});

test('a preview makes nothing and publishes nothing', async () => {
  const harness = await previewOf(someRows(250));
  expect(harness.graph.meetings).toEqual([]);
  expect(new Set(harness.graph.calls)).toEqual(new Set(['findUserId', 'check']));
  expect(await harness.ledger.read('row-0')).toBeUndefined();
  expect([harness.sent, harness.results.published, harness.completions.published]).toEqual([
    [],
    [],
    [],
  ]);
  const later = new Date(harness.time.now().getTime() + 60_000);
  const since = { completedDateTime: '2020-01-01T00:00:00.000Z' };
  const { batches } = await finishedSince(since, later, {
    batches: harness.batches,
    finished: harness.index,
  });
  expect(batches).toEqual([]);
});

test('meetings of one organizer at the same time are warned of, on both rows', async () => {
  const harness = await previewOf([
    aRow(0, at(10)),
    aRow(1, at(11)),
    aRow(2, { ...at(10), durationMinutes: 61 }),
    aRow(3, at(10, { organizer: ben })),
    aRow(0, at(10)),
  ]);
  const warnings = (await resultsIn(harness)).map((result) =>
    result?.preview?.warnings.map(({ code, message }) => `${code}: ${message}`),
  );
  const sameTime = (row: number): string =>
    `overlappingMeeting: Row ${row} has a meeting with the same organizer at the same time.`;
  expect(warnings).toEqual([[sameTime(3)], [sameTime(3)], [sameTime(1)], [], []]);
});

test('more meetings than Graph lets one organizer have are warned of, from the first too many on', async () => {
  const rows = Array.from({ length: 2_002 }, (_, index) =>
    aRow(index, {
      meeting: {
        subject: 'Lesson',
        startDateTime: new Date(Date.UTC(2027, 0, 1, index)).toISOString(),
      },
    }),
  );
  const warned = (await resultsIn(await previewOf(rows))).filter(
    (result) => result?.preview?.warnings.length !== 0,
  );
  expect(warned.map((result) => [result?.index, result?.preview?.warnings[0]?.code])).toEqual([
    [2_000, 'manyMeetings'],
    [2_001, 'manyMeetings'],
  ]);
});

test('a preview under the key of a batch is another batch', async () => {
  const harness = new BatchHarness();
  const body = asBody(someRows(1));
  const real = await harness.accept({ body, idempotencyKey: 'k' });
  const preview = await harness.accept({ body, idempotencyKey: 'k', preview: true });
  const again = await harness.accept({ body, idempotencyKey: 'k', preview: true });
  expect(preview.batch.batchId).not.toBe(real.batch.batchId);
  expect(again.batch.batchId).toBe(preview.batch.batchId);
});

test('a sheet is returned with the predicted outcomes of its rows', async () => {
  const harness = new BatchHarness();
  const csv =
    'Nr;subject;organizer;start;end\n' +
    '7;a;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z\n' +
    '8;b;anna@contoso.com;2030-12-01T14:45Z;soon\n';
  await harness.accept({ body: asBody(csv), format: 'csv', preview: true });
  await harness.run();
  let text = '';
  const page = { skip: 0, top: 10 };
  for await (const record of csvRecords(harness.batch, page, { ...harness.deps, delimiter: ';' }))
    text += record;
  expect(text.split('\r\n')).toEqual([
    'Nr;subject;organizer;start;end;preview;previewChanges;previewWarnings;errorCode;errorMessage;remedy',
    '7;a;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z;create;;;;;',
    expect.stringMatching(/^8;b;.*;refuse;;;invalidRequest;"?Row 3, end: .*;Fix the problems/),
    '',
  ]);
});

test('wherever a preview is interrupted, it continues, and each row is counted once', async () => {
  const calls = (await previewOf(someRows(130))).calls;
  for (let place = 0; place < calls; place += 7) {
    const harness = new BatchHarness();
    harness.crash = { at: place, when: 'after' };
    await harness.accept({ body: asBody(someRows(130)), preview: true }).catch(() => undefined);
    if (harness.batches.rows.size === 0) continue;
    if (harness.queue.messages.length === 0) continue;
    await harness.run();
    expect(harness.batch).toMatchObject({
      state: 'finished',
      outcomes: { create: 130, refuse: 0 },
      counts: { preview: 130 },
    });
  }
});

test('a cancelled preview checks no further rows', async () => {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(someRows(3)), preview: true });
  const [stored] = harness.batches.rows.values();
  await harness.batches.replace(stored?.etag ?? '', {
    ...harness.batch,
    cancelledDateTime: '2026-12-01T08:00:00.000Z',
  });
  await runBatch(harness.takeMessage(), harness.deps);
  expect(harness.graph.calls).toEqual([]);
  expect((await resultsIn(harness)).map((result) => result?.error?.code)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
});
