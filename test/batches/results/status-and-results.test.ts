import { noRows } from '../../../src/batches/batch';
import { readResults, nextPage, toJsonRow } from '../../../src/batches/results/batch-results';
import { retryAfterSeconds, statusOf } from '../../../src/batches/results/batch-status';
import {
  csvColumns,
  headerRecord,
  rowRecord,
  toCell,
} from '../../../src/batches/results/results-csv';
import { pauseFor } from '../../../src/batches/run/chunks';
import { aRow, asBody, BatchHarness, created, someRows } from '../../support/harness/batch-harness';

const noOutcomes = new Map();

async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(rows) });
  return harness;
}

describe('the status of a batch', () => {
  test('counts finished rows of open chunks too, and estimates the end', async () => {
    const { batch } = await accepted(someRows(250));
    const sent = '2026-12-01T08:00:00.000Z';
    const running = {
      ...batch,
      state: 'running' as const,
      startedDateTime: '2026-12-01T08:00:00.000Z',
      sentChunks: 2,
      openChunks: [{ chunk: 1, firstSentDateTime: sent, sentDateTime: sent }],
      counts: { ...noRows, created: 90, failed: 10 },
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
  ] as const)('that is stored as %s %j is shown as %s', async (state, more, called) => {
    const { batch } = await accepted(someRows(1));
    expect(statusOf({ ...batch, state, ...more }, noOutcomes, new Date()).state).toBe(called);
  });

  test.each([
    ['completing', null],
    ['running', null],
    ['finished', '2026-12-01T08:05:00.000Z'],
  ] as const)('that is %s shows as its end: %s', async (state, end) => {
    const completedDateTime = '2026-12-01T08:05:00.000Z';
    const { batch } = await accepted(someRows(1));
    const status = statusOf({ ...batch, state, completedDateTime }, noOutcomes, new Date());
    expect(status.completedDateTime).toBe(end);
  });

  test.each([
    [0, 1_000],
    [4_000, 1_000],
    [20_000, 5_000],
    [3_600_000, 15_000],
  ])('without progress for %i ms is polled again in %i ms', (idle, pause) => {
    expect(pauseFor(idle)).toBe(pause);
  });
});

describe('the results of a batch', () => {
  test('come in the order of the rows, page by page, those without a result too', async () => {
    const harness = await accepted(someRows(250));
    const { batchId } = harness.batch;
    for (const index of [201, 3])
      await harness.progress.record(created(`row-${index}`, { batchId, index }));
    const batch = { ...harness.batch, lease: { ...harness.batch.lease, sequence: 1 } };
    const indexes: unknown[] = [];
    let page: { skip: number; top: number } | undefined = { skip: 0, top: 99 };
    while (page !== undefined) {
      for await (const row of readResults(batch, page, harness))
        indexes.push((toJsonRow(row, batchId) as { index: number }).index);
      page = nextPage(batch, page);
    }
    expect(indexes).toEqual(someRows(250).map((_, index) => index));
    const rows = [];
    for await (const row of readResults(batch, { skip: 200, top: 2 }, harness))
      rows.push(toJsonRow(row, batchId));
    expect(rows).toMatchObject([
      { requestId: 'row-200', index: 200, row: 201, status: 'pending', meeting: null },
      { requestId: 'row-201', status: 'created', row: 202, meeting: { id: 'meeting of row-201' } },
    ]);
    for await (const row of readResults(batch, { skip: 250, top: 2 }, harness)) rows.push(row);
    expect(rows).toHaveLength(2);
  });

  test('keep the caller’s columns and add theirs, in place of those of an earlier sheet', async () => {
    const harness = new BatchHarness();
    const csv =
      'Nr;status;subject;requestId;organizer;start;end\n' +
      '=7;created;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z\n' +
      '8;;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z\n';
    await harness.accept({ body: asBody(csv), format: 'csv' });
    await harness.run();
    const { batch } = harness;
    const columns = csvColumns(batch);
    let text = headerRecord(columns, ';');
    for await (const row of readResults(batch, { skip: 0, top: 10 }, harness))
      text += rowRecord(columns, row, ';');
    expect(text).toBe(
      'Nr;subject;requestId;organizer;start;end;status;joinWebUrl;meetingId;notApplied;errorCode;errorMessage;remedy;joinMeetingId;joinPasscode;joinDialIn;meetingOptionsWebUrl;expiryDateTime;joinText\r\n' +
        `'=7;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 2, organizer: Add an organizer.;Fix the problems listed in details, then send the request again.;;;;;;\r\n` +
        '8;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 3, subject: Add a subject.;Fix the problems listed in details, then send the request again.;;;;;;\r\n',
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

  test('of JSON rows have columns that identify them', async () => {
    const harness = await accepted([aRow(0)]);
    await harness.run();
    const columns = csvColumns({});
    const lines: string[] = [headerRecord(columns, ',')];
    for await (const row of readResults(harness.batch, { skip: 0, top: 10 }, harness))
      lines.push(rowRecord(columns, row, ','));
    expect(lines).toEqual([
      'row,requestId,organizer,subject,startDateTime,endDateTime,status,joinWebUrl,meetingId,notApplied,errorCode,errorMessage,remedy,joinMeetingId,joinPasscode,joinDialIn,meetingOptionsWebUrl,expiryDateTime,joinText\r\n',
      '1,row-0,anna@contoso.com,Evening 0,2026-12-01T14:30:00,,created,https://teams.example/0,meeting of row-0,,,,,,,,,,\r\n',
    ]);
  });
});
