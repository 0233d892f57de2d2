import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPowerShell, runInSession } from '../powershell';
import { root } from '../predictions';

const environment = findPowerShell();
// Without PowerShell and dotnet these are reported as skipped.
const describeWithPowerShell = environment === undefined ? describe.skip : describe;

const script = join(root, 'infra', 'scripts', 'Grant-CalendarAccess.ps1');
const app = '00000000-0000-0000-0000-0000000000a1';
const principal = '00000000-0000-0000-0000-0000000000d1';
const group = 'organizers@contoso.com';
const filter = "MemberOfGroup -eq 'CN=Organizers,OU=O''Neil,DC=contoso'";
const role = 'Application Calendars.ReadWrite';
const made = {
  principals: [{ AppId: app, ObjectId: principal }],
  scopes: [{ Name: 'Convoke', RecipientFilter: `{${filter}}` }],
  assignments: [{ Name: 'Convoke', Role: role, CustomResourceScope: 'Convoke' }],
};
const all = [
  `principal ${app} ${principal} Convoke`,
  `scope Convoke ${filter}`,
  `assignment Convoke ${principal} ${role} Convoke`,
];

interface Case {
  readonly behaviour: string;
  readonly exchange?: object;
  readonly args?: string;
  /** The writes to Exchange, in order. */
  readonly calls: readonly string[];
  readonly failure?: RegExp;
  readonly says?: RegExp;
}

const cases: readonly Case[] = [
  { behaviour: 'makes all three parts', calls: all, says: /Created the role assignment Convoke/ },
  {
    behaviour: 'changes nothing with -WhatIf',
    args: '-WhatIf',
    calls: [],
    says: /Nothing was changed\./,
  },
  {
    behaviour: 'finds everything there the second time',
    exchange: made,
    calls: [],
    says: /service principal .* already exists[\s\S]*scope .* already exists[\s\S]*assignment .* already exists/,
  },
  {
    behaviour: 'makes what an interrupted run left out',
    exchange: { principals: made.principals },
    calls: all.slice(1),
  },
  {
    behaviour: 'says of mailboxes whether the app may use them',
    exchange: { members: ['anna@contoso.com'] },
    args: '-TestMailbox anna@contoso.com, eve@contoso.com',
    calls: all,
    says: /can use the calendar of anna@contoso\.com[\s\S]*is not allowed to use the calendar of eve@contoso\.com/,
  },
  {
    behaviour: 'keeps a scope of somebody else',
    exchange: { scopes: [{ Name: 'Convoke', RecipientFilter: "Department -eq 'Sales'" }] },
    calls: [],
    failure: /Nothing was changed: the scope Convoke has the filter Department -eq 'Sales'/,
  },
  {
    behaviour: 'names everything that differs at once',
    exchange: {
      principals: [{ AppId: app, ObjectId: app }],
      assignments: [{ Name: 'Convoke', Role: 'Application Mail.Read', CustomResourceScope: 'All' }],
    },
    calls: [],
    failure:
      /known under the object id .*; .*has the scope All; .*has the role Application Mail\.Read/,
  },
  {
    behaviour: 'makes another set under another name',
    exchange: { scopes: [{ Name: 'Convoke', RecipientFilter: 'x' }] },
    args: "-Name 'Convoke calendars'",
    calls: all.map((call) => call.replaceAll('Convoke', 'Convoke calendars')),
  },
  {
    behaviour: 'refuses a group without an address',
    exchange: { recipients: { [group]: { type: 'GroupMailbox', name: 'x' } } },
    calls: [],
    failure: /is not a mail-enabled group but GroupMailbox/,
  },
  {
    behaviour: 'refuses a group that is not there',
    exchange: { recipients: {} },
    calls: [],
    failure: /couldn't be found/,
  },
  {
    behaviour: 'stops where Exchange refuses',
    exchange: { failing: { 'New-ManagementScope': 'Access Denied.' } },
    calls: all.slice(0, 1),
    failure: /Access Denied/,
  },
  {
    behaviour: 'refuses the client id twice',
    args: `-ObjectId ${app}`,
    calls: [],
    failure: /the client id and the object id are the same/,
  },
];

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const recipients = {
  [group]: { type: 'MailUniversalSecurityGroup', name: "CN=Organizers,OU=O'Neil,DC=contoso" },
};

/** One case in a session, and a line of JSON about it. */
const section = ({ exchange = {}, args = '' }: Case): string => `
$env:EXCHANGE = ${quoted(JSON.stringify({ recipients, ...exchange }))}
Import-Module ExchangeOnlineManagement -Force
$failure = ''
try { $output = & ${quoted(script)} -ClientId ${app} ${args.includes('-ObjectId') ? '' : `-ObjectId ${principal}`} -Group ${group} ${args} *>&1 | Out-String -Width 1000 } catch { $output = ''; $failure = "$_" }
@{ output = $output; failure = $failure; calls = @(Get-Call) } | ConvertTo-Json -Compress`;

describeWithPowerShell('Grant-CalendarAccess.ps1 (PowerShell or dotnet is needed)', () => {
  let folder: string;
  let runs: readonly {
    readonly output: string;
    readonly failure: string;
    readonly calls: readonly string[];
  }[];

  // All in one process: PowerShell takes a second to start.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'convoke-calendar-'));
    const file = join(folder, 'cases.ps1');
    writeFileSync(file, cases.map(section).join('\n'));
    const { stdout } = await runInSession(file, environment ?? {});
    runs = stdout.match(/^\{.*\}$/gm)?.map((line) => JSON.parse(line) as (typeof runs)[0]) ?? [];
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases.map((each, index) => ({ ...each, index })))(
    '$behaviour',
    ({ calls, failure = /^$/, says = /^/, index }) => {
      const run = runs[index];
      expect(run?.failure).toMatch(failure);
      expect(run?.calls).toEqual(calls);
      expect(run?.output).toMatch(says);
    },
  );
});
