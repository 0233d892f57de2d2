import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../../local/project-folder';
import { findPowerShell } from '../../infra/powershell';
import { anna } from '../../support/harness/graph-harness';
import { codeOnPage } from './code-on-page';
import { StackHarness } from '../../support/harness/stack-harness';

const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
const harness = StackHarness.use({
  settings: { WEBSITE_AUTH_ENABLED: 'True', AUTH_TENANT_ID: tenantId },
});

/** Anna, as App Service tells the app who has signed in. */
const principal = Buffer.from(
  JSON.stringify({
    auth_typ: 'aad',
    claims: [
      { typ: 'oid', val: anna },
      { typ: 'tid', val: tenantId },
    ],
  }),
).toString('base64');

/** Runs a separate program, as a customer would, and returns its output. */
async function run(program: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(__dirname, program),
    harness.stack.url,
    principal,
  ]);
  return JSON.parse(stdout);
}

const notServed = expect.stringContaining(
  'Convoke supports only these Microsoft Graph calls',
) as unknown;

describe('Microsoft’s own clients, with another host only', () => {
  test('@microsoft/microsoft-graph-client makes meetings and reads errors', async () => {
    const said = (await run('graph-client.cjs')) as { created: { id: string } };
    expect(said).toMatchObject({
      created: { subject: 'From the Graph client', joinWebUrl: expect.any(String) as unknown },
      repeated: { id: said.created.id },
      kept: { externalId: 'graph-client' },
      read: { id: said.created.id },
      found: { value: [{ id: said.created.id }] },
      foundById: { value: [{ id: said.created.id }] },
      mine: {
        kept: { externalId: 'graph-client-me' },
        read: { subject: 'From the Graph client' },
        found: { value: [{ id: said.created.id }] },
        changed: { subject: 'Changed' },
        gone: { statusCode: 404 },
      },
      changed: { id: said.created.id, subject: 'Changed' },
      gone: { statusCode: 404, code: 'meetingNotFound' },
      error: {
        statusCode: 404,
        code: 'organizerNotFound',
        requestId: expect.any(String) as unknown,
      },
      missing: { statusCode: 404, code: 'endpointNotFound', message: notServed },
    });
  });

  test('@microsoft/msgraph-sdk makes meetings and reads errors', async () => {
    expect(await run('msgraph-sdk.mjs')).toMatchObject({
      created: { subject: 'From the Graph SDK', lobbyBypassSettings: { scope: 'everyone' } },
      kept: { externalId: 'msgraph-sdk' },
      got: { subject: 'From the Graph SDK' },
      found: [{ subject: 'From the Graph SDK' }],
      foundById: [{ subject: 'From the Graph SDK' }],
      mine: {
        kept: { externalId: 'msgraph-sdk-me' },
        found: [true],
        read: { subject: 'From the Graph SDK' },
        changed: { subject: 'Changed' },
        gone: 404,
      },
      changed: { subject: 'Changed' },
      gone: { status: 404, code: 'meetingNotFound' },
      error: { status: 404, code: 'organizerNotFound' },
      missing: { status: 404, code: 'endpointNotFound', message: notServed },
    });
  });
});

const onPage = (language: string): string =>
  codeOnPage(language).replaceAll('https://<app>', harness.stack.url);

const environment = findPowerShell();
// Without PowerShell and dotnet it is reported as skipped.
const describeWithPowerShell = environment === undefined ? describe.skip : describe;

describe('what docs/graph-sdks.md shows', () => {
  const meeting = `{
    subject: 'Parent evening', startDateTime: '2030-12-01T14:30:00Z', endDateTime: '2030-12-01T15:00:00Z',
  }`;

  test('in JavaScript makes a meeting, and one by its external id', async () => {
    const program = `
import { Client } from '@microsoft/microsoft-graph-client';
const [key, meeting] = ['key', ${meeting}];
${onPage('js')}
console.log(JSON.stringify({ created, kept }));`;
    const args = ['--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectFolder() });
    expect(JSON.parse(stdout)).toMatchObject({
      created: { subject: 'Parent evening', joinWebUrl: expect.any(String) as unknown },
      kept: { externalId: 'enrolment-17' },
    });
  });
});

describeWithPowerShell('what docs/graph-sdks.md shows (PowerShell or dotnet is needed)', () => {
  test('in PowerShell makes a meeting, and no second one', async () => {
    const call = onPage('powershell');
    const program = [
      "$key = 'key'",
      `$answers = @(${call}`,
      `${call})`,
      '@{ ids = $answers.id; link = $answers[0].joinWebUrl } | ConvertTo-Json',
    ].join('\n');
    const args = ['-NoProfile', '-NonInteractive', '-Command', program];
    const { stdout } = await promisify(execFile)('pwsh', args, { env: { ...environment } });
    const { ids, link } = JSON.parse(stdout) as { ids: string[]; link: string };
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(link).toMatch(/^https:/);
  }, 90_000);
});
