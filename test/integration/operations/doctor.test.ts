import { onSharedAzurite } from '../../support/shared-azurite/account';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { projectFolder } from '../../../local/project-folder';
import { builtApp } from '../../support/harness/built-app';
import { Stack } from '../../../local/stack';
import type { FunctionsHostProcess } from '../../../local/functions-host-process';
import { reportSchema } from '../../../src/doctor/finding';

const masterKey = 'master-key-of-this-test';
const functionKey = 'function-key-of-this-test';
let stack: Stack;
let host: FunctionsHostProcess;

beforeAll(async () => {
  stack = await Stack.startWithoutHost({ ...onSharedAzurite(), appFolder: builtApp() });
  host = await stack.addHost({
    arguments: ['--enable-auth', '--master-key', masterKey, '--function-key', functionKey],
  });
}, 60_000);
afterAll(() => stack.close());

const ask = (query: string, key?: string, from = host): Promise<Response> =>
  fetch(`${from.url}/api/doctor${query}`, {
    headers: key === undefined ? {} : { 'x-functions-key': key },
  });

const troublesIn = async (response: Response): Promise<string[]> =>
  reportSchema
    .parse(await response.json())
    .findings.filter(({ status }) => status === 'failed')
    .map(({ check }) => check);

test('only the master key opens the doctor', async () => {
  expect((await ask('')).status).toBe(401);
  expect((await ask('', functionKey)).status).toBe(401);
  expect((await ask('', masterKey)).status).toBe(200);
});

test('the app in its host, with its own credential, is healthy and makes a meeting', async () => {
  const response = await ask('?organizer=anna@contoso.com&probe=true', masterKey);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await troublesIn(response)).toEqual([]);
});

test.each([
  ['?probe=true', 'organizer'],
  ['?organizer=a%20b', 'organizer'],
  ['?organizer=a%00b', 'organizer'],
  [`?organizer=${'x'.repeat(321)}`, 'organizer'],
])('%s is refused', async (query, target) => {
  const response = await ask(query, masterKey);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalidRequest', target } });
});

test('an app whose settings are wrong still has a doctor', async () => {
  const ill = await stack.addHost({ environment: { GRAPH_TIMEOUT_SECONDS: 'soon' } });
  expect(await troublesIn(await ask('', undefined, ill))).toEqual(['configuration']);
  await ill.close();
}, 60_000);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly string[], key = masterKey): Promise<Ended> =>
  new Promise((resolve) => {
    const main = join(projectFolder(), 'dist/local/doctor/main.js');
    const env = { PATH: process.env['PATH'], CONVOKE_KEY: key };
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

describe('npm run doctor', () => {
  test.each(['', '/', '/api', '/api/doctor'])(
    'takes the app’s address with “%s” behind it',
    async (path) => {
      const { code, stdout } = await run([`${host.url}${path}`, 'anna@contoso.com']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/✓ accessPolicy +Microsoft Graph lets the app act/);
      // Colours are for terminals.
      expect(stdout).not.toContain('\u001b');
    },
  );

  test('ends with 1 when something failed, and says what to do', async () => {
    const { code, stdout } = await run([host.url, 'no-policy@contoso.com']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ accessPolicy[^✓✗?]*Grant-AccessPolicy\.ps1 -ClientId 5a6cfd4e/);
  });

  test('prints the report as JSON', async () => {
    const { code, stdout } = await run([host.url, 'no-policy@contoso.com', '--json']);
    expect(code).toBe(1);
    expect(reportSchema.parse(JSON.parse(stdout)).organizer).toBe('no-policy@contoso.com');
  });

  test.each([
    ['no address', [], masterKey, /^Usage/],
    ['what is no address', ['nowhere'], masterKey, /^Usage/],
    ['a probe for nobody', ['http://127.0.0.1:1', '--probe'], masterKey, /requires an organizer/],
    [
      'an address where nobody listens',
      ['http://127.0.0.1:1'],
      masterKey,
      /does not respond .*Is it running/,
    ],
    [
      'a key that would cross a network in the clear',
      ['http://app.example.com'],
      masterKey,
      /https only/,
    ],
  ])('ends with 2 for %s', async (_what, args, key, said) => {
    const { code, stderr } = await run(args, key);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });

  test('ends with 2 and a hint when the key is wrong, and does not repeat the key', async () => {
    const { code, stderr } = await run([host.url], 'wrong-key');
    expect(code).toBe(2);
    expect(stderr).toMatch(/CONVOKE_KEY/);
    expect(stderr).not.toContain('wrong-key');
  });
});

test('the published schema is the one that the report is checked with', () => {
  const file = join(projectFolder(), 'docs/schemas/doctor-report.schema.json');
  const schema = z.toJSONSchema(reportSchema);
  if (process.env['UPDATE_SCHEMAS'] === 'true')
    writeFileSync(file, JSON.stringify(schema, null, 2));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
