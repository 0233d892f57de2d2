// Compiles the Bicep files, with every warning an error, and predicts what they would deploy.
//
// - `node infra/compile.mjs` writes the predictions to infra/snapshots.
// - `node infra/compile.mjs --check` fails if they are not those in infra/snapshots.
// - `node infra/compile.mjs --compiler` prints which compiler would be used.
//
// Exit codes: 0 success, 1 failure, 3 no compiler found.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const infra = import.meta.dirname;
const project = join(infra, 'compiler', 'compiler.csproj');
const executable = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
const noCompiler = `No Bicep compiler found. Install one of these:
  bicep on the path    https://aka.ms/bicep-install
  az on the path       az bicep install
  dotnet on the path   the compiler is then restored from its package`;

/** Snapshots need ids. Any will do, because this makes no call to Azure. */
const target = [
  ['--tenant-id', '11111111-1111-1111-1111-111111111111'],
  ['--subscription-id', '22222222-2222-2222-2222-222222222222'],
  ['--location', 'westeurope'],
].flat();

/**
 * Without tiered compilation: the compiler runs only for a second or two:
 * https://learn.microsoft.com/dotnet/core/runtime-config/compilation
 */
const runtime = { DOTNET_TieredCompilation: '0' };

function run(command, args, { env = process.env } = {}) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...runtime, ...env },
  });
  return { ok: result.status === 0, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
}

const works = (compiler) => run(compiler, ['--version']).ok;

/** The compiler from the NuGet package, restored once into the user's package folder. */
function restoredCompiler() {
  const packages = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages');
  const [, version] = /CommandLine.*Version="([^"]+)"/.exec(readFileSync(project, 'utf8')) ?? [];
  const restored = (existsSync(packages) ? readdirSync(packages) : [])
    .filter((name) => name.startsWith('azure.bicep.commandline.'))
    .map((name) => join(packages, name, version, 'tools', executable))
    .find((path) => existsSync(path));
  return restored ?? restoreCompiler();
}

function restoreCompiler() {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  if (!run('dotnet', ['restore', project, '--verbosity', 'quiet'], { env }).ok) return undefined;
  return run('dotnet', ['msbuild', project, '-getProperty:BicepPath'], { env }).stdout.trim();
}

function findCompiler() {
  if (works('bicep')) return 'bicep';
  const fromAzureCli = join(homedir(), '.azure', 'bin', executable);
  if (works(fromAzureCli)) return fromAzureCli;
  const restored = restoredCompiler();
  return restored && works(restored) ? restored : undefined;
}

/** Runs the compiler; any diagnostic at all ends the program. */
function compile(compiler, args, options) {
  const result = run(compiler, args, options);
  if (result.ok && result.stderr.trim() === '') return result.stdout;
  console.error(result.stderr || result.stdout);
  return process.exit(1);
}

/**
 * Predicts what the template deploys with these environment variables. Works on a copy, because the compiler writes
 * beside its input.
 */
function predict(compiler, variables) {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-infra-'));
  try {
    cpSync(infra, folder, { recursive: true });
    const env = { ...withoutOwnVariables(process.env), ...variables };
    compile(compiler, ['snapshot', join(folder, 'main.bicepparam'), ...target], { env });
    const { predictedResources } = JSON.parse(
      readFileSync(join(folder, 'main.snapshot.json'), 'utf8'),
    );
    return predictedResources.map(withoutDerivedId);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Removes ids that contain only type and name. The id of a role assignment also contains its scope. */
const withoutDerivedId = ({ id, ...resource }) =>
  id.includes('extensionResourceId') ? { id, ...resource } : resource;

const withoutOwnVariables = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AZURE|CONVOKE)_/.test(name)));

function resolvePrediction(name, prediction) {
  const file = join(infra, 'snapshots', `${name}.json`);
  const text = `${JSON.stringify(prediction, null, 2)}\n`;
  if (!process.argv.includes('--check')) return writeFileSync(file, text);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return undefined;
  console.error(
    `infra/snapshots/${name}.json does not match the Bicep files. Run: node infra/compile.mjs`,
  );
  return process.exit(1);
}

const compiler = findCompiler();
if (compiler === undefined) {
  console.error(noCompiler);
  process.exit(3);
}
if (process.argv.includes('--compiler')) {
  console.log(compiler);
  process.exit(0);
}
const scenarios = JSON.parse(readFileSync(join(infra, 'snapshots', 'scenarios.json'), 'utf8'));
for (const [name, variables] of Object.entries(scenarios))
  resolvePrediction(name, predict(compiler, variables));
console.log(`Compiled without warnings. Predictions: ${Object.keys(scenarios).join(', ')}.`);
