import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import type { BatchStatus } from '../../../../src/batches/results/batch-status';
import { makeGetBatchResultsHandler } from '../../../../src/handlers/http/batches/batch-results';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
  makeSubmitBatchHandler,
} from '../../../../src/handlers/http/batches/batches';
import { makeRequeueDeadBatchHandler } from '../../../../src/handlers/queue/requeue-dead-batch';
import { makeRunBatchHandler } from '../../../../src/handlers/queue/run-batch';
import { answering } from '../../../../src/handlers/invocation';
import type { HttpHandler } from '../../../../src/handlers/http/response';
import { makeProcessMeetingRequestHandler } from '../../../../src/handlers/queue/process-meeting-request';
import { resumeStalledBatches } from '../../../../src/batches/run/resume-stalled-batches';
import { runBatch } from '../../../../src/batches/run/run-batch';
import { aRow, asBody, BatchHarness, someRows } from '../../../support/harness/batch-harness';
import { CoreHarness } from '../../../support/harness/core-harness';
import { invocation } from '../../../support/harness/queue-harness';

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly params?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

type Answer = HttpResponseInit & { readonly headers: Readonly<Record<string, string>> };

const context = new InvocationContext({ invocationId: 'invocation-1' });

async function call(
  handler: HttpHandler,
  harness: BatchHarness,
  { path = '/api/batches', body, ...init }: Call,
): Promise<Answer> {
  const request = new HttpRequest({
    method: 'GET',
    url: `https://convoke.example${path}`,
    ...init,
    ...(body !== undefined && { body: { bytes: Buffer.from(body) } }),
  });
  return (await answering(handler, harness.deps)(request, context)) as Answer;
}

const submit = (
  harness: BatchHarness,
  body: string | Uint8Array,
  more: Call = {},
): Promise<Answer> =>
  call(makeSubmitBatchHandler(harness.deps), harness, { method: 'POST', body, ...more });

const statusIn = ({ jsonBody }: Answer): BatchStatus & { statusUrl: string; resultsUrl: string } =>
  jsonBody as BatchStatus & { statusUrl: string; resultsUrl: string };

async function submitted(
  rows: readonly object[],
): Promise<{ harness: BatchHarness; params: Record<string, string> }> {
  const harness = new BatchHarness();
  const answer = await submit(harness, JSON.stringify(rows));
  return { harness, params: paramsOf(statusIn(answer).statusUrl) };
}

const textOf = ({ body }: Answer): string => (typeof body === 'string' ? body : '');

function paramsOf(url: string): Record<string, string> {
  const [, batchId = '', token = ''] = /\/batches\/([^/]+)\/status\/([^/]+)$/.exec(url) ?? [];
  return { batchId, token };
}

describe('POST /api/batches', () => {
  test('answers 202 with an absolute address that opens the batch by itself', async () => {
    const harness = new BatchHarness();
    const answer = await submit(harness, JSON.stringify([...someRows(2), {}]));
    expect(answer).toMatchObject({
      status: 202,
      headers: { 'Retry-After': '2', 'Cache-Control': 'no-store' },
      jsonBody: { state: 'accepted', counts: { total: 3, accepted: 2, rejected: 1, pending: 3 } },
    });
    const location = answer.headers['Location'] ?? '';
    expect(location).toMatch(
      /^https:\/\/convoke\.example\/api\/batches\/[\w-]{36}\/status\/token-1$/,
    );
    expect(statusIn(answer)).toMatchObject({
      statusUrl: location,
      resultsUrl: `${location}/results`,
    });
  });

  test('names the first ten rows that were rejected, at once', async () => {
    const sheet = [
      'subject,organizer,start,end',
      'good,a@x.org,2030-12-01T14:30Z,2030-12-01T15:00Z',
    ];
    for (let row = 3; row <= 14; row += 1) sheet.push(`bad ${row},a@x.org,soon,2030-12-01T15:00Z`);
    const answer = await submit(new BatchHarness(), sheet.join('\n'));
    const { firstErrors } = statusIn(answer);
    expect(firstErrors.map(({ index, row }) => [index, row])).toEqual(
      Array.from({ length: 10 }, (_, place) => [place + 1, place + 3]),
    );
    expect(firstErrors[0]).toMatchObject({
      code: 'invalidRequest',
      message: expect.stringMatching(/^Row 3, start: "soon" is not a date/) as unknown,
    });
  });

  const validSheet = 'subject,organizer,start,end\na,a@x.org,2030-12-01T14:30Z,2030-12-01T15:00Z\n';

  test.each<[string, string, string, number]>([
    ['application/json', 'JSON', '[{}]', 202],
    ['application/json; charset=utf-8', 'CSV', 'subject\na\n', 400],
    ['text/csv', 'CSV', validSheet, 202],
    ['text/csv', 'JSON', '[{}]', 400],
    ['text/plain', 'JSON', ' {"requests":[{}]}', 202],
    ['application/octet-stream', 'CSV', validSheet, 202],
  ])('sent as %s, %s is accepted or refused', async (type, _kind, body, status) => {
    const answer = await submit(new BatchHarness(), body, { headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
  });

  test.each([
    ['/api/Batches', '/api/batches/'],
    ['/api/BATCHES/', '/api/batches/'],
    ['/gateway/batches-of-school/api/batches', '/gateway/batches-of-school/api/batches/'],
  ])('called as %s it hands out addresses that are served', async (path, start) => {
    const answer = await submit(new BatchHarness(), JSON.stringify(someRows(1)), { path });
    const { statusUrl, resultsUrl } = statusIn(answer);
    for (const url of [answer.headers['Location'], statusUrl, resultsUrl])
      expect(new URL(url ?? '').pathname).toMatch(new RegExp(`^${start}[\\w-]{36}/status/`));
  });

  test('takes defaults from the query, under those of the body', async () => {
    const harness = new BatchHarness();
    const path =
      '/api/batches?organizer=a@x.org&timeZone=Europe/Lisbon&durationMinutes=30&code=secret';
    const answer = await submit(harness, 'subject;startDateTime\nEvening;2026-12-01T14:30:00\n', {
      path,
      headers: { 'content-type': 'text/csv' },
    });
    expect(statusIn(answer).counts).toMatchObject({ total: 1, rejected: 0 });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', Buffer.from(''), /as JSON, as CSV or as a workbook/],
    ['text that is not UTF-8', Buffer.from('subject\nR\xe9union\n', 'latin1'), /CSV UTF-8/],
  ])('refuses %s, saying how it should come', async (_name, body, remedy) => {
    const answer = await submit(new BatchHarness(), body);
    expect(answer).toMatchObject({
      status: 400,
      jsonBody: {
        error: { code: 'invalidRequest', innerError: { remedy: expect.stringMatching(remedy) } },
      },
    });
  });

  test('with an Idempotency-Key gives the same batch again, and 200 once it is finished', async () => {
    const harness = new BatchHarness();
    const headers = { 'Idempotency-Key': 'k' };
    const [first, second] = [
      await submit(harness, JSON.stringify(someRows(2)), { headers }),
      await submit(harness, JSON.stringify(someRows(2)), { headers }),
    ];
    expect(statusIn(second).batchId).toBe(statusIn(first).batchId);
    await harness.run();
    const third = await submit(harness, JSON.stringify(someRows(2)), { headers });
    expect(third).toMatchObject({
      status: 200,
      jsonBody: { state: 'finished', counts: { created: 2 } },
    });
    const other = await submit(harness, JSON.stringify(someRows(3)), { headers });
    expect(other).toMatchObject({
      status: 409,
      jsonBody: { error: { code: 'requestIdReused', target: 'Idempotency-Key' } },
    });
  });
});

describe('GET /api/batches/{batchId}', () => {
  test('is 202 with Location and Retry-After until the batch is finished, then 200', async () => {
    const { harness, params } = await submitted(someRows(2));
    const path = `/api/batches/${params['batchId']}/status/${params['token']}`;
    const get = makeGetBatchHandler(harness.deps, 'token');
    expect(await call(get, harness, { path, params })).toMatchObject({
      status: 202,
      headers: { Location: `https://convoke.example${path}`, 'Retry-After': '2' },
    });
    await harness.run();
    const finished = await call(get, harness, { path, params });
    expect(finished).toMatchObject({
      status: 200,
      jsonBody: { state: 'finished', counts: { created: 2, pending: 0 } },
    });
    expect(finished.headers).not.toHaveProperty('Retry-After');
  });

  test('with the key needs no token, and hands none out', async () => {
    const { harness, params } = await submitted(someRows(2));
    const path = `/api/batches/${params['batchId']}`;
    const answer = await call(makeGetBatchHandler(harness.deps, 'key'), harness, {
      path,
      params: { batchId: params['batchId'] ?? '' },
    });
    expect(statusIn(answer).statusUrl).toBe(`https://convoke.example${path}`);
  });

  test.each<[string, (params: Record<string, string>) => Record<string, string>]>([
    ['a wrong token', (params) => ({ ...params, token: 'token-2' })],
    ['no token', ({ batchId = '' }) => ({ batchId })],
    ['another batch', (params) => ({ ...params, batchId: '00000000-0000-4000-8000-999999999999' })],
    ['no id at all', (params) => ({ ...params, batchId: "x' or '" })],
  ])('is the same 404 for %s', async (_name, change) => {
    const { harness, params } = await submitted(someRows(2));
    const answer = await call(makeGetBatchHandler(harness.deps, 'token'), harness, {
      params: change(params),
    });
    expect(answer).toMatchObject({
      status: 404,
      jsonBody: { error: { code: 'batchNotFound', message: 'This batch does not exist.' } },
    });
  });
});

describe('GET /api/batches/{batchId}/results', () => {
  const results = async (query: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const { harness, params } = await submitted([...someRows(3), aRow(3, { organizer: '=1' })]);
    await harness.run();
    const path = `/api/batches/${params['batchId']}/status/${params['token']}/results${query}`;
    return call(makeGetBatchResultsHandler(harness.deps, 'token'), harness, {
      path,
      params,
      headers,
    });
  };

  test('are JSON pages with a link to the next', async () => {
    const answer = await results('?top=3&code=secret');
    const { value, nextLink } = answer.jsonBody as { value: object[]; nextLink: string };
    expect(value).toMatchObject([{ index: 0, status: 'created' }, { index: 1 }, { index: 2 }]);
    expect(nextLink).toMatch(/\/batches\/[\w-]+\/status\/token-1\/results\?skip=3&top=3$/);
    expect(answer.headers['Link']).toBe(`<${nextLink}>; rel="next"`);
    expect((await results('?skip=3')).jsonBody).toMatchObject({
      value: [{ index: 3, status: 'failed', row: 4 }],
    });
    expect((await results('?skip=3')).jsonBody).not.toHaveProperty('nextLink');
  });

  test.each<[string, Record<string, string>, string]>([
    ['', {}, 'json'],
    ['?format=csv', {}, 'csv'],
    ['', { accept: 'text/csv' }, 'csv'],
    ['', { accept: 'application/x-ndjson' }, 'ndjson'],
    ['?format=json', { accept: 'text/csv' }, 'json'],
  ])('for %j and %j are %s', async (query, headers, format) => {
    const answer = await results(query, headers);
    const types: Record<string, string> = {
      csv: 'text/csv; charset=utf-8',
      ndjson: 'application/x-ndjson; charset=utf-8',
    };
    expect(answer.headers['Content-Type']).toBe(types[format]);
  });

  test('as CSV begin with a mark, and are harmless', async () => {
    const lines = textOf(await results('?format=csv&delimiter=semicolon')).split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFrow;requestId;organizer;/);
    expect(lines[4]).toMatch(/^4;row-3;'=1;/);
    expect(lines).toHaveLength(6);
  });

  test('as JSON lines have a line for each row', async () => {
    const lines = textOf(await results('?format=ndjson')).split('\n');
    expect(lines.slice(0, -1).map((line) => (JSON.parse(line) as { index: number }).index)).toEqual(
      [0, 1, 2, 3],
    );
  });

  test.each(['?format=xml', '?top=0', '?top=x', '?skip=-1', '?format=csv&delimiter=x'])(
    '%s is refused',
    async (query) => {
      expect((await results(query)).status).toBe(400);
    },
  );
});

describe('DELETE /api/batches/{batchId}', () => {
  test('is 202 while the batch comes to its end, and 200 after it', async () => {
    const { harness, params } = await submitted(someRows(2));
    const cancel = makeCancelBatchHandler(harness.deps);
    const request = { method: 'DELETE', path: `/api/batches/${params['batchId']}`, params };
    expect(await call(cancel, harness, request)).toMatchObject({
      status: 202,
      jsonBody: { state: 'cancelling' },
    });
    expect(await call(cancel, harness, request)).toMatchObject({ status: 202 });
    await harness.run();
    expect(await call(cancel, harness, request)).toMatchObject({
      status: 200,
      jsonBody: { state: 'cancelled', counts: { created: 0, failed: 2 } },
    });
  });

  test('is 409 when there is nothing left to cancel', async () => {
    const { harness, params } = await submitted(someRows(2));
    await harness.run();
    expect(
      await call(makeCancelBatchHandler(harness.deps), harness, { method: 'DELETE', params }),
    ).toMatchObject({ status: 409, jsonBody: { error: { code: 'batchFinished' } } });
  });
});

describe('the batches queue', () => {
  const message = (harness: BatchHarness): Buffer => {
    const { batchId, sequence } = harness.takeMessage();
    return Buffer.from(JSON.stringify({ batchId, sequence }));
  };

  test('starts the batch that a message names', async () => {
    const { harness } = await submitted(someRows(2));
    await makeRunBatchHandler(harness.deps)(message(harness), context);
    expect(harness.sent).toHaveLength(2);
  });

  test('drops what is no message, and messages about unknown batches', async () => {
    const harness = new BatchHarness();
    const run = makeRunBatchHandler(harness.deps);
    await run(Buffer.from('garbage'), context);
    await run(Buffer.from(JSON.stringify({ batchId: 'x', sequence: 1 })), context);
    expect([harness.sent, harness.queue.messages]).toEqual([[], []]);
  });

  test('gets a new message for a dead one, which continues although the dead one was received', async () => {
    const { harness } = await submitted(someRows(2));
    const first = harness.takeMessage();
    await runBatch(first, harness.stillDeps);
    harness.queue.messages.length = 0;
    const dead = Buffer.from(JSON.stringify({ batchId: first.batchId, sequence: 1 }));
    await makeRequeueDeadBatchHandler(harness.deps)(dead, invocation('dead', 1));
    expect(harness.queue.messages).toMatchObject([{ sequence: 2, delayMs: 60_000 }]);
    await harness.run();
    expect(harness.batch.state).toBe('finished');
  });

  test.each([3, 4, 5])(
    'lets a dead message go at its delivery %i, and the timer continues its batch',
    async (delivery) => {
      const { harness } = await submitted(someRows(2));
      const down = { enqueue: () => Promise.reject(new Error('Storage is out of reach.')) };
      const requeue = makeRequeueDeadBatchHandler({ ...harness.deps, queue: down });
      await expect(
        requeue(message(harness), invocation('dead', delivery)),
      ).resolves.toBeUndefined();
      harness.time.advance(6 * 60_000);
      await resumeStalledBatches(harness.deps);
      await harness.run();
      expect(harness.batch.state).toBe('finished');
    },
  );
});

describe('a row of a cancelled batch on the requests queue', () => {
  const deliver = async (core: CoreHarness, attempts: number, cancelled = true): Promise<void> => {
    const handler = makeProcessMeetingRequestHandler({
      ...core.deps,
      requests: { send: () => Promise.resolve() },
      messages: { save: () => Promise.resolve(''), load: () => Promise.resolve(undefined) },
      maxAgeMs: 86_400_000,
      isCancelled: () => Promise.resolve(cancelled),
      isRowToken: () => Promise.resolve(true),
    });
    const metadata = {
      batchId: 'b',
      index: 5,
      attempts,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
    };
    await handler(asBody({ ...aRow(5), metadata }), context);
  };

  test.each<[string, number, boolean, string]>([
    ['is answered as cancelled', 0, true, 'failed'],
    ['is answered as cancelled if it was put back before it was begun', 1, true, 'failed'],
    ['is made if the batch is not cancelled', 0, false, 'created'],
  ])('%s', async (_name, attempts, cancelled, status) => {
    const core = new CoreHarness();
    await deliver(core, attempts, cancelled);
    expect(core.results.published).toMatchObject([
      { batchId: 'b', index: 5, requestId: 'row-5', status },
    ]);
    expect(core.graph.meetings).toHaveLength(status === 'created' ? 1 : 0);
  });

  test('runs to its end if the ledger knows it', async () => {
    const core = new CoreHarness();
    await deliver(core, 0, false);
    await deliver(core, 0);
    expect(core.results.published.map(({ status }) => status)).toEqual(['created', 'created']);
  });
});
