import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectFolder } from './project-folder';
import { Stack } from './stack';

const howToInstall = `Azure Functions Core Tools are not installed: there is no "func" on the path.
Install them with "npm install --global azure-functions-core-tools@4", or as described at
https://learn.microsoft.com/azure/azure-functions/functions-run-local, and run this again.
Without them, "npm start" runs the same app under Convoke's own local host.
`;

/** Starts the same stack with Microsoft's own host instead of the local one. */
async function main(): Promise<void> {
  const stack = await Stack.startWithoutHost();
  const host = spawn('func', ['start', ...process.argv.slice(2)], {
    cwd: projectFolder(),
    env: { ...process.env, ...stack.environment, FUNCTIONS_WORKER_RUNTIME: 'node' },
    stdio: 'inherit',
  });
  // Ctrl+C reaches the host too; the stack stops after the host.
  process.on('SIGINT', () => {});
  // The host ignores SIGTERM.
  process.once('SIGTERM', () => host.kill('SIGINT'));
  try {
    await once(host, 'spawn');
    await once(host, 'exit');
    process.exitCode = host.exitCode ?? 1;
  } catch {
    process.stderr.write(howToInstall);
    process.exitCode = 1;
  } finally {
    await stack.close();
  }
}

void main();
