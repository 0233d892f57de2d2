import { ManagedIdentityCredential } from '@azure/identity';
import { Tenant } from '../../local/graph-simulator/tenant/tenant';
import { IdentitySimulator } from '../../local/identity-simulator';

const graph = 'https://graph.microsoft.com';
const clock = { now: new Date('2026-12-01T10:00:00Z') };
const tenant = new Tenant();
const [system, user] = tenant.state.identities;
let simulator: IdentitySimulator;

beforeAll(async () => {
  simulator = await IdentitySimulator.start({ tenant, now: () => clock.now });
});

afterAll(() => simulator.close());

beforeEach(async () => {
  tenant.reset();
  clock.now = new Date('2026-12-01T10:00:00Z');
  await fetch(`${simulator.url}/_simulator/reset`, { method: 'POST' });
});

async function ask(
  query: Record<string, string>,
  secret = simulator.environment.IDENTITY_HEADER,
): Promise<Response> {
  const parameters = new URLSearchParams({ 'api-version': '2019-08-01', ...query });
  return fetch(`${simulator.environment.IDENTITY_ENDPOINT}?${parameters.toString()}`, {
    headers: { 'X-IDENTITY-HEADER': secret },
  });
}

async function claimsFor(query: Record<string, string>): Promise<Record<string, unknown>> {
  const { access_token: token } = (await (await ask(query)).json()) as { access_token: string };
  return readClaims(token);
}

function readClaims(token: string): Record<string, unknown> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Record<string, unknown>;
}

test('answers as App Service does', async () => {
  const response = await ask({ resource: graph });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    expires_on: '1796205600',
    resource: graph,
    token_type: 'Bearer',
    client_id: system?.clientId,
  });
});

test('the token names the identity and its roles', async () => {
  expect(await claimsFor({ resource: graph })).toEqual({
    aud: graph,
    iss: 'https://sts.windows.net/909c6581-5130-43e9-88f3-fcb3582cde37/',
    tid: '909c6581-5130-43e9-88f3-fcb3582cde37',
    appid: system?.clientId,
    azp: system?.clientId,
    oid: system?.objectId,
    sub: system?.objectId,
    idtyp: 'app',
    ver: '1.0',
    roles: ['OnlineMeetings.ReadWrite.All', 'User.Read.All', 'GroupMember.Read.All'],
    iat: 1796119200,
    nbf: 1796119200,
    exp: 1796205600,
  });
});

test('a token for another resource has no roles of Graph', async () => {
  const claims = await claimsFor({ resource: 'https://storage.azure.com' });
  expect(claims['aud']).toBe('https://storage.azure.com');
  expect(claims).not.toHaveProperty('roles');
});

test.each([
  ['client_id', user?.clientId],
  ['object_id', user?.objectId],
  ['principal_id', user?.objectId],
])('%s chooses a user-assigned identity', async (name, value) => {
  const claims = await claimsFor({ resource: graph, [name]: value ?? '' });
  expect(claims['appid']).toBe(user?.clientId);
});

test.each([
  ['an unknown client id', { resource: graph, client_id: '00000000-0000-0000-0000-000000000001' }],
  ['no resource', {}],
  ['another version', { resource: graph, 'api-version': '2017-09-01' }],
])('refuses %s with 400', async (_, query) => {
  const response = await ask(query);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    statusCode: 400,
    message: expect.any(String) as string,
  });
});

test('refuses a wrong X-IDENTITY-HEADER with 401', async () => {
  expect((await ask({ resource: graph }, 'guess')).status).toBe(401);
});

describe('a role given after the first token', () => {
  const before = { roles: ['User.Read.All'] };
  const after = { roles: ['User.Read.All', 'OnlineMeetings.ReadWrite.All'] };
  const clientId = system?.clientId ?? '';

  test('is not in the cached token until that one is about to expire', async () => {
    tenant.updateIdentity(clientId, before);
    await ask({ resource: graph });
    tenant.updateIdentity(clientId, after);
    clock.now = new Date('2026-12-02T09:54:59Z');
    expect((await claimsFor({ resource: graph }))['roles']).toEqual(before.roles);
    clock.now = new Date('2026-12-02T09:55:01Z');
    expect((await claimsFor({ resource: graph }))['roles']).toEqual(after.roles);
  });

  test('is in the token of another resource URI, which is cached apart', async () => {
    tenant.updateIdentity(clientId, before);
    await ask({ resource: graph });
    tenant.updateIdentity(clientId, after);
    expect((await claimsFor({ resource: `${graph}/` }))['roles']).toEqual(after.roles);
  });

  test('is there at once when the tenant was reset in between', async () => {
    tenant.updateIdentity(clientId, { roles: [] });
    await ask({ resource: graph });
    tenant.reset();
    expect((await claimsFor({ resource: graph }))['roles']).toEqual(system?.roles);
  });

  test('is there at once when tokens are not cached', async () => {
    tenant.update({ switches: { tokenCaching: false } });
    tenant.updateIdentity(clientId, before);
    await ask({ resource: graph });
    tenant.updateIdentity(clientId, after);
    expect((await claimsFor({ resource: graph }))['roles']).toEqual(after.roles);
  });
});

test('counts requests, refusals and tokens', async () => {
  await ask({ resource: graph });
  await ask({ resource: graph });
  await ask({ resource: graph }, 'guess');
  const counts = await fetch(`${simulator.url}/_simulator/tokens`);
  expect(await counts.json()).toEqual({ requests: 3, refused: 1, issued: 1 });
});

test('ManagedIdentityCredential gets a token, or the reason why not', async () => {
  clock.now = new Date();
  Object.assign(process.env, simulator.environment);
  const credential = new ManagedIdentityCredential({ clientId: user?.clientId ?? '' });
  const { token } = await credential.getToken(`${graph}/.default`);
  expect(readClaims(token)).toMatchObject({ aud: graph, appid: user?.clientId });

  const unknown = new ManagedIdentityCredential('00000000-0000-0000-0000-000000000001');
  await expect(unknown.getToken(`${graph}/.default`)).rejects.toThrow('No managed identity');
});
