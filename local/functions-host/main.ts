import { parseArgs } from 'node:util';
import type { HostEvent } from './events';
import { FunctionsHost } from './host';
import type { LocalUser } from './http/sign-in';
import { HostSettingsError } from './host-settings';
import { describeError, makeCrash } from './last-words';

const { values } = parseArgs({
  options: {
    app: { type: 'string', default: '.' },
    port: { type: 'string', default: '7071' },
    'lease-seconds': { type: 'string', default: '600' },
    'enable-auth': { type: 'boolean', default: false },
    users: { type: 'string' },
    'function-key': { type: 'string' },
    'master-key': { type: 'string' },
    /** Port of the app's debugger. */
    inspect: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Sends events to the parent over IPC; without a parent, or with --json, writes them to standard output, one on each line. */
function emit(event: HostEvent, done: () => void = () => undefined): void {
  if (process.send !== undefined && process.connected && !values.json) process.send(event, done);
  else process.stdout.write(`${JSON.stringify(event)}\n`, done);
}

let stopping = false;

const crash = makeCrash((message, done) => emit({ type: 'problem', message }, done));

function describe(error: unknown): string {
  if (error instanceof HostSettingsError) return error.message;
  const { code, port } = error as { readonly code?: unknown; readonly port?: unknown };
  return code === 'EADDRINUSE' ? `Port ${String(port)} is in use.` : describeError(error);
}

process.on('uncaughtException', (error) => crash(`Uncaught exception: ${describe(error)}`));
process.on('unhandledRejection', (reason) => crash(`Unhandled rejection: ${describe(reason)}`));

const starting = FunctionsHost.start({
  folder: values.app,
  port: Number(values.port),
  leaseSeconds: Number(values['lease-seconds']),
  keys: values['enable-auth']
    ? { functionKey: values['function-key'], masterKey: values['master-key'] }
    : undefined,
  users: values.users === undefined ? undefined : (JSON.parse(values.users) as LocalUser[]),
  inspectPort: values.inspect === undefined ? undefined : Number(values.inspect),
  emit,
  onFatal: crash,
});

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const host = await starting;
  await host.stop();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
process.once('disconnect', () => void stop());
starting.catch((error: unknown) => crash(describe(error)));
