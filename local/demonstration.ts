import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Stack } from './stack';
import type { TerminalFace } from './terminal-face';

const lookEveryMs = 200;
const maxWaitMs = 20_000;

interface ResultMessage {
  readonly requestId: string;
  readonly status: string;
  readonly meeting: { readonly subject?: string; readonly joinWebUrl?: string } | null;
}

/** Two demo meetings: one by HTTP, one through the queue; then a command to try. */
export class Demonstration {
  readonly #stack: Stack;
  readonly #face: TerminalFace;
  readonly #queues: QueueServiceClient;

  constructor(stack: Stack, face: TerminalFace) {
    this.#stack = stack;
    this.#face = face;
    this.#queues = QueueServiceClient.fromConnectionString(stack.storage.connectionString);
  }

  async run(): Promise<void> {
    await this.#byHttp();
    await this.#byQueue();
    this.#face.say(`\nNow yours:\n\n${this.#command()}\n\nStop with Ctrl+C.`);
  }

  async #byHttp(): Promise<void> {
    this.#face.say('A meeting by HTTP, POST /api/createMeeting:');
    const response = await fetch(`${this.#stack.url}/api/createMeeting`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(exampleRequest(`http-${randomUUID()}`, 'First meeting by HTTP')),
    });
    this.#show(`${response.status}`, (await response.json()) as ResultMessage);
  }

  async #byQueue(): Promise<void> {
    this.#face.say('A meeting through the queue, meeting-requests → meeting-results:');
    const request = exampleRequest(`queue-${randomUUID()}`, 'First meeting through the queue');
    const requests = this.#queues.getQueueClient('meeting-requests');
    await requests.createIfNotExists();
    await requests.sendMessage(JSON.stringify(request));
    this.#show('result', await this.#resultOf(request.requestId));
  }

  /** Looks at the results without taking them away. */
  async #resultOf(requestId: string): Promise<ResultMessage> {
    const results = this.#queues.getQueueClient('meeting-results');
    const until = Date.now() + maxWaitMs;
    while (Date.now() < until) {
      const { peekedMessageItems } = await results.peekMessages({ numberOfMessages: 32 });
      const found = peekedMessageItems
        .map(({ messageText }) => JSON.parse(messageText) as ResultMessage)
        .find((result) => result.requestId === requestId);
      if (found !== undefined) return found;
      await sleep(lookEveryMs);
    }
    throw new Error(`No result for ${requestId} came within ${maxWaitMs / 1000} seconds.`);
  }

  #show(label: string, { status, meeting }: ResultMessage): void {
    this.#face.say(
      `  ${label} ${status} "${meeting?.subject ?? ''}"\n  ${meeting?.joinWebUrl ?? '(no meeting)'}\n`,
    );
  }

  #command(): string {
    const body = JSON.stringify(exampleRequest('my-first-meeting', 'My first meeting'));
    return `curl -i ${this.#stack.url}/api/createMeeting -H 'Content-Type: application/json' -d '${body}'`;
  }
}

/** A week from now: meetings that are over are refused. */
const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

const exampleRequest = (requestId: string, subject: string) => ({
  requestId,
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: {
    subject,
    startDateTime: `${day}T14:30:00`,
    lobbyBypassSettings: { scope: 'everyone' },
  },
});
