/** The process that runs the app, in the app's folder, until the host ends it. */
import { describeError, makeCrash } from '../last-words';
import { FunctionApp, installCoreModule } from './core-module';
import { runInvocation } from './invocation';
import { loadApp } from './load-app';
import type { HostMessage, WorkerCall, WorkerMessage } from './messages';

function send(message: WorkerMessage, done: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, done);
  else done();
}

const app = new FunctionApp(send);

async function load(): Promise<void> {
  const folder = process.cwd();
  installCoreModule(app);
  const files = await loadApp(folder);
  if (files.length === 0)
    send({ type: 'problem', message: '"main" of package.json matches no file.' });
  await app.hooks.run('appStart', {
    functionAppDirectory: folder,
    hookData: app.appLevelHookData,
    appHookData: app.appHookData,
  });
  const capabilities = await app.model?.getCapabilities({});
  app.lock();
  const functions = [...app.functions.values()].map(({ metadata }) => metadata);
  send({ type: 'loaded', app: { functions, streamServer: capabilities?.['HttpUri'] } });
}

async function invoke(call: WorkerCall): Promise<void> {
  const { invocationId } = call;
  try {
    send({ type: 'answered', invocationId, response: await runInvocation(app, call) });
  } catch (error) {
    send({ type: 'failed', invocationId, detail: describeError(error) });
  }
}

async function terminate(): Promise<never> {
  const { appLevelHookData: hookData, appHookData } = app;
  await app.hooks.run('appTerminate', { hookData, appHookData }).catch((error: unknown) => {
    send({ type: 'problem', message: `An appTerminate hook failed: ${String(error)}` });
  });
  process.exit(0);
}

const crash = makeCrash((message, done) => send({ type: 'problem', message }, done));
process.on('uncaughtException', (error) => crash(`Uncaught exception: ${describeError(error)}`));
process.on('unhandledRejection', (error) => crash(`Unhandled rejection: ${describeError(error)}`));
// Ctrl+C reaches every process of a terminal; the host decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// The host is gone, so nobody needs the running work.
process.once('disconnect', () => process.exit(1));
process.on('message', (message: HostMessage) => {
  void (message.type === 'invoke' ? invoke(message.call) : terminate());
});
load().catch((error: unknown) => crash(`The app did not load: ${describeError(error)}`));
