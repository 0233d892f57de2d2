import { GraphDirectory, graphPrincipal, identity, refuse } from './graph-directory';
import { runGrant } from '../run-script';

let directory: GraphDirectory;
beforeEach(async () => {
  directory = await GraphDirectory.start();
});
afterEach(() => directory.close());

/** `environment` comes on top of the usual one. */
const grant = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runGrant(
    [
      '--graph-url',
      directory.url,
      '--token-from-env',
      'OPERATOR_TOKEN',
      '--wait-seconds',
      '0',
      ...args,
    ],
    {
      OPERATOR_TOKEN: 'operator-token',
      CONVOKE_IDENTITY_CLIENT_ID: identity.appId,
      ...environment,
    },
  );

const held = () => directory.assignments.map(({ appRoleId }) => appRoleId).toSorted();
const hold = (appRoleId: string, resourceId = graphPrincipal.id) =>
  directory.assignments.push({
    id: `held-${directory.assignments.length}`,
    principalId: identity.id,
    resourceId,
    appRoleId,
  });

test('grants the permission to make meetings, and nothing more', async () => {
  const { status, stdout } = await grant([]);
  expect(status).toBe(0);
  expect(held()).toEqual(['role-meetings']);
  expect(stdout).toContain('OnlineMeetings.ReadWrite.All is now granted');
  expect(stdout).not.toContain('User.Read.All');
});

test.each([
  ['an option', ['--look-up-people'], {}],
  ['the environment', [], { CONVOKE_LOOK_UP_PEOPLE: 'true' }],
])(
  'grants the permission to look up people when asked to by %s',
  async (_by, args, environment) => {
    await grant(args, environment);
    expect(held()).toEqual(['role-meetings', 'role-people']);
  },
);

test('writes nothing when all is granted already', async () => {
  hold('role-other', 'another-resource');
  hold('role-meetings');
  const { status, stdout } = await grant([]);
  expect({ status, writes: directory.writes }).toEqual({ status: 0, writes: [] });
  expect(stdout).toContain('OnlineMeetings.ReadWrite.All is already granted');
});

test('does not take the same role id on another resource for the permission', async () => {
  hold('role-meetings', 'another-resource');
  await grant([]);
  expect(held()).toEqual(['role-meetings', 'role-meetings']);
});

test.each([[[]], [['--remove']]])('writes nothing on a dry run (%j)', async (args) => {
  if (args.length > 0) hold('role-meetings');
  const before = held();
  const { status, stdout } = await grant([...args, '--dry-run']);
  expect({ status, held: held(), writes: directory.writes }).toEqual({
    status: 0,
    held: before,
    writes: [],
  });
  expect(stdout).toContain('OnlineMeetings.ReadWrite.All would be');
});

test('removes what it may have granted, and nothing else', async () => {
  hold('role-meetings');
  hold('role-other');
  hold('role-people');
  const { stdout } = await grant(['--remove']);
  expect(held()).toEqual(['role-other']);
  expect(stdout).toContain('OnlineMeetings.ReadWrite.All is now removed');
});

test('warns of tokens that were made before', async () => {
  expect((await grant([])).stdout).toContain('can take a day');
  expect((await grant([])).stdout).not.toContain('can take a day');
});

test('waits until a new identity is known', async () => {
  directory.lookUpsBeforeKnown = 2;
  const { status } = await grant(['--wait-seconds', '2']);
  expect({ status, held: held() }).toEqual({ status: 0, held: ['role-meetings'] });
});

test('waits as long as Microsoft Graph says when it is throttled', async () => {
  directory.refusals.push(refuse(429, { 'retry-after': '0' }));
  expect((await grant(['--wait-seconds', '2'])).status).toBe(0);
});

test('says so when the identity stays unknown', async () => {
  directory.lookUpsBeforeKnown = 1000;
  const { status, stderr } = await grant([]);
  expect(status).toBe(1);
  expect(stderr).toContain(`No service principal has the client id ${identity.appId}.`);
});

test.each([401, 403])('says who may do this when Microsoft Graph answers %d', async (refused) => {
  directory.refusals.push(refuse(refused));
  const { status, stderr } = await grant([]);
  expect(status).toBe(1);
  expect(stderr).toContain('Privileged Role Administrator');
});

test.each([
  {
    what: 'a missing client id',
    environment: { CONVOKE_IDENTITY_CLIENT_ID: '' },
    named: '--client-id',
  },
  { what: 'a name for a client id', args: ['--client-id', 'convoke'], named: '--client-id' },
  { what: 'an empty token variable', environment: { OPERATOR_TOKEN: '' }, named: 'OPERATOR_TOKEN' },
  { what: 'an unknown option', args: ['--force'], named: '--force' },
  {
    what: 'a URL in the clear',
    args: ['--graph-url', 'http://graph.example'],
    named: '--graph-url',
  },
])('refuses $what before any call', async ({ args = [], environment = {}, named }) => {
  const { status, stderr } = await grant(args, environment);
  expect(status).toBe(2);
  expect(stderr).toContain(named);
});

test('does not follow a next page to another server', async () => {
  const elsewhere = { value: [], '@odata.nextLink': 'https://elsewhere.example/v1.0/next' };
  directory.assignmentsPage = elsewhere;
  const { status, stderr } = await grant([]);
  expect(status).toBe(1);
  expect(stderr).toContain('https://elsewhere.example');
});

test('never prints the token', async () => {
  directory.refusals.push(refuse(403));
  const { stdout, stderr } = await grant([]);
  expect(stdout + stderr).not.toContain('operator-token');
});

test('explains itself', async () => {
  const { status, stdout } = await grant(['--help'], { CONVOKE_IDENTITY_CLIENT_ID: '' });
  expect(status).toBe(0);
  expect(stdout).toContain('--dry-run');
});
