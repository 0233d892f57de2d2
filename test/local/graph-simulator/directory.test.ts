import { makeToken, SimulatorClient, tenantId, users, type Json } from './simulator-client';

let client: SimulatorClient;

beforeAll(async () => {
  client = await SimulatorClient.start();
});

afterAll(() => client.close());
beforeEach(() => client.simulator.reset());

const administrator = makeToken({
  roles: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'],
});

describe('users', () => {
  test.each([
    ['object id', users.anna],
    ['user principal name', 'ANNA@contoso.com'],
  ])('are read by %s', async (_, key) => {
    const reply = await client.send(`GET /users/${key}?$select=id,displayName`);
    expect(reply).toMatchObject({
      status: 200,
      body: { id: users.anna, displayName: 'Anna Alves' },
    });
    expect(reply.body).not.toHaveProperty('mail');
  });

  test.each([['nobody@contoso.com'], ['chloe.martin@contoso.com'], [users.group]])(
    '%s is not the key of a user',
    async (key) => {
      expect(await client.send(`GET /users/${key}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'Request_ResourceNotFound' } },
      });
    },
  );

  test.each([
    ["userPrincipalName eq 'anna@contoso.com'", [users.anna]],
    ["mail eq 'Chloe.Martin@contoso.com'", [users.chloe]],
    [
      "userPrincipalName eq 'ben@contoso.com' or mail eq 'chloe.martin@contoso.com'",
      [users.ben, users.chloe],
    ],
    ["mail eq 'o''neill@contoso.com'", []],
    ["startswith(mail,'Chloe')", [users.chloe]],
  ])('are found where %s', async (filter, expected) => {
    const query = new URLSearchParams({ $filter: filter, $select: 'id', $top: '2' });
    const { status, body } = await client.send(`GET /users?${query.toString()}`);
    expect(status).toBe(200);
    expect(body['value']).toEqual(expected.map((id) => ({ id })));
  });

  test.each([
    ["mail ne 'x'"],
    ["mail eq 'x"],
    ["endswith(mail,'x')"],
    ["mail eq 'x' and id eq 'y'"],
  ])('the filter %s is not supported', async (filter) => {
    const query = new URLSearchParams({ $filter: filter });
    expect((await client.send(`GET /users?${query.toString()}`)).status).toBe(400);
  });

  test.each([
    [`GET /users/${users.anna}`],
    ["GET /users?$filter=mail eq 'x'"],
    ['GET /organization'],
  ])('%s needs a permission of its own', async (call) => {
    const token = makeToken({ roles: ['OnlineMeetings.ReadWrite.All'] });
    expect(await client.send(call, { token })).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
  });

  test.each([
    ['with Teams', users.anna, ['TEAMS1']],
    ['without Teams', users.noLicence, ['EXCHANGE_S_STANDARD']],
    ['without any', users.guest, []],
  ])('licences of a user %s', async (_, id, plans) => {
    const { body } = await client.send(`GET /users/${id}/licenseDetails`);
    const details = body['value'] as { servicePlans: { servicePlanName: string }[] }[];
    const names = details.flatMap(({ servicePlans }) => servicePlans);
    expect(names.map(({ servicePlanName }) => servicePlanName)).toEqual(plans);
  });

  test('the organization is the tenant', async () => {
    const { body } = await client.send('GET /organization', { token: administrator });
    expect(body['value']).toEqual([{ id: tenantId, displayName: 'Contoso' }]);
  });
});

describe('app role assignments', () => {
  const graphAppId = '00000003-0000-0000-c000-000000000000';
  const managed = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b02';

  test('a role is granted once, listed and taken back', async () => {
    client.simulator.tenant.updateIdentity(managed, { roles: [] });
    const graph = await findPrincipal(graphAppId);
    const principal = await findPrincipal(managed);
    const roles = graph['appRoles'] as { id: string; value: string }[];
    const role = roles.find(({ value }) => value === 'OnlineMeetings.ReadWrite.All');
    const path = `/servicePrincipals/${String(principal['id'])}/appRoleAssignments`;
    const grant = {
      token: administrator,
      body: { principalId: principal['id'], resourceId: graph['id'], appRoleId: role?.id },
    };

    expect((await client.send(`POST ${path}`, grant)).status).toBe(201);
    expect((await client.send(`POST ${path}`, grant)).status).toBe(400);
    const listed = await client.send(`GET ${path}`, { token: administrator });
    const [assignment = {}] = listed.body['value'] as Json[];
    expect(assignment).toMatchObject(grant.body);
    expect(rolesOf(managed)).toEqual(['OnlineMeetings.ReadWrite.All']);

    const one = `DELETE ${path}/${String(assignment['id'])}`;
    expect((await client.send(one, { token: administrator })).status).toBe(204);
    expect((await client.send(one, { token: administrator })).status).toBe(404);
    expect(rolesOf(managed)).toEqual([]);
  });

  test('an app without the permission cannot grant itself a role', async () => {
    const principal = await findPrincipal(managed);
    const path = `/servicePrincipals/${String(principal['id'])}/appRoleAssignments`;
    expect((await client.send(`POST ${path}`, { body: {} })).status).toBe(403);
  });
});

async function findPrincipal(appId: string): Promise<Json> {
  const call = `GET /servicePrincipals?$filter=appId eq '${appId}'`;
  const { body } = await client.send(call, { token: administrator });
  const [found = {}] = body['value'] as Json[];
  return found;
}

function rolesOf(clientId: string): readonly string[] | undefined {
  const { identities } = client.simulator.tenant.state;
  return identities.find((identity) => identity.clientId === clientId)?.roles;
}
