/**
 * A process that loads an app as the worker does and ends after that, or after one meeting. The minimum that
 * can run an app, so that the app is timed: cold-process.js load|files|meeting <file of the app>...
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { FunctionApp, installCoreModule } from '../local/functions-host/worker/core-module';
import { runInvocation } from '../local/functions-host/worker/invocation';

const [mode, ...files] = process.argv.slice(2);
const failures: string[] = [];

/** The measuring process reads standard output. */
const say = (text: string): void => void writeSync(1, `${text}\n`);

function load(): FunctionApp {
  const app = new FunctionApp((event) => {
    if (event.type === 'log' && event.level === 'error') failures.push(event.message);
  });
  installCoreModule(app);
  for (const file of files) require(file);
  return app;
}

async function makeMeeting(app: FunctionApp): Promise<void> {
  const context = { hookData: app.appLevelHookData, appHookData: app.appHookData };
  await app.hooks.run('appStart', context);
  await app.model?.getCapabilities({});
  const body = { bytes: Buffer.from(process.env['BENCH_REQUEST'] ?? '') };
  const http = {
    url: 'http://127.0.0.1/api/createMeeting',
    method: 'POST',
    headers: {},
    query: {},
    params: {},
    body,
  };
  const { returnValue } = await runInvocation(app, {
    invocationId: randomUUID(),
    functionName: 'createMeeting',
    request: {
      inputData: [{ name: triggerOf(app, 'createMeeting'), data: { http } }],
      triggerMetadata: {},
      traceContext: { traceParent: '', traceState: '', attributes: {} },
    },
  });
  const status = String(returnValue?.http?.statusCode);
  if (status !== '201') throw new Error(`No meeting: ${status} ${failures.join(' ')}`);
}

/** The name under which a function is handed the data of its trigger. */
function triggerOf(app: FunctionApp, functionName: string): string {
  const bindings = app.functions.get(functionName)?.metadata.bindings ?? {};
  const found = Object.entries(bindings).find(([, { type }]) => type === 'httpTrigger');
  if (found === undefined) throw new Error(`The app has no function ${functionName}.`);
  return found[0];
}

async function run(): Promise<void> {
  const app = load();
  if (mode === 'meeting' || mode === 'files') await makeMeeting(app);
  if (mode === 'files') say(Object.keys(require.cache).join('\n'));
  say('done');
  process.exit(0);
}

run().catch((error: unknown) => {
  say(`failed: ${String(error)}`);
  process.exit(1);
});
