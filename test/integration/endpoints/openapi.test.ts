import type { FunctionsHostProcess } from '../../../local/functions-host-process';
import { Stack } from '../../../local/stack';
import { operations } from '../../../src/openapi/operations';
import {
  DescribedApi,
  type ApiAnswer,
  type Call,
  type OpenApi,
} from '../../support/harness/described-api';
import { eventually } from '../../support/harness/eventually';
import { inTests, requestBody } from '../../support/harness/stack-harness';

const key = { 'x-functions-key': 'function-key-of-this-test' };
const masterKey = { 'x-functions-key': 'master-key-of-this-test' };
const organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const claims = [{ typ: 'oid', val: organizer }];
/** A person without an app role. */
const signedIn = {
  'x-ms-client-principal': Buffer.from(JSON.stringify({ auth_typ: 'aad', claims })).toString(
    'base64',
  ),
};
let stack: Stack;
let host: FunctionsHostProcess;
let api: DescribedApi;
const called = new Set<string>();

beforeAll(async () => {
  stack = await Stack.startWithoutHost(inTests({ settings: { WEBSITE_AUTH_ENABLED: 'true' } }));
  host = await stack.addHost({
    arguments: [
      '--enable-auth',
      '--master-key',
      masterKey['x-functions-key'],
      '--function-key',
      key['x-functions-key'],
    ],
  });
  const response = await fetch(`${host.url}/api/openapi.json`);
  api = new DescribedApi((await response.json()) as OpenApi);
}, 60_000);
afterAll(() => stack.close());

/** With the function key, unless headers say otherwise. */
function call(operationId: string, more: Call = {}): Promise<ApiAnswer> {
  called.add(operationId);
  return api.call(host.url, operationId, { headers: key, ...more });
}

const meeting = {
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
};
const rows = [
  requestBody({ requestId: 'o-1' }),
  requestBody({ requestId: 'o-2', organizer: 'nobody@contoso.com' }),
];

async function finishedBatch(): Promise<{ batchId: string; token: string }> {
  const { body } = await call('submitBatch', {
    body: { requests: rows },
    parameters: { 'Idempotency-Key': 'o-batch' },
  });
  const { batchId, statusUrl } = body as { batchId: string; statusUrl: string };
  await eventually('the end of the batch', async () => {
    const { status } = await call('getBatch', { parameters: { batchId } });
    return status !== 202;
  });
  return { batchId, token: statusUrl.split('/').at(-1) ?? '' };
}

test('describes every function that is called over HTTP, under its name, address and method', () => {
  const functions = host.functions
    .filter(
      ({ trigger, name }) =>
        trigger === 'http' && !['openApi', 'zzNotServed', 'mcp'].includes(name),
    )
    // The endpoints behind the page are only for the page.
    .filter(({ route = '' }) => !/^api\/app(\/|$)/.test(route))
    .map(({ name, route = name, methods = [] }) =>
      `${methods.join()} /${route} ${name}`.toLowerCase(),
    );
  const described = api.operations.map(({ method, path, operation }) =>
    `${method} /api${path} ${operation.operationId}`.toLowerCase(),
  );
  expect(described.toSorted()).toEqual(functions.toSorted());
});

test.each([
  ...operations
    .filter(({ access }) => access === 'key')
    .map(({ operationId, method, path }) => [operationId, method.toUpperCase(), path] as const),
  ['mcp', 'POST', '/mcp'] as const,
])('%s is closed to a signed-in caller without the role', async (_id, method, path) => {
  const address = `${host.url}/api${path.replaceAll(/\{\w+\}/g, 'x')}`;
  const { status } = await fetch(address, { method, headers: { ...key, ...signedIn } });
  expect(status).toBe(403);
});

test('createMeeting: made, repeated, and refused in many ways', async () => {
  const body = requestBody({ requestId: 'o-create' });
  expect((await call('createMeeting', { body })).status).toBe(201);
  expect((await call('createMeeting', { body })).status).toBe(200);
  expect((await call('createMeeting', { body, headers: {} })).status).toBe(401);
  expect(
    (
      await call('createMeeting', {
        body: requestBody({ requestId: 'o-create', durationMinutes: 45 }),
      })
    ).status,
  ).toBe(409);
  expect(
    (
      await call('createMeeting', {
        body: requestBody({ durationMinutes: 1, timeZone: 'Nowhere' }),
      })
    ).status,
  ).toBe(400);
  expect(
    (await call('createMeeting', { body: requestBody({ organizer: 'nobody@contoso.com' }) }))
      .status,
  ).toBe(404);
  expect(
    (await call('createMeeting', { body: requestBody({ organizer: 'no-policy@contoso.com' }) }))
      .status,
  ).toBe(403);
});

test.each([
  [
    'createOnlineMeeting',
    { body: meeting, parameters: { userId: organizer, 'Idempotency-Key': 'o-graph' } },
  ],
  [
    'createOrGetOnlineMeeting',
    { body: { ...meeting, externalId: 'o-external' }, parameters: { userId: organizer } },
  ],
])('%s: made, and repeated', async (operationId, request) => {
  const [first, second] = [await call(operationId, request), await call(operationId, request)];
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body).toEqual(first.body);
});

test('createMyOnlineMeeting, createOrGetMyOnlineMeeting: only for signed-in callers', async () => {
  for (const [operationId, body] of [
    ['createMyOnlineMeeting', meeting],
    ['createOrGetMyOnlineMeeting', { ...meeting, externalId: 'o-mine' }],
  ] as const) {
    expect((await call(operationId, { body, headers: signedIn })).status).toBe(201);
    expect((await call(operationId, { body, headers: {} })).status).toBe(401);
  }
});

test.each(['', 'My'])(
  'stored meetings (%s): read, found, changed, deleted, and gone',
  async (my) => {
    const headers = my === '' ? key : signedIn;
    const whose = my === '' ? { userId: organizer } : {};
    const made = await call('createOnlineMeeting', {
      body: meeting,
      parameters: { userId: organizer },
    });
    const { id, joinWebUrl } = made.body as { id: string; joinWebUrl: string };
    const parameters = { ...whose, meetingId: id };
    const filter = { ...whose, $filter: `JoinWebUrl eq '${joinWebUrl}'` };
    const named = (verb: string, noun = 'OnlineMeeting'): string => `${verb}${my}${noun}`;
    expect((await call(named('get'), { headers, parameters })).body).toMatchObject({ id });
    expect(
      (await call(named('find', 'OnlineMeetings'), { headers, parameters: filter })).body,
    ).toMatchObject({ value: [{ id }] });
    const changed = await call(named('update'), { headers, parameters, body: { subject: 'New' } });
    expect(changed.body).toMatchObject({ subject: 'New' });
    expect((await call(named('delete'), { headers, parameters })).status).toBe(204);
    expect((await call(named('delete'), { headers, parameters })).status).toBe(404);
  },
);

test('getInvitation: in every form, and not found', async () => {
  await call('createMeeting', { body: requestBody({ requestId: 'o-invitation' }) });
  for (const [format, start] of [
    ['text', /^Parent evening\n/],
    ['html', /^<!doctype html>/],
    ['ics', /^BEGIN:VCALENDAR\r\n/],
  ] as const) {
    const parameters = { requestId: 'o-invitation', format, language: 'de-DE' };
    expect((await call('getInvitation', { parameters })).body).toMatch(start);
  }
  expect((await call('getInvitation', { parameters: { requestId: 'o-none' } })).status).toBe(404);
});

test('getRequest and retryRequest: found, tried again, and not found', async () => {
  await call('createMeeting', { body: requestBody({ requestId: 'o-request' }) });
  const parameters = { requestId: 'o-request' };
  expect((await call('getRequest', { parameters })).body).toMatchObject({ state: 'finished' });
  expect(
    (await call('retryRequest', { parameters: { ...parameters, confirm: true } })).status,
  ).toBe(200);
  expect((await call('getRequest', { parameters: { requestId: 'o-none' } })).status).toBe(404);
  expect((await call('retryRequest', { parameters: { requestId: 'o-none' } })).status).toBe(404);
});

test('updateRequest and cancelRequest: changed, cancelled, and refused then', async () => {
  const parameters = { requestId: 'o-life' };
  const body = { durationMinutes: 45, meeting: { startDateTime: '2026-12-02T14:30:00Z' } };
  expect((await call('updateRequest', { parameters, body })).status).toBe(404);
  await call('createMeeting', { body: requestBody({ requestId: 'o-life' }) });
  expect((await call('updateRequest', { parameters, body })).body).toMatchObject({
    status: 'updated',
    meeting: { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:15:00Z' },
  });
  const over = { meeting: { startDateTime: 'soon', endDateTime: 'later' } };
  expect((await call('updateRequest', { parameters, body: over })).status).toBe(400);
  const live = { ...parameters, live: true };
  expect((await call('getRequest', { parameters: live })).body).toMatchObject({
    state: 'finished',
    meeting: { startDateTime: '2026-12-02T14:30:00Z' },
    changes: [{ action: 'update', status: 'updated' }],
  });
  const cancelled = await call('cancelRequest', { parameters: { ...parameters, comment: 'Ill.' } });
  expect(cancelled.body).toMatchObject({ status: 'cancelled', meeting: null, error: null });
  expect((await call('updateRequest', { parameters, body })).status).toBe(409);
  expect((await call('getRequest', { parameters: live })).body).toMatchObject({
    state: 'cancelled',
    meeting: null,
  });
});

test('batches: sent, asked for, read in every form, found among the finished ones', async () => {
  const { batchId, token } = await finishedBatch();
  const byToken = { batchId, token };
  expect((await call('getBatch', { parameters: { batchId, wait: false } })).status).toBe(200);
  expect((await call('getBatchByToken', { parameters: byToken, headers: {} })).body).toMatchObject({
    counts: { created: 1, failed: 1 },
  });
  expect(
    (await call('getBatchByToken', { parameters: { batchId, token: 'wrong' }, headers: {} }))
      .status,
  ).toBe(404);
  const { body } = await call('getBatchResultsByToken', { parameters: byToken, headers: {} });
  expect(body).toMatchObject({
    value: [
      { requestId: 'o-1', status: 'created' },
      { requestId: 'o-2', status: 'failed' },
    ],
  });
  const page = await call('getBatchResults', { parameters: { batchId, top: 1 } });
  expect(page.body).toMatchObject({ nextLink: expect.stringContaining('skip=1') as unknown });
  for (const format of ['ndjson', 'csv']) {
    expect((await call('getBatchResults', { parameters: { batchId, format } })).body).toContain(
      'o-1',
    );
  }
  expect((await call('getBatchResults', { parameters: { batchId: 'x'.repeat(36) } })).status).toBe(
    404,
  );
  const workbook = await call('getBatchResults', { parameters: { batchId, format: 'xlsx' } });
  expect(workbook.body).toMatch(/^PK/);
  expect((await call('cancelBatch', { parameters: { batchId } })).status).toBe(409);
  expect((await call('retryBatch', { parameters: { batchId } })).status).toBe(202);
  const none = { batchId: 'x'.repeat(36) };
  expect((await call('retryBatch', { parameters: none })).status).toBe(404);
});

test('batches: one that was just sent can be cancelled, and CSV is taken too', async () => {
  const csv =
    'organizer;subject;startDateTime\r\nanna@contoso.com;Parent evening;2026-12-01T14:30\r\n';
  const parameters = { timeZone: 'Europe/Lisbon', durationMinutes: 30 };
  const { status, body } = await call('submitBatch', {
    body: csv,
    contentType: 'text/csv',
    parameters,
  });
  expect(status).toBe(202);
  const { batchId } = body as { batchId: string };
  expect([200, 202, 409]).toContain(
    (await call('cancelBatch', { parameters: { batchId } })).status,
  );
  expect(
    (
      await call('submitBatch', {
        body: { requests: [{ requestId: 'o-1' }, { requestId: 'o-1', language: 'de' }] },
      })
    ).status,
  ).toBe(400);
});

test('previewBatch: says what would happen with the rows, as submitBatch does when it is asked to', async () => {
  const { status, body } = await call('previewBatch', {
    body: { requests: rows },
    parameters: { 'Idempotency-Key': 'o-preview' },
  });
  expect([200, 202]).toContain(status);
  const { batchId } = body as { batchId: string };
  const found = await eventually('the end of the preview', async () => {
    const answer = await call('getBatch', { parameters: { batchId } });
    return answer.status === 200 && answer.body;
  });
  expect(found).toMatchObject({ preview: true, counts: { preview: 2, created: 0 } });
  expect(
    await call('submitBatch', {
      body: { requests: rows },
      parameters: { 'Idempotency-Key': 'o-preview', preview: true },
    }),
  ).toMatchObject({ status: 200, body: { batchId } });
});

test('getTemplate: in both forms, without a key', async () => {
  for (const [format, start] of [
    ['csv', /^requestId,organizer,/],
    ['xlsx', /^PK/],
  ] as const)
    expect((await call('getTemplate', { parameters: { format }, headers: {} })).body).toMatch(
      start,
    );
});

test('listFinishedBatches: says where to begin, and then what was finished', async () => {
  const first = await call('listFinishedBatches');
  expect(first.body).toMatchObject({ value: [], completedAfter: expect.any(String) as unknown });
  const { batchId } = await finishedBatch();
  const { completedAfter } = first.body as { completedAfter: string };
  const found = await eventually(`the batch ${batchId} on the list`, async () => {
    const { body } = await call('listFinishedBatches', { parameters: { completedAfter } });
    const { value } = body as { value: { batchId: string }[] };
    return value.some((each) => each.batchId === batchId) && value;
  });
  expect(found).toContainEqual(expect.objectContaining({ batchId, state: 'finished' }));
  expect(
    (await call('listFinishedBatches', { parameters: { completedAfter: 'yesterday' } })).status,
  ).toBe(400);
});

test('redrive: for operators alone, and of poison queues alone', async () => {
  expect((await call('redrive', { headers: masterKey })).body).toEqual({
    queues: ['meeting-requests-poison', 'meeting-batches-poison'].map((queue) => ({
      queue,
      redriven: 0,
      remaining: 0,
      remedy: null,
    })),
  });
  expect((await call('redrive')).status).toBe(401);
});

test('health and doctor', async () => {
  expect((await call('health', { headers: {} })).body).toEqual({ status: 'ok' });
  expect((await call('doctor', { headers: masterKey })).status).toBe(200);
  expect((await call('doctor')).status).toBe(401);
});

test('listResults, listChoices: what has ended since, and what can be chosen; refused under another name', async () => {
  const { batchId } = await finishedBatch();
  const since = { completedAfter: '2020-01-01T00:00:00Z' };
  const failed = await call('listResults', { parameters: { outcome: 'failed', ...since } });
  expect(failed.status).toBe(200);
  const wrongPlace = { outcome: 'made', completedAfter: 'yesterday' };
  expect((await call('listResults', { parameters: wrongPlace })).status).toBe(400);
  expect((await call('listResults', { parameters: { outcome: 'made' } })).status).toBe(200);
  const batches = await call('listChoices', { parameters: { list: 'batches' } });
  expect(JSON.stringify(batches.body)).toContain(batchId);
  for (const list of ['timeZones', 'organizers'])
    expect((await call('listChoices', { parameters: { list } })).status).toBe(200);
  expect((await call('listChoices', { parameters: { list: 'batches' }, headers: {} })).status).toBe(
    401,
  );
});

test('every operation was called', () => {
  expect([...called].toSorted()).toEqual(
    api.operations.map(({ operation }) => operation.operationId).toSorted(),
  );
});
