import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './predictions';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a script of `infra/scripts` as an operator does, with only this environment. */
function runScript(
  name: string,
  args: readonly string[],
  environment: Environment,
): Promise<Outcome> {
  const script = join(root, 'infra', 'scripts', name);
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** Runs the script that grants the app its permissions in Graph. */
export const runGrant = (args: readonly string[], environment: Environment): Promise<Outcome> =>
  runScript('grant-graph-permissions.mjs', args, environment);

/** Runs the script after `azd provision`, with the token in `TOKEN` and without waits. */
export const runPostprovision = (environment: Environment): Promise<Outcome> =>
  runScript('postprovision.mjs', ['--token-from-env', 'TOKEN', '--wait-seconds', '0'], environment);

/** Runs the script that puts dead messages back. */
export const runRedrive = (args: readonly string[], environment: Environment): Promise<Outcome> =>
  runScript('redrive.mjs', args, environment);
