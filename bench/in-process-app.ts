import { randomUUID } from 'node:crypto';
import { FunctionApp, installCoreModule } from '../local/functions-host/worker/core-module';
import { runInvocation } from '../local/functions-host/worker/invocation';

/** An app in this process, with the minimum that can run it in place of host and worker. */
export class InProcessApp {
  readonly #app: FunctionApp;
  readonly #failures: string[] = [];

  /** Loads the files of an app as the worker does. */
  constructor(files: readonly string[]) {
    this.#app = new FunctionApp((event) => {
      if (event.type === 'log' && event.level === 'error') this.#failures.push(event.message);
    });
    installCoreModule(this.#app);
    for (const file of files) require(file);
  }

  /** @returns The address under which the app's functions are called. */
  async start(): Promise<string> {
    const { appLevelHookData: hookData, appHookData } = this.#app;
    await this.#app.hooks.run('appStart', { hookData, appHookData });
    const { HttpUri: server = '' } = (await this.#app.model?.getCapabilities({})) ?? {};
    return server;
  }

  /** Makes the meeting of a request over HTTP. @throws Error when the answer is not 201. */
  async makeMeeting(server: string, body: string): Promise<void> {
    const invocationId = randomUUID();
    const url = new URL('/api/createMeeting', server);
    const http = { url: url.href, method: 'POST', headers: {}, query: {}, params: {} };
    const ended = runInvocation(this.#app, {
      invocationId,
      functionName: 'createMeeting',
      request: {
        inputData: [{ name: this.#triggerOf('createMeeting'), data: { http } }],
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
      body,
    });
    await ended;
    if (status !== 201) throw new Error(`No meeting: ${status} ${this.#failures.join(' ')}`);
  }

  /** The name under which a function is handed the data of its trigger. */
  #triggerOf(functionName: string): string {
    const bindings = this.#app.functions.get(functionName)?.metadata.bindings ?? {};
    const found = Object.entries(bindings).find(([, { type }]) => type === 'httpTrigger');
    if (found === undefined) throw new Error(`The app has no function ${functionName}.`);
    return found[0];
  }
}
