import { randomUUID } from 'node:crypto';
import { FunctionApp, installCoreModule } from '../local/functions-host/worker/core-module';
import { runInvocation } from '../local/functions-host/worker/invocation';
import { toTriggerInput, toTriggerMetadata } from '../local/functions-host/queue/message';
import type { TypedData } from '../local/functions-host/worker/rpc';
import type { QueueClient } from '@azure/storage-queue';

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
    await this.post(new URL('/api/createMeeting', server), { functionName: 'createMeeting', body });
  }

  /** @throws Error when the answer is not 201 or 202. */
  async post(url: URL, { functionName, body }: Post): Promise<void> {
    const invocationId = randomUUID();
    const http = { url: url.href, method: 'POST', headers: {}, query: {}, params: {} };
    const ended = this.#run(functionName, invocationId, {
      input: { http },
      metadata: { Headers: { json: '{}' }, Query: { json: '{}' } },
    });
    // The app has HTTP streaming on: the library takes the body, and answers, at a server of its own.
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        'x-ms-invocation-id': invocationId,
        'x-forwarded-host': url.host,
        'x-forwarded-proto': 'http',
        'Content-Type': 'application/json',
      },
      body,
    });
    await ended;
    if (status !== 201 && status !== 202)
      throw new Error(`${functionName}: ${status} ${this.#failures.join(' ')}`);
  }

  /** Takes the next message off a queue and gives it to a function. @throws Error when there is none. */
  async takeMessage(queue: QueueClient, functionName: string): Promise<void> {
    const [message] = (await queue.receiveMessages()).receivedMessageItems;
    if (message === undefined) throw new Error(`There is no message on ${queue.name}.`);
    const input = toTriggerInput(Buffer.from(message.messageText), true);
    const metadata = toTriggerMetadata(message, input);
    await this.#run(functionName, randomUUID(), { input, metadata });
    await queue.deleteMessage(message.messageId, message.popReceipt);
  }

  async #run(
    functionName: string,
    invocationId: string,
    { input, metadata }: TriggerData,
  ): Promise<void> {
    await runInvocation(this.#app, {
      invocationId,
      functionName,
      request: {
        inputData: [{ name: this.#triggerOf(functionName), data: input }],
        triggerMetadata: metadata,
        traceContext: { traceParent: '', traceState: '', attributes: {} },
      },
    });
  }

  /** The name under which a function is handed the data of its trigger. */
  #triggerOf(functionName: string): string {
    const bindings = this.#app.functions.get(functionName)?.metadata.bindings ?? {};
    const found = Object.entries(bindings).find(
      ([, { type }]) => type?.endsWith('Trigger') === true,
    );
    if (found === undefined) throw new Error(`The app has no function ${functionName}.`);
    return found[0];
  }
}

interface Post {
  readonly functionName: string;
  readonly body: string;
}

interface TriggerData {
  readonly input: TypedData;
  readonly metadata: Readonly<Record<string, TypedData>>;
}
