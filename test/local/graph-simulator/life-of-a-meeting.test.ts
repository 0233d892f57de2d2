import { meetings, SimulatorClient, users, type Json } from './simulator-client';

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

const one = ({ id }: Json): string => `${meetings}/${encodeURIComponent(String(id))}`;
const createOrGet = async () =>
  client.send(`POST ${meetings}/createOrGet`, { body: { externalId: 'e1' } });
const times = { startDateTime: '2026-12-02T10:00:00Z', endDateTime: '2026-12-02T11:00:00Z' };

async function statuses(meeting: Json): Promise<number[]> {
  const filter = encodeURIComponent(`JoinWebUrl eq '${String(meeting['joinWebUrl'])}'`);
  const calls = [
    `GET ${one(meeting)}`,
    `GET ${meetings}?$filter=${filter}`,
    `PATCH ${one(meeting)}`,
    `DELETE ${one(meeting)}`,
  ];
  const found: number[] = [];
  for (const call of calls)
    found.push((await client.send(call, { body: call.startsWith('GET') ? undefined : {} })).status);
  return found;
}

test('a meeting expires 60 days after its end, and then nothing finds it', async () => {
  const meeting = await client.create(times);
  expect(meeting['expiryDateTime']).toBe('2027-01-31T11:00:00Z');
  clock.now = new Date('2027-01-31T10:59:59Z');
  expect((await client.send(`GET ${one(meeting)}`)).status).toBe(200);
  clock.now = new Date('2027-01-31T11:00:00Z');
  expect(await statuses(meeting)).toEqual([404, 404, 404, 404]);
  expect((await client.control('GET /meetings')).list).toEqual([]);
});

test('a change puts the expiry off by 60 days', async () => {
  const meeting = await client.create(times);
  clock.now = new Date('2027-01-30T11:00:00Z');
  const { body } = await client.send(`PATCH ${one(meeting)}`, { body: { subject: 'Walk' } });
  expect(body['expiryDateTime']).toBe('2027-03-31T11:00:00Z');
});

describe.each([
  ['deleted', async (meeting: Json) => client.send(`DELETE ${one(meeting)}`)],
  ['expired', async () => Promise.resolve((clock.now = new Date('2027-12-01T10:00:00Z')))],
])('createOrGet, after its meeting was %s', (_, end) => {
  test('makes a new one', async () => {
    const { body } = await createOrGet();
    await end(body);
    const again = await createOrGet();
    expect(again.status).toBe(201);
    expect(again.body['id']).not.toBe(body['id']);
  });

  test('returns the dead one, if configured', async () => {
    await client.control('PUT /tenant', { switches: { createOrGetAfterEnd: 'findsDead' } });
    const { body } = await createOrGet();
    await end(body);
    expect(await createOrGet()).toMatchObject({ status: 200, body: { id: body['id'] } });
    expect((await client.send(`GET ${one(body)}`)).status).toBe(404);
  });
});

test('a new meeting is not known for as long as the switch says', async () => {
  await client.control('PUT /tenant', { switches: { meetingKnownAfterMs: 2_000 } });
  const { body } = await createOrGet();
  clock.now = new Date('2026-12-01T10:00:01.9Z');
  expect(await statuses(body)).toEqual([404, 404, 404, 404]);
  expect((await createOrGet()).status).toBe(200);
  clock.now = new Date('2026-12-01T10:00:02.1Z');
  expect(await statuses(body)).toEqual([200, 200, 200, 204]);
});

test('a 404 that comes and goes is a rule', async () => {
  const meeting = await client.create();
  await client.control('PUT /faults', {
    rules: [{ match: { method: 'GET' }, count: 1, fault: { kind: 'status', status: 404 } }],
  });
  const found = [];
  for (let call = 0; call < 2; call += 1)
    found.push((await client.send(`GET ${one(meeting)}`)).status);
  expect(found).toEqual([404, 200]);
});

test('a PATCH that answers 500 after it took effect is a rule', async () => {
  const meeting = await client.create();
  await client.control('PUT /faults', {
    rules: [{ match: { method: 'PATCH' }, fault: { kind: 'status', status: 500, when: 'after' } }],
  });
  const body = { subject: 'Walk' };
  expect((await client.send(`PATCH ${one(meeting)}`, { body })).status).toBe(500);
  expect((await client.send(`GET ${one(meeting)}`)).body).toMatchObject(body);
});

test('a property that is refused is a rule', async () => {
  const meeting = await client.create();
  const error = {
    code: 'InvalidArgument',
    message: 'One or more properties do not support updating.',
  };
  await client.control('PUT /faults', {
    rules: [
      {
        match: { method: 'PATCH', bodyIncludes: '"allowRecording"' },
        fault: { kind: 'status', status: 400, body: { error } },
      },
    ],
  });
  const refused = await client.send(`PATCH ${one(meeting)}`, { body: { allowRecording: false } });
  expect(refused).toMatchObject({ status: 400, body: { error } });
  const taken = await client.send(`PATCH ${one(meeting)}`, { body: { allowWhiteboard: false } });
  expect(taken.status).toBe(200);
});

test('a meeting is found by its meeting id', async () => {
  const { id, joinMeetingIdSettings } = await client.create();
  const { joinMeetingId } = joinMeetingIdSettings as Json;
  const filter = `joinMeetingIdSettings/joinMeetingId eq '${String(joinMeetingId)}'`;
  const reply = await client.send(`GET ${meetings}?$filter=${encodeURIComponent(filter)}`);
  expect(reply).toMatchObject({ status: 200, body: { value: [{ id }] } });
});

test.each<[string, Json, string]>([
  ['the kind of meeting', { meetingType: 'scheduled' }, 'Updating meeting type is not supported.'],
  [
    'the organizer',
    { participants: { organizer: { upn: 'ben@contoso.com' } } },
    'do not support updating',
  ],
  ['names that were hidden', { anonymizeIdentityForRoles: [] }, 'do not support updating'],
])('an update does not take %s', async (_, body, message) => {
  const meeting = await client.create({ anonymizeIdentityForRoles: ['attendee'] });
  const reply = await client.send(`PATCH ${one(meeting)}`, { body });
  expect(reply).toMatchObject({
    status: 400,
    body: {
      error: { code: 'InvalidArgument', message: expect.stringContaining(message) as string },
    },
  });
});

describe('in Teams', () => {
  const address = ({ id }: Json): string => `/meetings/${encodeURIComponent(String(id))}`;

  test('a meeting is changed, and Graph shows it', async () => {
    const meeting = await client.create({ ...times, recordAutomatically: true });
    const change = { subject: 'Moved by hand', lobbyBypassSettings: { scope: 'everyone' } };
    const { body } = await client.control(`PATCH ${address(meeting)}`, change);
    expect(body).toMatchObject({ ...change, changes: 1 });
    const read = await client.send(`GET ${one(meeting)}`);
    expect(read.body).toMatchObject({ ...change, ...times, recordAutomatically: true });
  });

  test('a meeting is deleted', async () => {
    const meeting = await client.create();
    expect((await client.control(`DELETE ${address(meeting)}`)).status).toBe(200);
    expect((await client.send(`GET ${one(meeting)}`)).status).toBe(404);
  });

  test('a meeting is made to expire', async () => {
    const meeting = await client.create();
    const change = { expiryDateTime: '2026-11-30T00:00:00Z' };
    expect((await client.control(`PATCH ${address(meeting)}`, change)).status).toBe(200);
    expect((await client.send(`GET ${one(meeting)}`)).status).toBe(404);
  });

  test.each<[string, string, unknown, number]>([
    ['PATCH', '/meetings/none', {}, 404],
    ['DELETE', '/meetings/none', undefined, 404],
    ['PATCH', 'own', { joinWebUrl: 'https://example.org' }, 400],
  ])('%s %s with %j is refused', async (method, path, body, status) => {
    const place = path === 'own' ? address(await client.create()) : path;
    expect((await client.control(`${method} ${place}`, body)).status).toBe(status);
  });
});

test('the list says whose a meeting is and how often it was changed', async () => {
  const meeting = await client.create();
  await client.send(`PATCH ${one(meeting)}`, { body: { subject: 'Walk' } });
  const { list } = await client.control(
    'GET /meetings?$select=subject,organizer,organizerId,changes',
  );
  expect(list).toEqual([
    { subject: 'Walk', organizer: 'anna@contoso.com', organizerId: users.anna, changes: 1 },
  ]);
});
