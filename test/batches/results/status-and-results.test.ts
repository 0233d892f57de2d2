import { noRows } from '../../../src/batches/batch';
import { readResults, nextPage, toJsonRow } from '../../../src/batches/results/batch-results';
import { retryAfterSeconds, statusOf } from '../../../src/batches/results/batch-status';
import { csvRecords } from '../../../src/batches/results/csv-records';
import { toCell } from '../../../src/batches/results/csv-cell';
import { csvColumns } from '../../../src/batches/results/results-csv';
import { pauseFor } from '../../../src/batches/run/chunks';
import { aRow, asBody, BatchHarness, created, someRows } from '../../support/harness/batch-harness';

const noOutcomes = new Map();

/** The results of its batch as CSV, once it has ended. */
async function csvOf(harness: BatchHarness, page = { skip: 0, top: 10 }): Promise<string> {
  await harness.run();
  const { batch } = harness;
  let text = '';
  for await (const record of csvRecords(batch, page, { ...harness.deps, delimiter: ';' }))
    text += record;
  return text;
}

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

  test('names the latest pass, and keeps the rest of it to itself', async () => {
    const { batch } = await accepted(someRows(1));
    const now = new Date('2026-12-01T08:01:00.000Z');
    const startedDateTime = now.toISOString();
    const pass = {
      number: 2,
      kind: 'undo',
      startedDateTime,
      comment: 'x',
      waitingChunks: [],
    } as const;
    expect(statusOf({ ...batch, pass }, noOutcomes, now).pass).toEqual({ number: 2, kind: 'undo' });
    expect(statusOf(batch, noOutcomes, now)).not.toHaveProperty('pass');
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
      'Nr;status;joinWebUrl;subject;requestId;organizer;start;end\n' +
      '=7;created;https://teams.example;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z\n' +
      '8;;;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z\n';
    await harness.accept({ body: asBody(csv), format: 'csv' });
    expect(await csvOf(harness)).toBe(
      'Nr;subject;requestId;organizer;start;end;status;joinWebUrl;meetingId;notApplied;errorCode;errorMessage;remedy;joinMeetingId;joinPasscode;joinDialIn;meetingOptionsWebUrl;expiryDateTime;joinText\r\n' +
        `'=7;"a;b";r1;;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 2, organizer: Add an organizer.;Fix the problems listed in details, then send the request again.;;;;;;\r\n` +
        '8;;r2;anna@contoso.com;2030-12-01T14:30Z;2030-12-01T15:00Z;failed;;;;invalidRequest;Row 3, subject: Add a subject.;Fix the problems listed in details, then send the request again.;;;;;;\r\n',
    );
  });

  /** The returned sheet up to the status, line by line. */
  const returned = async (csv: string, preview = false): Promise<readonly string[]> => {
    const harness = new BatchHarness();
    const defaults = { organizer: 'anna@contoso.com', timeZone: 'UTC', durationMinutes: 30 };
    await harness.accept({ body: asBody(csv), format: 'csv', defaults, preview });
    const lines = (await csvOf(harness)).trimEnd().split('\r\n');
    return lines.map((line) => line.replace(/;(?:status|created|preview|create);.*$/, ''));
  };
  const first = '00000000-0000-4000-8000-000000000001';

  test('keep a column of the caller that is called as one of theirs', async () => {
    const csv = 'Title;Status;Start;Remark;remedy\nx;open;2030-12-01T14:30;y;none\n';
    expect(await returned(csv)).toEqual([
      'Title;Status;Start;Remark;remedy;requestId',
      `x;open;2030-12-01T14:30;y;none;${first}:0`,
    ]);
  });

  test.each(['requestId', 'Anfrage-ID', 'ID do pedido'])(
    'have the id of each row in the empty cells of the column %s',
    async (name) => {
      const csv =
        `Parent evening;;\n\nsubject;start;${name}\n` +
        'a;2030-12-01T14:30;r1\nb;2030-12-01T14:30;\n\nc;2030-12-01T14:30\nd;2030-12-01T14:30; \n';
      expect(await returned(csv)).toEqual([
        'Parent evening;;',
        '',
        `subject;start;${name}`,
        'a;2030-12-01T14:30;r1',
        `b;2030-12-01T14:30;${first}:1`,
        '',
        `c;2030-12-01T14:30;${first}:2`,
        `d;2030-12-01T14:30;${first}:3`,
      ]);
    },
  );

  test('have it in the column that a person has chosen on the page', async () => {
    const harness = new BatchHarness();
    const rows = [
      { row: 2, cells: ['1', 'row-0'], request: aRow(0) },
      { row: 3, cells: ['2', ''], request: aRow(1) },
      { row: 4, cells: ['3'], request: aRow(2) },
    ];
    const sheet = { header: ['Nr', 'Code'], columns: { requestId: 2 }, rows };
    const body = asBody({ fileName: 'evening.csv', delimiter: ';', ...sheet });
    await harness.accept({ body, format: 'rows' });
    expect((await csvOf(harness)).split('\r\n').map((line) => line.slice(0, 15))).toEqual([
      ...['Nr;Code;status;', '1;row-0;created', '2;row-1;created', '3;row-2;created', ''],
    ]);
  });

  const defaults = {
    organizer: 'anna@contoso.com',
    meeting: { startDateTime: '2030-12-01T14:30Z', endDateTime: '2030-12-01T15:00Z' },
  };

  test('keep titles and blank rows, on the first page and each time the sheet is sent', async () => {
    const harness = new BatchHarness();
    const sheet = '=Title\n\nsubject;requestId\n\na;1\n;;\n\nb;2\n';
    await harness.accept({ body: asBody(sheet), format: 'csv', defaults });
    const own = (csv: string): readonly string[] =>
      csv.split('\r\n').map((line) => line.split(';').slice(0, 2).join(';'));
    const text = await csvOf(harness);
    expect(own(text)).toEqual(["'=Title", '', 'subject;requestId', '', 'a;1', '', '', 'b;2', '']);
    expect(own(await csvOf(harness, { skip: 1, top: 1 }))).toEqual([
      'subject;requestId',
      'b;2',
      '',
    ]);
    const again = new BatchHarness();
    await again.accept({ body: asBody(text), format: 'csv', defaults });
    expect(own(await csvOf(again))).toEqual(own(text));
  });

  test('have at most a hundred blank rows in one place', async () => {
    const harness = new BatchHarness();
    const body = asBody(`subject;Nr\n${'\n'.repeat(500)}a;1\n`);
    await harness.accept({ body, format: 'csv', defaults });
    expect((await csvOf(harness)).split('\r\n')).toHaveLength(103);
  });

  test('have no id for a change without one: it would be another decision next time', async () => {
    const rows = 'a;2030-12-01T14:30;upsert\nb;2030-12-01T14:30;\nc;2030-12-01T14:30;absagt\n';
    expect(await returned(`subject;start;action\n${rows}`)).toEqual([
      'subject;start;action;requestId',
      'a;2030-12-01T14:30;upsert;;failed;;;;invalidRequest;Row 2, requestId: Add a requestId: the meeting is found by it when the request is sent again.;Fix the problems listed in details, then send the request again.;;;;;;',
      `b;2030-12-01T14:30;;${first}:1`,
      expect.stringMatching(/^c;2030-12-01T14:30;absagt;;failed/) as string,
    ]);
    const filled = 'a;2030-12-01T14:30;upsert;\nb;2030-12-01T14:30;upsert;own\n';
    const [, unnamed] = await returned(`subject;start;action;requestId\n${filled}`);
    expect(unnamed).toMatch(/^a;2030-12-01T14:30;upsert;;failed/);
  });

  test('leave the ids of a preview empty, because it sends nothing', async () => {
    const csv = 'subject;start;requestId\na;2030-12-01T14:30;\n';
    expect(await returned(csv, true)).toEqual(['subject;start;requestId', 'a;2030-12-01T14:30;']);
  });

  test('find the column of ids of a batch that an earlier version has accepted', () => {
    const csv = { delimiter: ';', header: ['subject', 'RequestID'] };
    const line = { index: 0, row: 2, requestId: 'b:0', input: {}, cells: ['a', ''] };
    const cells = csvColumns({ csv }).map(([name, value]) => `${name} ${value({ line })}`);
    expect(cells.slice(0, 3)).toEqual(['subject a', 'RequestID b:0', 'status pending']);
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
    const lines: string[] = [];
    const page = { skip: 0, top: 10 };
    for await (const record of csvRecords(harness.batch, page, { ...harness.deps, delimiter: ',' }))
      lines.push(record);
    expect(lines).toEqual([
      'row,requestId,organizer,subject,startDateTime,endDateTime,status,joinWebUrl,meetingId,notApplied,errorCode,errorMessage,remedy,joinMeetingId,joinPasscode,joinDialIn,meetingOptionsWebUrl,expiryDateTime,joinText\r\n',
      '1,row-0,anna@contoso.com,Evening 0,2026-12-01T14:30:00,,created,https://teams.example/0,meeting of row-0,,,,,,,,,,\r\n',
    ]);
  });
});
