import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { makePageHandlers } from '../../../../src/app/page-endpoints';
import { answering } from '../../../../src/handlers/invocation';
import { BatchHarness } from '../../../support/harness/batch-harness';
import { textsOf } from '../../../support/workbook/read-workbook';
import { row, text, workbookOf } from '../../../support/workbook/workbook-parts';

const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
const anna = {
  id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  name: 'Anna',
  roles: ['Meetings.Create'],
};
const ben = { id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602', name: 'Ben', roles: [] };
const carla = { id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4603', name: 'Carla', roles: [] };

type User = Omit<typeof anna, 'roles'> & { readonly roles: readonly string[] };
type Handlers = ReturnType<typeof makePageHandlers>;
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly json: never;
}

const principal = ({ id, name, roles }: User): string =>
  Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      claims: [
        { typ: 'oid', val: id },
        { typ: 'tid', val: tenantId },
        { typ: 'name', val: name },
        { typ: 'preferred_username', val: `${name}@contoso.com` },
        ...roles.map((val) => ({ typ: 'roles', val })),
      ],
    }),
  ).toString('base64');

const fromPage = { 'x-convoke-page': '1', 'sec-fetch-site': 'same-origin' };

class PageHarness extends BatchHarness {
  readonly handlers: Handlers;

  constructor(change: object = {}) {
    super();
    this.handlers = makePageHandlers(
      {
        ...this.deps,
        allowPast: false,
        readPageFile: (name) => brotliCompressSync(`content of ${name}`),
        ...change,
      },
      { enabled: true, tenantId },
    );
  }

  async call(
    name: keyof Handlers,
    user: User | undefined,
    init: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly params?: Record<string, string>;
      readonly query?: string;
      readonly body?: object;
    } = {},
  ): Promise<Answer> {
    const request = new HttpRequest({
      method: init.body === undefined ? 'GET' : 'POST',
      url: `https://convoke.example/api/app/batches${init.query ?? ''}`,
      headers: {
        ...(user !== undefined && { 'x-ms-client-principal': principal(user) }),
        ...(init.headers ?? fromPage),
      },
      ...(init.params !== undefined && { params: init.params }),
      ...(init.body !== undefined && { body: { string: JSON.stringify(init.body) } }),
    });
    const context = new InvocationContext({ invocationId: 'i' });
    const answer = await answering(this.handlers[name], this.deps)(request, context);
    return {
      status: answer.status ?? 200,
      headers: answer.headers as Record<string, string>,
      body: answer.body,
      json: answer.jsonBody as never,
    };
  }

  async submit(user: User, body: object = sheet()): Promise<{ readonly batchId: string }> {
    const key = { ...fromPage, 'idempotency-key': 'k' };
    const { status, json } = await this.call('submitPageBatch', user, { headers: key, body });
    if (status !== 202) throw new Error(`The rows were refused: ${JSON.stringify(json)}`);
    return json;
  }
}

const request = (change: object = {}): object => ({
  requestId: 'evening-1',
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: '20',
  meeting: { subject: 'Parent evening', startDateTime: '2030-12-01 14:30' },
  ...change,
});

const sheet = (change: object = {}): object => ({
  fileName: 'evening.csv',
  header: ['Nr', 'Teacher', 'Pupil'],
  columns: { organizer: 2 },
  rows: [{ row: 4, cells: ['1', 'anna@contoso.com', 'Pia'], request: request() }],
  ...change,
});

const rowsWith = (...requests: readonly object[]): object =>
  sheet({ rows: requests.map((each, index) => ({ row: index + 2, request: each })) });

describe('the files of the page', () => {
  const world = new PageHarness();

  test('are for everybody, and allow nothing that is not of this app', async () => {
    const { headers, body } = await world.call('getPage', undefined, { headers: {} });
    expect(Buffer.from(body as Uint8Array).toString()).toBe('content of index.html');
    expect(headers['Content-Security-Policy']?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(headers).toMatchObject({
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    });
  });

  test('are compressed for a browser, and kept by it under their hash', async () => {
    const { headers, body } = await world.call('getPageFile', undefined, {
      headers: { 'accept-encoding': 'gzip, br' },
      params: { file: 'page.js' },
      query: '?v=0123',
    });
    expect(brotliDecompressSync(body as Uint8Array).toString()).toBe('content of page.js');
    expect(headers).toMatchObject({
      'Content-Encoding': 'br',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });

  test('that are loaded later have the hash in their name', async () => {
    const { headers } = await world.call('getPageFile', undefined, {
      params: { file: 'german-JFDFCPN4.js' },
    });
    expect(headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });

  test.each([
    'index.html',
    '../app.js',
    'page/page.js',
    'app.js.map',
    'host.json',
    '',
    'constructor',
  ])('%j is none of them', async (file) => {
    expect((await world.call('getPageFile', undefined, { params: { file } })).status).toBe(404);
  });
});

describe('the endpoints behind the page', () => {
  const endpoints: readonly (keyof Handlers)[] = [
    'getPageCaller',
    'submitPageBatch',
    'listPageBatches',
    'getPageBatch',
    'getPageBatchResults',
    'cancelPageBatch',
    'retryPageBatch',
  ];

  test.each(endpoints)('%s is closed without a sign-in', async (name) => {
    expect((await new PageHarness().call(name, undefined)).status).toBe(401);
  });

  test.each([
    ['another site', { ...fromPage, 'sec-fetch-site': 'cross-site' }],
    ['a site of the same domain', { ...fromPage, 'sec-fetch-site': 'same-site' }],
    ['a link that somebody typed', { ...fromPage, 'sec-fetch-site': 'none' }],
    ['a form, which can set no header', { 'sec-fetch-site': 'same-origin' }],
  ])('are closed to %s, though somebody is signed in', async (_what, headers) => {
    const world = new PageHarness();
    for (const name of endpoints)
      expect((await world.call(name, anna, { headers, body: sheet() })).status).toBe(403);
    expect(world.batches.rows.size).toBe(0);
  });

  test('return the signed-in user', async () => {
    const world = new PageHarness();
    expect((await world.call('getPageCaller', anna)).json).toEqual({
      ...{ name: 'Anna', userName: 'Anna@contoso.com' },
      ...{ ownOnly: false, pools: [], hasCalendars: false },
    });
    const his = { ownOnly: true, pools: [] };
    expect((await world.call('getPageCaller', ben)).json).toMatchObject(his);
  });

  test('say which pools may be named, and whether people can be invited by mail', async () => {
    const world = new PageHarness({ calendars: {}, pools: { members: { names: ['lessons'] } } });
    const { json } = await world.call('getPageCaller', anna);
    expect(json).toMatchObject({ pools: ['lessons'], hasCalendars: true });
  });
});

describe('rows from the page', () => {
  test('are a batch with its file and its sender, and one when they are sent twice', async () => {
    const world = new PageHarness();
    const first = await world.submit(anna);
    expect(await world.submit(anna)).toMatchObject({ batchId: first.batchId, hasSheet: true });
    expect(world.batch).toMatchObject({
      total: 1,
      rejected: 0,
      csv: { delimiter: ',', header: ['Nr', 'Teacher', 'Pupil'] },
      origin: { callerId: anna.id, callerName: 'Anna', fileName: 'evening.csv' },
    });
    expect((await world.call('listPageBatches', anna)).json).toMatchObject({
      value: [{ batchId: first.batchId, fileName: 'evening.csv', counts: { total: 1 } }],
    });
  });

  test('come back in their own workbook', async () => {
    const world = new PageHarness();
    const workbook = workbookOf({
      sheets: [
        { name: 'Evening', rows: row([text('Teacher')], ' r="3"') + row([text('anna')], ' r="4"') },
      ],
    });
    await world.submit(anna, {
      ...sheet(),
      sheet: { name: 'Evening', headerRow: 3 },
      workbook: Buffer.from(workbook).toString('base64'),
    });
    await world.run();
    const { batchId } = world.batch;
    const { body } = await world.call('getPageBatchResults', anna, {
      params: { batchId },
      query: `/${batchId}/results?format=xlsx`,
    });
    expect(textsOf(body as Uint8Array, 'Evening').join()).toContain('https://teams.example/0');
  });

  test('come back as they were corrected, with a note of what stood there', async () => {
    const world = new PageHarness();
    const workbook = workbookOf({
      sheets: [
        {
          name: 'Evening',
          rows: row(['Nr', 'Teacher'].map(text)) + row(['1', 'nobody'].map(text)),
        },
      ],
    });
    const corrections = [{ column: 2, from: 'nobody', to: 'anna@contoso.com' }];
    await world.submit(anna, {
      ...sheet({
        header: ['Nr', 'Teacher'],
        rows: [{ row: 2, cells: ['1', 'anna@contoso.com'], corrections, request: request() }],
      }),
      sheet: { name: 'Evening', headerRow: 1 },
      workbook: Buffer.from(workbook).toString('base64'),
    });
    await world.run();
    const { batchId } = world.batch;
    const resultsAs = (format: string): Promise<Answer> =>
      world.call('getPageBatchResults', anna, {
        params: { batchId },
        query: `/${batchId}/results?format=${format}`,
      });
    const [header, ...rows] = textsOf((await resultsAs('xlsx')).body as Uint8Array);
    expect(rows[0]?.slice(0, 3)).toEqual(['1', 'anna@contoso.com', 'https://teams.example/0']);
    expect([header?.at(-1), rows[0]?.at(-1)]).toEqual([
      'correctedCells',
      'Teacher: "nobody" → "anna@contoso.com"',
    ]);
    expect((await resultsAs('csv')).body).toMatch(
      /,correctedCells\r\n.*,"Teacher: ""nobody"" → ""anna@contoso.com"""\r\n$/,
    );
  });

  test.each([
    ['another key', sheet({ owner: 'me' })],
    ['an envelope around a request', rowsWith({ data: request() })],
    ['a list of requests', rowsWith([request()])],
    ['a workbook that is none', sheet({ sheet: { name: 'A', headerRow: 1 }, workbook: 'AAAA' })],
    ['no rows', sheet({ rows: [] })],
  ])('with %s are refused', async (_what, body) => {
    const world = new PageHarness();
    expect((await world.call('submitPageBatch', anna, { body })).status).toBe(400);
    expect(world.batches.rows.size).toBe(0);
  });

  test('are checked at once, by JSON path, and then nothing is kept', async () => {
    const world = new PageHarness();
    const { json } = await world.call('submitPageBatch', anna, {
      query: '?check=true',
      body: rowsWith(
        request(),
        request({ requestId: 'b', organizer: 'anna' }),
        request({
          requestId: 'c',
          meeting: { subject: 'Past', startDateTime: '2020-01-01 10:00' },
        }),
      ),
    });
    expect(json).toMatchObject({
      value: [
        { row: 3, problems: [{ code: 'invalidIdentity', target: 'organizer' }] },
        { row: 4, problems: [{ code: 'inThePast', target: 'meeting.endDateTime' }] },
      ],
    });
    expect([world.batches.rows.size, world.rows.blobs.size]).toEqual([0, 0]);
  });
});

describe('without the role Meetings.Create', () => {
  const linesOf = async (world: PageHarness): Promise<readonly Record<string, never>[]> => {
    const stored = await world.rows.readChunk(world.batch.rows, 0);
    return stored
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, never>);
  };

  test('meetings are one’s own, under ids of one’s own', async () => {
    const world = new PageHarness();
    const space = `me:${ben.id}:`;
    await world.submit(
      ben,
      rowsWith(
        request({ organizer: undefined, requestId: 'a' }),
        request({ organizer: 'BEN@contoso.com', requestId: `${space}b` }),
        request({ organizer: 'anna@contoso.com', requestId: 'c' }),
      ),
    );
    expect(await linesOf(world)).toMatchObject([
      { requestId: `${space}a`, input: { organizer: ben.id } },
      { requestId: `${space}b`, input: { organizer: ben.id } },
      { requestId: `${space}c`, problems: [{ code: 'notYours', target: 'Teacher' }] },
    ]);
  });

  test('an id in another’s space stays one in one’s own', async () => {
    const world = new PageHarness();
    await world.submit(
      ben,
      rowsWith(request({ organizer: undefined, requestId: `me:${anna.id}:a` })),
    );
    expect(await linesOf(world)).toMatchObject([{ requestId: `me:${ben.id}:me:${anna.id}:a` }]);
  });

  test('another’s list is not there, with the role it can be seen', async () => {
    const world = new PageHarness();
    const { batchId } = await world.submit(ben, rowsWith(request({ organizer: undefined })));
    const look = async (user: User): Promise<readonly number[]> =>
      Promise.all(
        (['getPageBatch', 'getPageBatchResults', 'cancelPageBatch'] as const).map(
          async (name) =>
            (
              await world.call(name, user, {
                params: { batchId },
                query: `/${batchId}`,
              })
            ).status,
        ),
      );
    expect(await look(carla)).toEqual([404, 404, 404]);
    expect(await look(anna)).toEqual([200, 200, 200]);
    expect((await world.call('listPageBatches', carla)).json).toEqual({ value: [] });
  });

  test('a batch that was not sent from the page belongs to nobody there', async () => {
    const world = new PageHarness();
    const { batch } = await world.accept({ body: Buffer.from(JSON.stringify([request()])) });
    const params = { batchId: batch.batchId };
    expect((await world.call('getPageBatch', anna, { params })).status).toBe(404);
  });

  test('the key of one user is not that of another', async () => {
    const world = new PageHarness();
    const rows = rowsWith(request({ organizer: undefined }));
    const one = await world.submit(ben, rows);
    expect((await world.submit(carla, rows)).batchId).not.toBe(one.batchId);
  });
});
