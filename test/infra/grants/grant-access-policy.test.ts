import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphSimulator, Tenant as GraphTenant } from '../../../local/graph-simulator';
import { cases, ids, type Case } from './grant-access-policy-cases';
import { administrator, operatorToken } from './operator-token';
import { findPowerShell, modules, runInSession } from '../powershell';
import { root } from '../predictions';
import { runPostprovision } from '../run-script';

const environment = findPowerShell();
// Without PowerShell and dotnet these are reported as skipped.
const describeWithPowerShell = environment === undefined ? describe.skip : describe;

const script = join(root, 'infra', 'scripts', 'Grant-AccessPolicy.ps1');
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

interface Run {
  readonly output: string;
  readonly failure: string;
  readonly calls: readonly string[];
  /** Apps that are effective for Anna in the end. */
  readonly apps: readonly string[];
}

/** One case in a session, and a line of JSON about it. */
const section = ({ tenant, args }: Case): string => `
$env:TEAMS_TENANT = ${quoted(JSON.stringify(tenant))}
Import-Module MicrosoftTeams -Force
$failure = ''
try { $output = & ${quoted(script)} -ClientId ${ids.app} ${args} *>&1 | Out-String -Width 1000 } catch { $output = ''; $failure = "$_" }
@{ output = $output; failure = $failure; calls = @(Get-Call); apps = @(Get-EffectiveApp ${ids.anna}) } | ConvertTo-Json -Compress`;

describeWithPowerShell('Grant-AccessPolicy.ps1 (PowerShell or dotnet is needed)', () => {
  let folder: string;
  let runs: readonly Run[];

  // All in one process: PowerShell takes a second to start.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'convoke-policy-'));
    const file = join(folder, 'cases.ps1');
    writeFileSync(file, cases.map(section).join('\n'));
    const { stdout } = await runInSession(file, environment ?? {});
    runs = stdout.match(/^\{.*\}$/gm)?.map((line) => JSON.parse(line) as Run) ?? [];
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases.map((each, index) => ({ ...each, index })))(
    '$behaviour',
    ({ calls, failure = /^$/, says = /^/, saysNot, apps, index }) => {
      const run = runs[index];
      expect(run?.calls).toEqual(calls);
      expect(run?.failure).toMatch(failure);
      expect(run?.output).toMatch(says);
      if (saysNot !== undefined) expect(run?.output).not.toMatch(saysNot);
      if (apps !== undefined) expect(run?.apps).toEqual(apps);
    },
  );
});

describeWithPowerShell('postprovision.mjs (PowerShell or dotnet is needed)', () => {
  const postprovision = async (tenant: Case['tenant']) => {
    const identity = { objectId: ids.principal, clientId: ids.app, displayName: 'id-convoke' };
    const graph = await GraphSimulator.start({
      tenant: new GraphTenant({ identities: [{ ...identity, assignment: 'user', roles: [] }] }),
    });
    const outcome = await runPostprovision({
      PATH: environment?.['PATH'] ?? '',
      HOME: process.env['HOME'] ?? tmpdir(),
      PSModulePath: modules,
      TEAMS_TENANT: JSON.stringify(tenant),
      TOKEN: operatorToken(graph.tenant.state.id, administrator),
      CONVOKE_GRAPH_URL: graph.url,
      CONVOKE_IDENTITY_CLIENT_ID: ids.app,
      CONVOKE_ORGANIZER_GROUP_ID: ids.group,
    });
    await graph.close();
    return outcome;
  };

  test('grants the policy to the group', async () => {
    const { status, stdout } = await postprovision({});
    expect(status).toBe(0);
    expect(stdout).toContain(`Granted the policy Convoke to the group ${ids.group}.`);
  }, 90_000);

  test('says that nothing was granted when Teams refuses', async () => {
    const failing = { 'Grant-CsApplicationAccessPolicy': 'Access Denied.' };
    const { stdout, stderr } = await postprovision({ failing });
    expect(stderr).toContain('Access Denied.');
    expect(stderr).toContain('The application access policy was not granted.');
    expect(stdout).not.toContain('Granted the policy');
  }, 90_000);
});
