import { Client, GraphError, HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import type { FaultPlanInput } from '../../../local/graph-simulator';
import { eventually } from '../../support/harness/eventually';
import { makeToken, meetings, SimulatorClient, users, type Json } from './simulator-client';

let client: SimulatorClient;
const clock = { now: new Date('2026-12-01T10:00:00Z') };

beforeAll(async () => {
  client = await SimulatorClient.start({ now: () => clock.now });
});

afterAll(() => client.close());

beforeEach(() => {
  clock.now = new Date('2026-12-01T10:00:00Z');
  client.simulator.reset();
});

const post = `POST ${meetings}`;
const body = { subject: 'Talk' };
const count = (): number => client.simulator.meetings.list().length;

async function setFaults(plan: FaultPlanInput): Promise<void> {
  expect((await client.control('PUT /faults', plan)).status).toBe(200);
}

type FaultInput = NonNullable<FaultPlanInput['rules']>[number]['fault'];

async function setFault(fault: FaultInput): Promise<void> {
  await setFaults({ rules: [{ fault }] });
}

describe('a status', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the effect leaves %d meetings', async (when, expected) => {
    await setFault({ kind: 'status', status: 503, when });
    const reply = await client.send(post, { body });
    expect(reply.status).toBe(503);
    expect(count()).toBe(expected);
    const [entry] = (await client.control('GET /requests')).list;
    expect(entry).toMatchObject({ status: 503, fault: 'status', committed: expected === 1 });
  });

  test.each([
    ['no Retry-After', {}, null],
    ['seconds', { retryAfterSeconds: 7 }, '7'],
    ['a date', { retryAfterDate: 30 }, 'Tue, 01 Dec 2026 10:00:30 GMT'],
  ])('of 429 comes with %s', async (_, more, expected) => {
    await setFault({ kind: 'status', status: 429, ...more });
    const reply = await client.send(post, { body });
    expect(reply.status).toBe(429);
    expect(reply.headers.get('retry-after')).toBe(expected);
    expect(reply.body).toMatchObject({
      error: { code: 'TooManyRequests', innerError: { code: '429', status: '429' } },
    });
  });

  test('can have a body of its own', async () => {
    const given = { error: { code: 'General', message: 'x' } };
    await setFault({ kind: 'status', status: 403, body: given });
    expect((await client.send(post, { body })).body).toEqual(given);
  });

  test('is what Microsoft’s client reads', async () => {
    await setFault({ kind: 'status', status: 500 });
    const graph = Client.initWithMiddleware({
      baseUrl: client.simulator.url,
      middleware: new HTTPMessageHandler(),
    });
    const authorization = `Bearer ${makeToken()}`;
    const request = graph.api(meetings).header('authorization', authorization);
    const error: unknown = await request.post(body).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ statusCode: 500, code: 'InternalServerError' });
    await setFaults({});
    expect(await request.post(body)).toMatchObject(body);
  });
});

describe.each(['drop', 'truncate'] as const)('%s', (kind) => {
  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the effect leaves %d meetings and no answer', async (when, expected) => {
    await setFault({ kind, when });
    await expect(client.send(post, { body })).rejects.toThrow(/fetch failed|terminated/);
    expect(count()).toBe(expected);
  });
});

test('a truncated answer has a head', async () => {
  await setFault({ kind: 'truncate', when: 'after' });
  const response = await fetch(`${client.simulator.url}/v1.0${meetings}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${makeToken()}`, 'content-type': 'application/json' },
  });
  expect(response.status).toBe(201);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('a hanging call breaks when its time is over', async () => {
  await setFault({ kind: 'hang', ms: 20, when: 'after' });
  await expect(client.send(post, { body })).rejects.toThrow('fetch failed');
  expect(count()).toBe(1);
});

test('closing ends calls that hang or are late', async () => {
  const other = await SimulatorClient.start({
    faults: {
      rules: [
        { match: { method: 'GET' }, fault: { kind: 'hang' } },
        { fault: { kind: 'latency', ms: 60_000 } },
      ],
    },
  });
  const calls = ['GET /users', post].map((call) => other.send(call, { body: undefined }));
  const ended = Promise.allSettled(calls);
  await eventually('both requests', () => other.simulator.log.list().length === 2);
  await other.close();
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('latency adds to the fault that decides', async () => {
  await setFaults({
    rules: [
      { fault: { kind: 'latency', ms: 15 } },
      { fault: { kind: 'status', status: 500 } },
      { fault: { kind: 'latency', ms: { median: 10, p95: 12 } } },
      { fault: { kind: 'status', status: 502 } },
    ],
  });
  const before = performance.now();
  expect((await client.send(post, { body })).status).toBe(500);
  expect(performance.now() - before).toBeGreaterThan(20);
  const { body: report } = await client.control('GET /faults');
  expect((report['rules'] as Json[]).map((rule) => rule['fired'])).toEqual([1, 1, 1, 0]);
});

test.each<[string, object, boolean]>([
  ['the method', { method: 'post' }, true],
  ['another method', { method: 'PATCH' }, false],
  ['a part of the path', { path: 'onlineMeetings' }, true],
  ['a pattern of the path', { path: 'onlineMeetings$' }, true],
  ['another path', { path: 'createOrGet' }, false],
  ['a part of the body', { bodyIncludes: 'Tal' }, true],
  ['another body', { bodyIncludes: 'Walk' }, false],
  ['the subject', { subject: 'Talk' }, true],
  ['another subject', { subject: 'Tal' }, false],
  ['an externalId that is not there', { externalId: 'e1' }, false],
])('a rule can name %s', async (_, match, isHit) => {
  await setFaults({ rules: [{ match, fault: { kind: 'status', status: 500 } }] });
  expect((await client.send(post, { body })).status).toBe(isHit ? 500 : 201);
});

test('a rule that names an externalId goes for the meeting’s later calls too', async () => {
  const made = await client.send(`${post}/createOrGet`, { body: { ...body, externalId: 'e1' } });
  await setFaults({
    rules: [{ match: { externalId: 'e1' }, fault: { kind: 'status', status: 500 } }],
  });
  const patch = `PATCH ${meetings}/${String(made.body['id'])}`;
  expect((await client.send(patch, { body })).status).toBe(500);
});

test('a rule waits for its turn and stops after its count', async () => {
  await setFaults({ rules: [{ after: 1, count: 2, fault: { kind: 'status', status: 500 } }] });
  const statuses: number[] = [];
  for (let call = 0; call < 5; call += 1) statuses.push((await client.send(post, { body })).status);
  expect(statuses).toEqual([201, 500, 500, 201, 201]);
  const { body: report } = await client.control('GET /faults');
  expect(report['rules']).toMatchObject([{ matched: 5, fired: 2 }]);
});

describe('a caller who retries before Retry-After', () => {
  const rules: FaultPlanInput['rules'] = [
    { count: 1, fault: { kind: 'status', status: 429, retryAfterSeconds: 10 } },
  ];
  const other = { subject: 'Other' };
  const otherOrganizer = `POST /users/${users.ben}/onlineMeetings`;

  test.each([
    ['off', [201, 201, 201], 0],
    ['request', [429, 201, 201], 1],
    ['organizer', [429, 429, 201], 2],
    ['app', [429, 429, 429], 3],
  ] as const)('is throttled by %s', async (enforceRetryAfter, expected, earlyCalls) => {
    await setFaults({ rules, enforceRetryAfter });
    expect((await client.send(post, { body })).status).toBe(429);
    clock.now = new Date('2026-12-01T10:00:09.5Z');
    const replies = [
      await client.send(post, { body }),
      await client.send(post, { body: other }),
      await client.send(otherOrganizer, { body }),
    ];
    expect(replies.map(({ status }) => status)).toEqual(expected);
    expect(replies[0]?.headers.get('retry-after')).toBe(earlyCalls === 0 ? null : '1');
    expect((await client.control('GET /faults')).body).toMatchObject({ earlyCalls });
  });

  test('is throttled but not early while the answer is still on its way', async () => {
    await setFaults({ rules, enforceRetryAfter: 'app' });
    await client.send(post, { body });
    expect((await client.send(post, { body })).status).toBe(429);
    expect((await client.control('GET /faults')).body).toMatchObject({ earlyCalls: 0 });
  });

  test('is let through when the time is over', async () => {
    await setFaults({ rules, enforceRetryAfter: 'app' });
    await client.send(post, { body });
    clock.now = new Date('2026-12-01T10:00:10Z');
    expect((await client.send(post, { body })).status).toBe(201);
  });
});

test.each<[string, unknown]>([
  ['a misspelt member', { rules: [{ fault: { kind: 'drop', wen: 'after' } }] }],
  ['an unknown kind', { rules: [{ fault: { kind: 'explode' } }] }],
  ['a broken pattern', { rules: [{ match: { path: '(' }, fault: { kind: 'drop' } }] }],
  ['a probability above 1', { rules: [{ probability: 2, fault: { kind: 'drop' } }] }],
])('a plan with %s is refused', async (_, plan) => {
  expect((await client.control('PUT /faults', plan)).status).toBe(400);
});
