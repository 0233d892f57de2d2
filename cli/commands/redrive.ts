import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import type { Command } from '../context';

interface RedriveOptions {
  readonly queue: string;
  readonly dryRun?: boolean;
}

/** Runs the operator's script that puts the messages of a poison queue back. */
export const redrive: Command<RedriveOptions> = async ({ queue, dryRun }, { env, output }) => {
  const isLocal = env['CONVOKE_STORAGE_ACCOUNT_NAME'] === undefined;
  const args = [
    ...[join(projectFolder(), 'infra/scripts/redrive.mjs'), '--queue', queue],
    ...(dryRun === true ? ['--dry-run'] : []),
    ...(isLocal ? ['--connection-string-from-env', 'CONVOKE_STORAGE'] : []),
  ];
  const script = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { CONVOKE_STORAGE: 'UseDevelopmentStorage=true', ...env },
  });
  let said = '';
  script.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [exitCode] = (await once(script, 'close')) as [number | null];
  output.json({ queue, exitCode, messages: said.trim().split('\n') });
  if (said !== '') output.say(said.trim());
  return exitCode ?? 1;
};
