import { onSharedAzurite } from '../shared-azurite/account';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { Stack, type StackOptions } from '../../../local/stack';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { builtApp } from './built-app';
import { eventually } from './eventually';

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Answers are checked with matchers, which take anything.
  readonly body: unknown;
}

/**
 * Settings for tests: fixed dates stay valid, and queues are polled less often than by the app, because each poll costs
 * milliseconds of CPU, and several stacks poll at the same time.
 */
export const testSettings = {
  ALLOW_PAST_MEETINGS: 'true',
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:01',
};

/** Options of a stack in tests: the latest build, on the shared Azurite. */
export const inTests = (options: StackOptions = {}): StackOptions => ({
  ...onSharedAzurite(),
  appFolder: builtApp(),
  ...options,
  settings: { ...testSettings, ...options.settings },
});

/** The whole local stack, with the app as it was built, for one test file. */
export class StackHarness {
  readonly #options: StackOptions;
  #stack: Stack | undefined;
  readonly #seen: MeetingResult[] = [];

  private constructor(options: StackOptions) {
    this.#options = options;
  }

  static use(options: StackOptions = {}): StackHarness {
    const harness = new StackHarness(options);
    beforeAll(async () => {
      harness.#stack = await Stack.start(inTests(harness.#options));
    }, 60_000);
    afterAll(() => harness.#stack?.close());
    return harness;
  }

  get stack(): Stack {
    if (this.#stack === undefined) throw new Error('The stack runs only while tests do.');
    return this.#stack;
  }

  queue(name: string): QueueClient {
    return QueueServiceClient.fromConnectionString(
      this.stack.storage.connectionString,
    ).getQueueClient(name);
  }

  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<JsonAnswer> {
    const response = await fetch(`${this.stack.url}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    return toAnswer(response);
  }

  async get(path: string): Promise<JsonAnswer> {
    return toAnswer(await fetch(`${this.stack.url}/api/${path}`));
  }

  async send(text: string): Promise<string> {
    const queue = this.queue('meeting-requests');
    await queue.createIfNotExists();
    return (await queue.sendMessage(text)).messageId;
  }

  /** The first result of a request. Removes results from the queue as they arrive. */
  async resultOf(requestId: string): Promise<MeetingResult> {
    const seen = (): string => this.#seen.map((result) => result.requestId).join(', ');
    return eventually(
      () => `a result of ${requestId}; there are: ${seen()}`,
      () => this.#find((result) => result.requestId === requestId),
    );
  }

  /** The first message of the results queue that is of this type and not the result of a request. */
  async messageOfType(type: string): Promise<object> {
    return eventually(`a message of type ${type}`, () =>
      this.#find((message) => 'type' in message && message.type === type),
    );
  }

  async #find(fits: (result: MeetingResult) => boolean): Promise<MeetingResult | undefined> {
    if (!this.#seen.some(fits)) await this.#drain();
    return this.#seen.find(fits);
  }

  async #drain(): Promise<void> {
    const queue = this.queue('meeting-results');
    await queue.createIfNotExists();
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      this.#seen.push(JSON.parse(messageText) as MeetingResult);
      await queue.deleteMessage(messageId, popReceipt);
    }
  }
}

async function toAnswer(response: Response): Promise<JsonAnswer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

/** A request as a caller writes it, changed by `change`. */
export const requestBody = (change: object = {}): object => ({
  requestId: `r-${Math.random().toString(36).slice(2)}`,
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { subject: 'Parent evening', startDateTime: '2026-12-01T14:30:00' },
  ...change,
});
