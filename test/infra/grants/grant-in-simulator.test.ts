import { GraphSimulator, Tenant } from '../../../local/graph-simulator';
import { administrator, operatorToken } from './operator-token';
import { runGrant, runPostprovision } from '../run-script';

const identity = {
  objectId: '8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c99',
  clientId: '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b99',
  displayName: 'id-convoke-test',
  assignment: 'user',
};

let graph: GraphSimulator;

async function start(roles: readonly string[] = []): Promise<void> {
  graph = await GraphSimulator.start({
    tenant: new Tenant({ identities: [{ ...identity, roles }] }),
  });
}
afterEach(() => graph.close());

const grant = (args: readonly string[], scopes = administrator) =>
  runGrant(
    ['--graph-url', graph.url, '--token-from-env', 'TOKEN', '--wait-seconds', '0', ...args],
    {
      TOKEN: operatorToken(graph.tenant.state.id, scopes),
      CONVOKE_IDENTITY_CLIENT_ID: identity.clientId,
    },
  );

const roles = () => graph.tenant.identityByObjectId(identity.objectId)?.roles;

test('a new identity gets the permission to make meetings, once', async () => {
  await start();
  expect((await grant([])).stdout).toContain('OnlineMeetings.ReadWrite.All is now granted');
  expect((await grant([])).stdout).toContain('OnlineMeetings.ReadWrite.All is already granted');
  expect(roles()).toEqual(['OnlineMeetings.ReadWrite.All']);
});

test('the permission to look up people can be added later', async () => {
  await start(['OnlineMeetings.ReadWrite.All']);
  expect((await grant(['--look-up-people'])).status).toBe(0);
  expect(roles()).toEqual(['OnlineMeetings.ReadWrite.All', 'User.Read.All']);
});

test('both are taken away, and no others', async () => {
  await start(['Directory.Read.All', 'OnlineMeetings.ReadWrite.All', 'User.Read.All']);
  expect((await grant(['--remove'])).status).toBe(0);
  expect(roles()).toEqual(['Directory.Read.All']);
});

test('a dry run changes nothing', async () => {
  await start();
  expect((await grant(['--dry-run'])).stdout).toContain('would be granted');
  expect(roles()).toEqual([]);
});

test('an operator without the right to grant learns who has it', async () => {
  await start();
  const { status, stderr } = await grant([], 'Application.Read.All');
  expect(status).toBe(1);
  expect(stderr).toContain('Privileged Role Administrator');
  expect(roles()).toEqual([]);
});

test('a grant whose answer is lost is found when it is run again', async () => {
  await start();
  graph.setFaults({
    rules: [{ match: { method: 'POST' }, count: 1, fault: { kind: 'drop', when: 'after' } }],
  });
  expect((await grant([])).status).toBe(1);
  expect((await grant([])).stdout).toContain('is already granted');
});

const postprovision = (environment: Readonly<Record<string, string>> = {}) =>
  runPostprovision({
    CONVOKE_GRAPH_URL: graph.url,
    CONVOKE_IDENTITY_CLIENT_ID: identity.clientId,
    TOKEN: operatorToken(graph.tenant.state.id, administrator),
    ...environment,
  });

describe('after the resources are made', () => {
  test('the permission is granted, and what is left to do is said', async () => {
    await start();
    const { status, stdout } = await postprovision();
    expect(status).toBe(0);
    expect(roles()).toEqual(['OnlineMeetings.ReadWrite.All']);
    expect(stdout).toContain(`Grant-AccessPolicy.ps1 -ClientId ${identity.clientId} -GroupId <`);
  });

  test('a deployment continues without PowerShell, and prints the command', async () => {
    await start();
    const { status, stderr } = await postprovision({
      CONVOKE_ORGANIZER_GROUP_ID: 'the-group',
      PATH: '',
    });
    expect(status).toBe(0);
    expect(stderr).toContain(`-ClientId ${identity.clientId} -GroupId the-group`);
  });

  test('a pipeline, where nobody can sign in to Teams, leaves the policy to a person', async () => {
    await start();
    const group = { CONVOKE_ORGANIZER_GROUP_ID: 'the-group' };
    const { status, stdout } = await postprovision({ ...group, CI: 'true' });
    expect(status).toBe(0);
    expect(stdout).toContain(
      `yourself. Run in PowerShell:\n  Connect-MicrosoftTeams\n  ./infra/scripts/Grant-AccessPolicy.ps1 -ClientId ${identity.clientId} -GroupId the-group`,
    );
  });

  test('in Cloud Shell, where no browser opens, Teams asks for a code', async () => {
    await start();
    const shell = { AZUREPS_HOST_ENVIRONMENT: 'cloud-shell/1.0' };
    expect((await postprovision(shell)).stdout).toContain(
      'Connect-MicrosoftTeams -UseDeviceAuthentication\n',
    );
  });

  test('a deployment ends before the app can ask for a token without its permission', async () => {
    await start();
    const { status } = await postprovision({
      TOKEN: operatorToken(graph.tenant.state.id, 'Application.Read.All'),
    });
    expect(status).toBe(1);
  });
});
