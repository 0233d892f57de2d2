import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './predictions';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const project = join(root, 'test', 'infra', 'powershell-host', 'powershell-host.csproj');
const host = join(root, 'node_modules', '.cache', 'powershell-host', 'bin', 'powershell-host.dll');
const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { env }).status === 0;

/** The command that runs a script file: `pwsh`, else PowerShell's engine from its package; undefined where neither is to be had. */
export function findPowerShell(): readonly [string, ...string[]] | undefined {
  if (succeeds('pwsh', ['-NoProfile', '-Command', 'exit 0']))
    return ['pwsh', '-NoProfile', '-File'];
  const build = ['build', project, '--configuration', 'Release', '--verbosity', 'quiet'];
  return succeeds('dotnet', build) ? ['dotnet', host] : undefined;
}

export function runScript(command: readonly [string, ...string[]], file: string): Promise<Outcome> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    execFile(program, [...args, file], { env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
