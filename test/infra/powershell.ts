import { execFile, spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './predictions';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** PowerShell 7 as Microsoft's package for dotnet: https://learn.microsoft.com/powershell/scripting/install/install-other-linux */
const version = '7.6.9';
const installed = join(root, 'node_modules', '.cache', `powershell-${version}`);

/** The folder with the fake Teams module. */
export const modules = join(root, 'test', 'infra', 'teams-modules');

const env = {
  ...process.env,
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  PATH: [process.env['PATH'] ?? '', installed].join(delimiter),
};

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { env }).status === 0;

/** Only searched, not started: a start takes a second of CPU in each test file. */
const isOnPath = (): boolean =>
  env.PATH.split(delimiter).some((folder) =>
    ['pwsh', 'pwsh.exe'].some((name) => existsSync(join(folder, name))),
  );

/** Installed elsewhere and then moved as a whole, because other test files may install it at the same time. */
function install(): boolean {
  if (existsSync(installed)) return false;
  const aside = `${installed}-${process.pid}`;
  const args = ['tool', 'install', 'powershell', '--version', version, '--tool-path', aside];
  const done = succeeds('dotnet', args);
  if (done && !existsSync(installed)) renameSync(aside, installed);
  rmSync(aside, { recursive: true, force: true });
  return done && succeeds('pwsh', ['-Version']);
}

/** The environment in which `pwsh` can be called: on the path, or installed by dotnet; undefined if neither is available. */
export const findPowerShell = (): Readonly<Record<string, string | undefined>> | undefined =>
  isOnPath() || install() ? { ...env, PSModulePath: modules } : undefined;

/** Runs a script as from an open session, in a scope below it. */
export function runInSession(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const args = ['-NoProfile', '-NonInteractive', '-Command', `& '${file}'`];
  return new Promise((resolve) => {
    execFile('pwsh', args, { env: environment }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
