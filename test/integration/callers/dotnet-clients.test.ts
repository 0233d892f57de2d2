import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../../local/project-folder';
import { StackHarness } from '../../support/harness/stack-harness';

const folder = join(projectFolder(), 'test/integration/callers/dotnet');
const cache = join(projectFolder(), 'node_modules/.cache/dotnet-clients');
const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };

// Without the SDK of .NET these are reported as skipped.
const hasDotnet = spawnSync('dotnet', ['--version'], { cwd: folder, env }).status === 0;
const describeWithDotnet = hasDotnet ? describe : describe.skip;

async function dotnet(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('dotnet', args, { cwd: folder, env });
  return stdout;
}

/** Generates the clients from the description that the app serves, and compiles them with the programs that use them. */
async function build(app: string): Promise<void> {
  const description = join(cache, 'openapi.json');
  const generated = join(cache, 'generated');
  mkdirSync(join(generated, 'nswag'), { recursive: true });
  writeFileSync(description, await (await fetch(`${app}/api/openapi.json`)).text());
  await dotnet('tool', 'restore');
  await dotnet(
    'nswag',
    'openapi2csclient',
    `/input:${description}`,
    `/output:${generated}/nswag/Client.cs`,
    '/namespace:Convoke.NSwag',
    '/classname:ConvokeClient',
    '/JsonLibrary:SystemTextJson',
    // Otherwise every option that is not set is sent as false.
    '/GenerateOptionalPropertiesAsNullable:true',
  );
  await dotnet(
    ...['kiota', 'generate', '--language', 'csharp', '--clean-output', '--log-level', 'error'],
    ...['--openapi', description, '--output', `${generated}/kiota`],
    ...['--class-name', 'ConvokeClient', '--namespace-name', 'Convoke.Kiota'],
  );
  await dotnet('build', 'clients.csproj', '--configuration', 'Release', '--verbosity', 'quiet');
}

describeWithDotnet('C#', () => {
  const harness = StackHarness.use();
  let said: Record<'graphSdk' | 'httpClient' | 'nswag' | 'kiota', unknown>;

  beforeAll(async () => {
    const app = harness.stack.url;
    await build(app);
    said = JSON.parse(await dotnet(join(cache, 'bin/clients.dll'), app)) as typeof said;
  }, 600_000);

  test('Microsoft’s Graph SDK makes meetings, repeats an object that was emptied by sending it, and reads errors', () => {
    expect(said.graphSdk).toEqual({
      subject: 'From the Graph SDK',
      joinWebUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//) as unknown,
      sameMeeting: true,
      keptSubject: 'From the Graph SDK',
      withoutKey: '400 invalidRequest',
      missing: '404 endpointNotFound',
    });
  });

  test('PostAsJsonAsync, whose body has no length, makes a meeting', () => {
    expect(said.httpClient).toEqual({ status: 201 });
  });

  test.each(['nswag', 'kiota'] as const)(
    'the client that %s generates makes a meeting and a batch, at the address that the description names',
    (generator) => {
      expect(said[generator]).toEqual({
        baseUrl: expect.stringMatching(new RegExp(`^${harness.stack.url}/api/?$`)) as unknown,
        status: 'Created',
        created: 1,
        rows: [`${generator}-2 Created`],
      });
    },
  );
});
