import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import { makeGetBatchResultsHandler } from '../../../../src/handlers/http/batches/batch-results';
import { makeSubmitBatchHandler } from '../../../../src/handlers/http/batches/batches';
import { answering } from '../../../../src/handlers/invocation';
import type { HttpHandler } from '../../../../src/handlers/http/response';
import { makeGetTemplateHandler } from '../../../../src/handlers/http/batches/template';
import { workbookType } from '../../../../src/batches/workbook-type';
import { BatchHarness, someRows } from '../../../support/harness/batch-harness';
import { partsIn, textsOf } from '../../../support/workbook/read-workbook';
import {
  number,
  partsOf,
  row,
  text,
  workbookOf,
  zipOf,
} from '../../../support/workbook/workbook-parts';

type Answer = HttpResponseInit & { readonly headers: Readonly<Record<string, string>> };

async function call(
  handler: HttpHandler,
  world: BatchHarness,
  init: {
    method?: string;
    query?: string;
    type?: string;
    accept?: string;
    params?: Record<string, string>;
    body?: Uint8Array;
  },
): Promise<Answer> {
  const { query = '', type, accept, body, ...more } = init;
  const request = new HttpRequest({
    method: 'GET',
    ...more,
    url: `https://convoke.example/api/batches${query}`,
    headers: {
      ...(type !== undefined && { 'content-type': type }),
      ...(accept !== undefined && { accept }),
    },
    ...(body !== undefined && { body: { bytes: Buffer.from(body) } }),
  });
  const context = new InvocationContext({ invocationId: 'i' });
  return (await answering(handler, world.deps)(request, context)) as Answer;
}

const common = '?organizer=anna@contoso.com&timeZone=Europe/Lisbon&durationMinutes=45';

const submit = (
  world: BatchHarness,
  body: Uint8Array,
  type?: string,
  query = common,
): Promise<Answer> =>
  call(makeSubmitBatchHandler(world.deps), world, {
    method: 'POST',
    body,
    query,
    ...(type !== undefined && { type }),
  });

const results = (world: BatchHarness, query: string, accept?: string): Promise<Answer> =>
  call(makeGetBatchResultsHandler(world.deps, 'key'), world, {
    query: `/${world.batch.batchId}/results${query}`,
    params: { batchId: world.batch.batchId },
    ...(accept !== undefined && { accept }),
  });

const bytesIn = ({ body }: Answer): Uint8Array => body as Uint8Array;

const evening = partsOf({
  sheets: [
    {
      name: 'Evening',
      rows:
        `<row r="1">${text('Parent evening')}</row>` +
        `<row r="3">${text('Class')}${text('subject')}${text('startDateTime')}</row>` +
        `<row r="4">${text('3a')}${text('First')}${number(46_357.75, 1)}</row>` +
        `<row r="6">${text('3b')}${text('Second')}${text('tomorrow')}</row>`,
    },
    { name: 'Notes', rows: row([text('keep me')]) },
  ],
  formats: [0, 'dd.mm.yyyy hh:mm'],
});

describe('POST /api/batches with a workbook', () => {
  test.each([workbookType, 'application/octet-stream', 'text/csv', 'application/json', undefined])(
    'sent as %s is known by its first bytes',
    async (type) => {
      const answer = await submit(new BatchHarness(), zipOf(evening), type);
      expect(answer).toMatchObject({
        status: 202,
        jsonBody: { counts: { total: 2, rejected: 1 } },
      });
    },
  );

  test('reads the sheet that the query names', async () => {
    const answer = await submit(
      new BatchHarness(),
      zipOf(evening),
      workbookType,
      `${common}&sheet=Notes`,
    );
    expect(answer).toMatchObject({
      status: 400,
      jsonBody: { error: { code: 'invalidRequest', message: expect.stringContaining('"Notes"') } },
    });
  });

  test.each<[string, Uint8Array, string | undefined, RegExp]>([
    ['of before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), undefined, /before 2007/],
    ['that is a text', Buffer.from('<html>'), workbookType, /another kind of file/],
    ['that is damaged', zipOf(evening).subarray(0, 900), undefined, /damaged/],
  ])('%s is refused with what to do', async (_what, body, type, message) => {
    expect(await submit(new BatchHarness(), body, type)).toMatchObject({
      status: 400,
      jsonBody: {
        error: {
          code: 'invalidRequest',
          message: expect.stringMatching(message),
          details: [{ code: 'invalidWorkbook', target: '$' }],
          innerError: { remedy: expect.stringContaining('.xlsx') },
        },
      },
    });
  });

  test('beyond a limit is 413', async () => {
    const body = zipOf({ ...evening, 'xl/worksheets/sheet1.xml': ' '.repeat(6_000_000) });
    expect(await submit(new BatchHarness(), body)).toMatchObject({
      status: 413,
      jsonBody: {
        error: {
          code: 'requestTooLarge',
          innerError: { remedy: expect.stringContaining('CSV UTF-8') },
        },
      },
    });
  });
});

describe('GET /api/batches/{batchId}/results?format=xlsx', () => {
  const sent = async (body = zipOf(evening)): Promise<BatchHarness> => {
    const world = new BatchHarness();
    await submit(world, body);
    return world;
  };

  test('is the workbook that was sent, with the results beside its rows', async () => {
    const world = await sent();
    await world.run();
    const answer = await results(world, '?format=xlsx');
    expect(answer.headers).toMatchObject({
      'Content-Type': workbookType,
      'Content-Disposition': `attachment; filename="results-${world.batch.batchId}.xlsx"`,
    });
    const id = (index: number): string => `${world.batch.batchId}:${index}`;
    expect(textsOf(bytesIn(answer), 'Evening')).toEqual([
      ['Parent evening'],
      [],
      [
        'Class',
        'subject',
        'startDateTime',
        'joinWebUrl',
        'status',
        'errorMessage',
        'remedy',
        'notApplied',
        'joinMeetingId',
        'joinPasscode',
        'joinDialIn',
        'meetingOptionsWebUrl',
        'expiryDateTime',
        'joinText',
        'requestId',
      ],
      [
        '3a',
        'First',
        '2026-12-01T18:00:00',
        'https://teams.example/0',
        'created',
        ...Array.from({ length: 9 }, () => ''),
        id(0),
      ],
      [],
      [
        '3b',
        'Second',
        'tomorrow',
        '',
        'failed',
        expect.stringMatching(/^Evening!C6: "tomorrow" is no/),
        expect.any(String),
        ...Array.from({ length: 7 }, () => ''),
        id(1),
      ],
    ]);
    const [before, after] = [evening, partsIn(bytesIn(answer))];
    expect(Object.keys(before).filter((name) => before[name] !== after[name])).toEqual([
      'xl/worksheets/sheet1.xml',
    ]);
  });

  test('sent again makes no second meeting, and comes back with its columns where they were', async () => {
    const world = await sent();
    const first = world.batch.batchId;
    await world.run();
    const filled = bytesIn(await results(world, '?format=xlsx'));
    const again = await sent(filled);
    await again.run();
    expect(again.sent.map(({ requestId }) => requestId)).toEqual([`${first}:0`]);
    const texts = textsOf(bytesIn(await results(again, '?format=xlsx')), 'Evening');
    expect(texts[2]).toEqual(textsOf(filled, 'Evening')[2]);
    expect(texts[3]?.slice(3)).toEqual([
      'https://teams.example/0',
      'created',
      ...Array.from({ length: 9 }, () => ''),
      `${first}:0`,
    ]);
  });

  test('shows which rows are still waiting', async () => {
    const texts = textsOf(bytesIn(await results(await sent(), '?format=xlsx')), 'Evening');
    expect([texts[3]?.[4], texts[5]?.[4]]).toEqual(['pending', 'pending']);
  });

  test('comes as a whole', async () => {
    expect(await results(await sent(), '?format=xlsx&top=1')).toMatchObject({
      status: 400,
      jsonBody: { error: { target: 'top' } },
    });
  });

  test('of a workbook with macros is one with macros', async () => {
    const types =
      evening['[Content_Types].xml']?.replace('sheet.main', 'sheet.macroEnabled.main') ?? '';
    const world = await sent(
      zipOf({ ...evening, '[Content_Types].xml': types, 'xl/vbaProject.bin': 'x' }),
    );
    const answer = await results(world, '?format=xlsx');
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/vnd.ms-excel.sheet.macroEnabled.12',
      'Content-Disposition': expect.stringMatching(/\.xlsm"$/),
    });
    expect(partsIn(bytesIn(answer))['xl/vbaProject.bin']).toBe('x');
  });

  test('of a workbook is there as CSV and JSON too', async () => {
    const world = await sent();
    await world.run();
    expect((await results(world, '?format=csv')).body).toContain('3a,First,2026-12-01T18:00:00,');
    expect((await results(world, '')).jsonBody).toMatchObject({ value: [{ row: 4 }, { row: 6 }] });
  });

  test('of JSON is a new workbook, page by page', async () => {
    const world = new BatchHarness();
    await world.accept({ body: Buffer.from(JSON.stringify(someRows(3))) });
    await world.run();
    const answer = await results(world, '?top=2', workbookType);
    expect(answer.headers['Link']).toContain('skip=2&top=2');
    expect(textsOf(bytesIn(answer)).map((cells) => cells.slice(0, 3))).toEqual([
      ['row', 'requestId', 'organizer'],
      ['1', 'row-0', 'anna@contoso.com'],
      ['2', 'row-1', 'anna@contoso.com'],
    ]);
  });
});

describe('GET /api/templates/{format}', () => {
  const template = (format: string): Promise<Answer> => {
    const world = new BatchHarness();
    return call(makeGetTemplateHandler(world.deps), world, { params: { format } });
  };

  test.each(['xlsx', 'csv'])('as %s is taken as it is', async (format) => {
    const world = new BatchHarness();
    const { body } = await template(format);
    const answer = await submit(
      world,
      typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array),
      undefined,
      '',
    );
    expect(answer).toMatchObject({ status: 202, jsonBody: { counts: { total: 1, rejected: 0 } } });
    await world.run();
    expect(world.sent).toMatchObject([{ requestId: 'evening-4a' }]);
  });

  test('is a file to be saved', async () => {
    expect((await template('XLSX')).headers).toMatchObject({
      'Content-Type': workbookType,
      'Content-Disposition': 'attachment; filename="meetings.xlsx"',
    });
  });

  test('in another form is refused', async () => {
    expect(await template('ods')).toMatchObject({
      status: 400,
      jsonBody: { error: { target: 'format' } },
    });
  });
});

test('a workbook whose date cells count from 1904 makes its meetings at the same times', async () => {
  const world = new BatchHarness();
  const rows =
    row([text('subject'), text('startDateTime')]) + row([text('x'), number(44_895.75, 1)]);
  await submit(
    world,
    workbookOf({ sheets: [{ name: 'S', rows }], formats: [0, 22], date1904: true }),
  );
  await world.run();
  expect(world.sent).toMatchObject([{ meeting: { startDateTime: '2026-12-01T18:00:00' } }]);
});
