import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPowerShell, runScript } from './powershell';
import { root } from './predictions';

/** The tenant as the Teams cmdlets show it. */
interface Tenant {
  /** App ids by policy. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
  /** Policy of the group. */
  readonly group?: string;
  /** Policies by user. */
  readonly users?: Readonly<Record<string, string>>;
}

const app = '00000000-0000-0000-0000-0000000000a1';
const otherApp = '00000000-0000-0000-0000-0000000000a2';
const group = '00000000-0000-0000-0000-0000000000b1';
const anna = '00000000-0000-0000-0000-0000000000c1';
const ben = '00000000-0000-0000-0000-0000000000c2';

const powerShell = findPowerShell();
// Without PowerShell these are reported as skipped.
const describeWithPowerShell = powerShell === undefined ? describe.skip : describe;

const list = (texts: readonly string[]): string =>
  `@(${texts.map((text) => `'${text}'`).join(', ')})`;

/** Stand-ins for the Teams cmdlets: reading shows the tenant, writing prints a line that starts with CALL. */
const cmdlets = ({ policies = {}, group: groupPolicy, users = {} }: Tenant): string => `
function global:Get-CsApplicationAccessPolicy {
${Object.entries(policies)
  .map(([name, apps]) => `  [pscustomobject]@{ Identity = 'Tag:${name}'; AppIds = ${list(apps)} }`)
  .join('\n')}
}
function global:Get-CsGroupPolicyAssignment { param($GroupId)
  [pscustomobject]@{ PolicyType = 'TeamsMeetingPolicy'; PolicyName = 'Elsewhere' }
  ${groupPolicy === undefined ? '' : `[pscustomobject]@{ PolicyType = 'ApplicationAccessPolicy'; PolicyName = '${groupPolicy}' }`}
}
function global:Get-CsOnlineUser { param($Identity)
  $policies = @{ ${Object.entries(users)
    .map(([user, policy]) => `'${user}' = '${policy}'`)
    .join('; ')} }
  [pscustomobject]@{ ApplicationAccessPolicy = $policies[$Identity] }
}
$global:calls = [System.Collections.Generic.List[string]]::new()
function global:New-CsApplicationAccessPolicy { param($Identity, $AppIds, $Description) $global:calls.Add("CALL new $Identity $AppIds") }
function global:Set-CsApplicationAccessPolicy { param($Identity, $AppIds) $global:calls.Add("CALL set $Identity $($AppIds.Keys) $($AppIds.Values)") }
function global:Grant-CsApplicationAccessPolicy { param($Identity, $Group, $Rank, $PolicyName) $global:calls.Add("CALL grant $PolicyName to $Identity$Group rank $Rank") }
`;

interface Case {
  readonly behaviour: string;
  readonly tenant: Tenant;
  readonly args: string;
  /** What is written, in order. */
  readonly calls: readonly string[];
  /** Absent: it succeeds. */
  readonly failure?: RegExp;
}

const cases: readonly Case[] = [
  {
    behaviour: 'makes the policy and grants it to a group',
    tenant: {},
    args: `-GroupId ${group} -Rank 2`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${group} rank 2`],
  },
  {
    behaviour: 'makes the policy and grants it to users',
    tenant: {},
    args: `-UserId ${anna}, ${ben}`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${anna} rank`, `grant Convoke to ${ben} rank`],
  },
  {
    behaviour: 'keeps the other apps of a policy',
    tenant: { policies: { Convoke: [otherApp] } },
    args: `-GroupId ${group}`,
    calls: [`set Convoke Add ${app}`, `grant Convoke to ${group} rank 1`],
  },
  {
    behaviour: 'changes nothing when all is done',
    tenant: { policies: { Convoke: [otherApp, app] }, group: 'Convoke' },
    args: `-GroupId ${group}`,
    calls: [],
  },
  {
    behaviour: 'knows the policy of a user by its tag',
    tenant: { policies: { Convoke: [app] }, users: { [anna]: 'Tag:Convoke' } },
    args: `-UserId ${anna}`,
    calls: [],
  },
  {
    behaviour: 'adds the app to a policy of another name',
    tenant: { policies: { Bots: [otherApp] }, group: 'Bots' },
    args: `-GroupId ${group} -PolicyName Bots`,
    calls: [`set Bots Add ${app}`],
  },
  {
    behaviour: 'replaces a different policy when told to',
    tenant: { policies: { Convoke: [app] }, group: 'Bots' },
    args: `-GroupId ${group} -Force`,
    calls: [`grant Convoke to ${group} rank 1`],
  },
  {
    behaviour: 'changes nothing on -WhatIf',
    tenant: {},
    args: `-GroupId ${group} -WhatIf`,
    calls: [],
  },
  {
    behaviour: 'changes nothing on -WhatIf -Force',
    tenant: { policies: { Convoke: [otherApp] }, users: { [anna]: 'Bots' } },
    args: `-UserId ${anna} -Force -WhatIf`,
    calls: [],
  },
  {
    behaviour: 'changes nothing when the group has a different policy',
    tenant: { group: 'Bots' },
    args: `-GroupId ${group}`,
    calls: [],
    failure: /the group .*b1 has Bots.*-Force/,
  },
  {
    behaviour: 'changes nothing at all when one of the users has a different policy',
    tenant: { users: { [ben]: 'Tag:Bots' } },
    args: `-UserId ${anna}, ${ben}`,
    calls: [],
    failure: /the user .*c2 has Bots.*-Force/,
  },
  {
    behaviour: 'takes no name for an id',
    tenant: {},
    args: '-GroupId Organizers',
    calls: [],
    failure: /GroupId/,
  },
];

const script = join(root, 'infra', 'scripts', 'Grant-AccessPolicy.ps1');

/** One run of the script, between lines by which its output is found. */
const section = ({ tenant, args }: Case): string => `
'CASE'
${cmdlets(tenant)}
try { & '${script}' -ClientId ${app} ${args} } catch { "FAILED $_" }
$global:calls`;

describeWithPowerShell('Grant-AccessPolicy.ps1 (PowerShell is needed)', () => {
  let folder: string;
  let outputs: string[];

  // All in one process: PowerShell takes a second to start.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'convoke-policy-'));
    const file = join(folder, 'cases.ps1');
    writeFileSync(file, cases.map(section).join('\n'));
    const { stdout } = await runScript(powerShell ?? ['pwsh'], file);
    outputs = stdout.split(/^CASE\r?\n/m).slice(1);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases.map((each, index) => ({ ...each, index })))(
    '$behaviour',
    ({ calls, failure, index }) => {
      const lines = outputs[index]?.split(/\r?\n/) ?? [];
      const written = lines.filter((line) => line.startsWith('CALL '));
      const failed = lines.find((line) => line.startsWith('FAILED '));
      expect(written.map((line) => line.slice(5).trim())).toEqual(calls);
      expect(failed ?? 'succeeded').toMatch(failure ?? /^succeeded$/);
    },
  );

  test('says what it did', () => {
    expect(outputs[0]).toContain(`Granted the policy Convoke to the group ${group}.`);
  });
});
