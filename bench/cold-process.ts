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
  const { HttpUri: server = '' } = (await app.model?.getCapabilities({})) ?? {};
  const invocationId = randomUUID();
  const url = new URL('/api/createMeeting', server);
  const http = { url: url.href, method: 'POST', headers: {}, query: {}, params: {} };
  const ended = runInvocation(app, {
    invocationId,
    functionName: 'createMeeting',
    request: {
      inputData: [{ name: triggerOf(app, 'createMeeting'), data: { http } }],
      triggerMetadata: { Headers: { json: '{}' }, Query: { json: '{}' } },
      traceContext: { traceParent: '', traceState: '', attributes: {} },
    },
  });
  // The app has HTTP streaming on: the library takes the body, and answers, at a server of its own.
  const { status } = await fetch(url, {
    method: 'POST',
    headers: {
      'x-ms-invocation-id': invocationId,
      'x-forwarded-host': url.host,
      'x-forwarded-proto': 'http',
    },
    body: process.env['BENCH_REQUEST'] ?? '',
  });
  await ended;
  if (status !== 201) throw new Error(`No meeting: ${status} ${failures.join(' ')}`);
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
