import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../../local/project-folder';
import { codeOnPage } from './code-on-page';
import { StackHarness } from '../../support/harness/stack-harness';

const folder = join(projectFolder(), 'test/integration/callers/dotnet');
/** One folder for each build, named by a digest of its inputs. */
const cache = join(projectFolder(), 'node_modules/.cache/dotnet-clients');
const env = {
  ...process.env,
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  // A build is too short to profit: https://learn.microsoft.com/dotnet/core/runtime-config/compilation#profile-guided-optimization
  DOTNET_TieredPGO: '0',
};

// Without the SDK of .NET these are reported as skipped.
const hasDotnet = spawnSync('dotnet', ['--version'], { cwd: folder, env }).status === 0;
const describeWithDotnet = hasDotnet ? describe : describe.skip;

async function dotnet(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('dotnet', args, { cwd: folder, env });
  return stdout;
}

/** Replaces the app's address, whose port changes, so that the generated code stays the same. */
const describedOrigin = 'https://convoke.example';
const generatorsIn = (work: string): readonly (readonly string[])[] => [
  [
    'nswag',
    'openapi2csclient',
    `/input:${work}/openapi.json`,
    `/output:${work}/generated/nswag/Client.cs`,
    '/namespace:Convoke.NSwag',
    '/classname:ConvokeClient',
    '/JsonLibrary:SystemTextJson',
    // Otherwise every unset option is sent as false.
    '/GenerateOptionalPropertiesAsNullable:true',
  ],
  [
    ...['kiota', 'generate', '--language', 'csharp', '--clean-output', '--log-level', 'error'],
    ...['--openapi', `${work}/openapi.json`, '--output', `${work}/generated/kiota`],
    ...['--class-name', 'ConvokeClient', '--namespace-name', 'Convoke.Kiota'],
  ],
];

/** The code in docs/graph-sdks.md as a program. */
const pageProgram = `using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.OnlineMeetings.CreateOrGet;
using Microsoft.Kiota.Abstractions.Authentication;

static class PageSnippet
{
    public static async Task<object> Run(string app)
    {
        var key = "key";
${codeOnPage('csharp').replaceAll('"https://<app>/', '$"{app}/')}
        return new { subject = created?.Subject, externalId = kept?.ExternalId };
    }
}
`;

/** A digest of all inputs of the programs. */
const digestOf = (text: string): string =>
  [
    ...sources.map((name) => readFileSync(join(folder, name), 'utf8')),
    readFileSync(__filename),
    pageProgram,
    text,
  ]
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(cs|csproj|json)$/.test(name),
);

/** The folder of the programs, with clients generated from the app's description. Built only once for the same inputs. */
async function build(app: string): Promise<string> {
  const text = (await (await fetch(`${app}/api/openapi.json`)).text()).replaceAll(
    app,
    describedOrigin,
  );
  const built = join(cache, digestOf(text));
  if (existsSync(built)) return built;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'work-'));
  try {
    await buildIn(work, text);
    renameSync(join(work, 'bin'), built);
    return built;
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function buildIn(work: string, description: string): Promise<void> {
  mkdirSync(join(work, 'generated/nswag'), { recursive: true });
  writeFileSync(join(work, 'openapi.json'), description);
  writeFileSync(join(work, 'generated/PageSnippet.cs'), pageProgram);
  await dotnet('tool', 'restore');
  await Promise.all(generatorsIn(work).map((args) => dotnet(...args)));
  const options = ['--configuration', 'Release', '--verbosity', 'quiet', `-p:Work=${work}/`];
  await dotnet('build', 'clients.csproj', ...options);
}

describeWithDotnet('C#', () => {
  const harness = StackHarness.use();
  let said: Record<'graphSdk' | 'page' | 'httpClient' | 'nswag' | 'kiota', unknown>;

  beforeAll(async () => {
    const app = harness.stack.url;
    const built = await build(app);
    said = JSON.parse(await dotnet(join(built, 'clients.dll'), app)) as typeof said;
  }, 600_000);

  test('Microsoft’s Graph SDK makes meetings, sends the same object again, and reads errors', () => {
    expect(said.graphSdk).toEqual({
      subject: 'From the Graph SDK',
      joinWebUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//) as unknown,
      sameMeeting: true,
      keptSubject: 'From the Graph SDK',
      withoutKey: '400 invalidRequest',
      missing: '404 endpointNotFound',
    });
  });

  test('what docs/graph-sdks.md shows makes a meeting, and one by its external id', () => {
    expect(said.page).toEqual({ subject: 'Parent evening', externalId: 'enrolment-17' });
  });

  test('PostAsJsonAsync, whose body has no length, makes a meeting', () => {
    expect(said.httpClient).toEqual({ status: 201 });
  });

  test.each(['nswag', 'kiota'] as const)(
    'the client that %s generates knows the address that the description names, and makes a meeting and a batch',
    (generator) => {
      expect(said[generator]).toEqual({
        baseUrl: expect.stringMatching(/^https:\/\/convoke\.example\/api\/?$/) as unknown,
        status: 'Created',
        created: 1,
        rows: [`${generator}-2 Created`],
      });
    },
  );
});
