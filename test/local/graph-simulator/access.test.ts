import { makeToken, SimulatorClient, users, clientId, tenantId } from './simulator-client';

let client: SimulatorClient;

beforeAll(async () => {
  client = await SimulatorClient.start();
});

afterAll(() => client.close());
beforeEach(() => client.simulator.reset());

const body = { subject: 'Talk' };
const create = (userId: string): string => `POST /users/${userId}/onlineMeetings`;

function errorWith(code: string, message: unknown = expect.any(String)): object {
  return { error: { code, message, innerError: expect.any(Object) as object } };
}

test.each([
  ['no token at all', { authorization: '' }],
  ['something that is no token', { authorization: 'Bearer abc' }],
  ['an expired token', { authorization: `Bearer ${makeToken({ exp: 1_700_000_000 })}` }],
  [
    'a token for another resource',
    { authorization: `Bearer ${makeToken({ aud: 'https://storage.azure.com' })}` },
  ],
  ['a token of another tenant', { authorization: `Bearer ${makeToken({ tid: clientId })}` }],
])('%s is refused with 401', async (_, headers) => {
  const reply = await client.send(create(users.anna), { body, headers });
  expect(reply.status).toBe(401);
  expect(reply.body).toEqual(errorWith('InvalidAuthenticationToken'));
});

test.each([
  ['https://graph.microsoft.com'],
  ['https://graph.microsoft.com/'],
  ['00000003-0000-0000-c000-000000000000'],
])('audience %s is Graph', async (aud) => {
  const reply = await client.send(create(users.anna), { body, token: makeToken({ aud }) });
  expect(reply.status).toBe(201);
});

test.each([
  { who: 'a user principal name', id: 'anna@contoso.com', status: 400, code: 'BadRequest' },
  { who: 'an unknown object id', id: tenantId, status: 404, code: 'UnknownError' },
  { who: 'a group', id: users.group, status: 404, code: 'UnknownError' },
  { who: 'a guest', id: users.guest, status: 403, code: 'Forbidden' },
  { who: 'a user without a policy', id: users.noPolicy, status: 403, code: 'Forbidden' },
  { who: 'a user without Teams', id: users.noLicence, status: 403, code: 'Forbidden' },
])('$who cannot organize', async ({ id, status, code }) => {
  const reply = await client.send(create(id), { body });
  expect(reply.status).toBe(status);
  expect(reply.body).toEqual(errorWith(code));
  expect((await client.control('GET /meetings')).list).toEqual([]);
});

test('a guest cannot organize with a licence either', async () => {
  client.simulator.tenant.updateUser(users.guest, { licences: ['SPE_E3'] });
  expect((await client.send(create(users.guest), { body })).status).toBe(403);
});

test('a user principal name can be answered with 404 instead', async () => {
  client.simulator.tenant.update({ switches: { nonGuidUserId: 'notFound' } });
  expect(await client.send(create('anna@contoso.com'), { body })).toMatchObject({
    status: 404,
    body: errorWith('UnknownError', ''),
  });
});

test('a token without the role is refused with an empty message', async () => {
  const token = makeToken({ roles: ['User.Read.All'] });
  expect(await client.send(create(users.anna), { body, token })).toMatchObject({
    status: 403,
    body: errorWith('Forbidden', ''),
  });
});

test('the role in the token counts, not one granted since', async () => {
  client.simulator.tenant.updateIdentity(clientId, { roles: [] });
  expect((await client.send(create(users.anna), { body })).status).toBe(201);
});

test('a missing access policy is named with the client id', async () => {
  const reply = await client.send(create(users.noPolicy), { body });
  expect(reply.body).toEqual(
    errorWith(
      'Forbidden',
      `No application access policy found for this app ${clientId} on the user.`,
    ),
  );
});

test('the global policy holds for users without one of their own, and for them only', async () => {
  client.simulator.tenant.update({ globalAccessPolicy: [clientId] });
  client.simulator.tenant.updateUser(users.anna, { accessPolicy: [] });
  expect((await client.send(create(users.noPolicy), { body })).status).toBe(201);
  expect((await client.send(create(users.anna), { body })).status).toBe(403);
});

test.each([['POST /me/onlineMeetings'], ['POST /me/onlineMeetings/createOrGet']])(
  '%s needs a signed-in user',
  async (call) => {
    const reply = await client.send(call, { body });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual(errorWith('BadRequest'));
  },
);

test.each([
  ['GET /nothing', 400],
  ['GET /users/%E0%A4%A', 400],
  ['DELETE /users', 405],
])('%s is answered with %d', async (call, status) => {
  expect((await client.send(call)).status).toBe(status);
});

test('every answer can be traced', async () => {
  const headers = { 'client-request-id': '11111111-2222-4333-8444-555555555555' };
  const reply = await client.send(create('nobody'), { body, headers });
  const requestId = reply.headers.get('request-id');
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(reply.headers.get('client-request-id')).toBe(headers['client-request-id']);
  expect(reply.headers.get('x-ms-ags-diagnostic')).toContain('ServerInfo');
  expect(reply.body['error']).toMatchObject({
    innerError: {
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string,
      'request-id': requestId,
      'client-request-id': headers['client-request-id'],
    },
  });
});
