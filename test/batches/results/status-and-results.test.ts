import { readResults, nextPage, toJsonRow } from '../../../src/batches/results/batch-results';
import { retryAfterSeconds, statusOf } from '../../../src/batches/results/batch-status';
import { cleanUp } from '../../../src/retention/clean-up';
import {
  csvColumns,
  headerRecord,
  rowRecord,
  toCell,
} from '../../../src/batches/results/results-csv';
import { pauseFor } from '../../../src/batches/run/chunks';
import { FakeOldMessages } from '../../support/fakes/fake-batches';
import { aRow, asBody, BatchWorld, created, someRows } from '../../support/harness/batch-harness';
import { row as rowOf, text as textCell, workbookOf } from '../../support/workbook-parts';

const noOutcomes = new Map();

async function accepted(rows: readonly object[]): Promise<BatchWorld> {
  const world = new BatchWorld();
  await world.accept({ body: asBody(rows) });
  return world;
}

describe('the status of a batch', () => {
  test('counts what is done of open chunks too, and guesses the end', async () => {
    const { batch } = await accepted(someRows(250));
    const running = {
      ...batch,
      state: 'running' as const,
      startedDateTime: '2026-12-01T08:00:00.000Z',
      sentChunks: 2,
      openChunks: [{ chunk: 1, sentDateTime: '2026-12-01T08:00:00.000Z' }],
      tally: { created: 90, existing: 0, failed: 10, unknown: 0 },
    };
    const failed = {
      index: 101,
      requestId: 'row-101',
      status: 'failed' as const,
      code: 'throttled',
      message: 'No.',
    };
    const now = new Date('2026-12-01T08:01:00.000Z');
    const status = statusOf(running, new Map([[1, [failed]]]), now);
    expect(status).toMatchObject({
      state: 'running',
      counts: { total: 250, accepted: 250, rejected: 0, pending: 149, created: 90, failed: 11 },
      estimatedEndDateTime: '2026-12-01T08:02:28.514Z',
      firstErrors: [{ index: 101, code: 'throttled' }],
    });
    expect(retryAfterSeconds(status, now)).toBe(9);
  });

  test.each([
    ['accepted', {}, 'accepted'],
    ['completing', {}, 'running'],
    ['running', { cancelledDateTime: '2026-12-01T08:00:00.000Z' }, 'cancelling'],
    ['finished', {}, 'finished'],
    ['finished', { cancelledDateTime: '2026-12-01T08:00:00.000Z' }, 'cancelled'],
  ] as const)('that is %s %j is called so', async (state, more, called) => {
    const { batch } = await accepted(someRows(1));
    expect(statusOf({ ...batch, state, ...more }, noOutcomes, new Date()).state).toBe(called);
  });

  test.each([
    [0, 1_000],
    [4_000, 1_000],
    [20_000, 5_000],
    [3_600_000, 15_000],
  ])('is looked at again after a stillness of %i ms in %i ms', (idle, pause) => {
    expect(pauseFor(idle)).toBe(pause);
  });
});

describe('the results of a batch', () => {
  test('come in the order of the rows, page by page, those without a result too', async () => {
    const world = await accepted(someRows(250));
    const { batchId } = world.batch;
    for (const index of [201, 3])
      await world.progress.record(created(`row-${index}`, { batchId, index }));
    const batch = { ...world.batch, turn: { number: 1, ticket: 't' } };
    const indexes: unknown[] = [];
    let page: { skip: number; top: number } | undefined = { skip: 0, top: 99 };
    while (page !== undefined) {
      for await (const row of readResults(batch, page, world))
        indexes.push((toJsonRow(row, batchId) as { index: number }).index);
      page = nextPage(batch, page);
    }
    expect(indexes).toEqual(someRows(250).map((_, index) => index));
    const rows = [];
    for await (const row of readResults(batch, { skip: 200, top: 2 }, world))
      rows.push(toJsonRow(row, batchId));
    expect(rows).toMatchObject([
      { requestId: 'row-200', index: 200, row: 201, status: 'pending', meeting: null },
      { requestId: 'row-201', status: 'created', row: 202, meeting: { id: 'meeting of row-201' } },
    ]);
    for await (const row of readResults(batch, { skip: 250, top: 2 }, world)) rows.push(row);
    expect(rows).toHaveLength(2);
  });

  test('keep the caller’s columns and add theirs, in place of those of an earlier sheet', async () => {
    const world = new BatchWorld();
    const csv =
      'Nr;status;subject;requestId;organizer;start;end\n' +
      '=7;created;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z\n' +
      '8;;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z\n';
    await world.accept({ body: asBody(csv), format: 'csv' });
    await world.run();
    const { batch } = world;
    const columns = csvColumns(batch.csv);
    let text = headerRecord(columns, ';');
    for await (const row of readResults(batch, { skip: 0, top: 10 }, world))
      text += rowRecord(columns, row, ';');
    expect(text).toBe(
      'Nr;subject;requestId;organizer;start;end;status;joinWebUrl;meetingId;notApplied;errorCode;errorMessage;remedy\r\n' +
        `'=7;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 2, organizer: Write who organizes the meeting.;Correct what the details name and send the request again.\r\n` +
        '8;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 3, subject: Write what the meeting is called.;Correct what the details name and send the request again.\r\n',
    );
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['-1', "'-1"],
    ['+49', "'+49"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\t=1', "'\t=1"],
    ['\r', `"'\r"`],
    ['\n=1', `"'\n=1"`],
    ['＝1', "'＝1"],
    ['=1;2', `"'=1;2"`],
    ["'=1", "'=1"],
    ['1-1', '1-1'],
    ['', ''],
    ['a,b', 'a,b'],
    ['a;"b"', '"a;""b"""'],
  ])('have the cell %j written as %j', (text, cell) => {
    expect(toCell(text, ';')).toBe(cell);
  });

  test('of JSON rows have enough beside them to know them by', async () => {
    const world = await accepted([aRow(0)]);
    await world.run();
    const columns = csvColumns(undefined);
    const lines: string[] = [headerRecord(columns, ',')];
    for await (const row of readResults(world.batch, { skip: 0, top: 10 }, world))
      lines.push(rowRecord(columns, row, ','));
    expect(lines).toEqual([
      'row,requestId,organizer,subject,startDateTime,endDateTime,status,joinWebUrl,meetingId,notApplied,errorCode,errorMessage,remedy\r\n',
      '1,row-0,anna@contoso.com,Evening 0,2026-12-01T14:30:00,,created,https://teams.example/0,meeting of row-0,,,,\r\n',
    ]);
  });
});

describe('cleanUp', () => {
  const day = 86_400_000;
  const run = async (world: BatchWorld, oldMessages = new FakeOldMessages()): Promise<string[]> => {
    const asked: string[] = [];
    await cleanUp({
      ...world.deps,
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
    });
    return asked;
  };

  test('forgets finished batches with all that is theirs, once they are old enough', async () => {
    const world = await accepted(someRows(150));
    await world.run();
    const { batchId } = world.batch;
    world.time.advance(29 * day);
    await run(world);
    expect(world.batches.rows.size).toBe(1);

    world.time.advance(2 * day);
    expect(await run(world)).toEqual([expect.stringMatching(/^2026-12-02T/)]);
    expect([world.batches.rows.size, world.index.finished.size, world.rows.blobs.size]).toEqual([
      0, 0, 0,
    ]);
    expect([
      await world.progress.results(batchId, 0),
      await world.progress.results(batchId, 1),
    ]).toEqual([[], []]);
  });

  test('leaves unfinished batches alone, however old, and takes blobs that belong to none', async () => {
    const world = await accepted(someRows(3));
    const orphan = await world.rows.open('x'.repeat(36)).finish();
    world.time.advance(365 * day);
    await run(world);
    expect([...world.rows.blobs.keys()]).toEqual([world.batch.rows.blob]);
    expect(orphan.blob).not.toBe(world.batch.rows.blob);
  });

  test('keeps the workbook of a batch as long as the batch, and no other', async () => {
    const world = new BatchWorld();
    const rows = rowOf(['requestId', 'subject'].map(textCell)) + rowOf(['e1', 'x'].map(textCell));
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

  test('takes texts of messages that nothing refers to any more', async () => {
    const world = await accepted(someRows(1));
    const texts = new FakeOldMessages(['2026-10-17/old.txt', '2026-10-18/young.txt']);
    await run(world, texts);
    expect([...texts.names]).toEqual(['2026-10-18/young.txt']);
  });

  test.each(['before', 'after'] as const)(
    'goes on where a run broke off %s the effect of a call',
    async (when) => {
      for (let at = 0; ; at += 1) {
        const world = await accepted(someRows(150));
        await world.run();
        world.time.advance(31 * day);
        world.crash = { at: world.calls + at, when };
        await run(world).catch(() => undefined);
        const { crashed } = world;
        await run(world);
        expect([world.batches.rows.size, world.index.finished.size, world.rows.blobs.size]).toEqual(
          [0, 0, 0],
        );
        if (!crashed) return;
      }
    },
  );
});
