import { clientId, meetings, SimulatorClient, users } from './simulator-client';

let client: SimulatorClient;

beforeAll(async () => {
  client = await SimulatorClient.start({ logCapacity: 3, seed: 5 });
});

afterAll(() => client.close());
beforeEach(() => client.simulator.reset());

test('every meeting is listed with the requests that led to it', async () => {
  const call = `POST ${meetings}/createOrGet`;
  const body = { externalId: 'e1', subject: 'Talk' };
  const first = await client.send(call, { body, headers: { 'client-request-id': 'a' } });
  await client.send(call, { body, headers: { 'client-request-id': 'b' } });
  await client.create({ subject: 'Walk' });
  const { list } = await client.control('GET /meetings');
  expect(list).toMatchObject([
    {
      id: first.body['id'],
      organizerId: users.anna,
      externalId: 'e1',
      creationRequests: [
        { clientRequestId: 'a', status: 201, body, committed: true },
        { clientRequestId: 'b', status: 200, body, committed: false },
      ],
    },
    { subject: 'Walk', creationRequests: [{ status: 201 }] },
  ]);
});

test.each([undefined, [], 'slow'])('%j is no plan of faults, and the plan stays', async (plan) => {
  const rules = [{ fault: { kind: 'drop' } }];
  await client.control('PUT /faults', { rules });
  expect((await client.control('PUT /faults', plan)).status).toBe(400);
  expect((await client.control('GET /faults')).body).toMatchObject({ rules });
});

test('the log keeps the latest requests in order', async () => {
  for (const subject of ['1', '2', '3', '4', '5']) await client.create({ subject });
  const { list } = await client.control('GET /requests');
  expect(list.map(({ body }) => body)).toEqual([
    { subject: '3' },
    { subject: '4' },
    { subject: '5' },
  ]);
  expect(list[0]).toMatchObject({
    method: 'POST',
    path: `/v1.0${meetings}`,
    status: 201,
    fault: null,
    committed: true,
    requestId: expect.any(String) as string,
  });
});

test('the tenant is changed in part, and reset puts it back', async () => {
  const change = { globalAccessPolicy: [clientId], switches: { passcodeByDefault: true } };
  await client.control('PUT /tenant', change);
  await client.control(`PUT /tenant/users/${users.anna}`, { licences: [] });
  await client.control(`PUT /tenant/identities/${clientId}`, { roles: [] });
  const { body } = await client.control('GET /tenant');
  expect(body).toMatchObject({
    globalAccessPolicy: [clientId],
    switches: { passcodeByDefault: true, tokenCaching: true },
    users: expect.arrayContaining([
      expect.objectContaining({ id: users.anna, licences: [] }),
      expect.objectContaining({ id: users.ben, licences: ['SPE_E3'] }),
    ]) as unknown,
    identities: expect.arrayContaining([
      expect.objectContaining({ clientId, roles: [] }),
    ]) as unknown,
  });
  expect((await client.send(`POST ${meetings}`, { body: {} })).status).toBe(403);

  expect((await client.control('POST /reset')).status).toBe(200);
  expect((await client.send(`POST ${meetings}`, { body: {} })).status).toBe(201);
});

test('the organizers are those who can make meetings', () => {
  expect(client.simulator.tenant.organizers.map(({ id }) => id)).toEqual([
    users.anna,
    users.ben,
    users.chloe,
  ]);
});

test.each([
  ['PUT /tenant', { usres: [] }, 400],
  ['PUT /tenant', { switches: { passcode: true } }, 400],
  ['PUT /tenant/users/nobody', { licences: [] }, 400],
  ['PUT /nothing', {}, 404],
])('%s with %j is refused', async (call, body, status) => {
  expect((await client.control(call, body)).status).toBe(status);
});

test('the same seed makes the same meetings', async () => {
  const [first, second] = await Promise.all(
    [8, 8].map((seed) => SimulatorClient.start({ seed, now: () => new Date(0) })),
  );
  const made = await Promise.all([first?.create(), second?.create()]);
  expect(made[0]?.['joinWebUrl']).toBe(made[1]?.['joinWebUrl']);
  await Promise.all([first?.close(), second?.close()]);
});
