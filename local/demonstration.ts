import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Stack } from './stack';
import type { TerminalFace } from './terminal/terminal-face';

const lookEveryMs = 200;
const maxWaitMs = 20_000;

interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly innerError?: { readonly remedy?: string };
}

interface Answer {
  readonly status: string;
  readonly meeting?: { readonly subject?: string; readonly joinWebUrl?: string } | null;
  readonly error?: ErrorBody | null;
}

/** Three demo meetings: by HTTP, through the queue, and in a calendar; then a command to try. */
export class Demonstration {
  readonly #stack: Stack;
  readonly #face: TerminalFace;
  readonly #queues: QueueServiceClient;

  constructor(stack: Stack, face: TerminalFace) {
    this.#stack = stack;
    this.#face = face;
    this.#queues = QueueServiceClient.fromConnectionString(stack.storage.connectionString);
  }

  /** @throws Error that names what is wrong with the settings of the app. */
  async run(): Promise<void> {
    await this.#byHttp();
    await this.#byQueue();
    await this.#inCalendar();
    this.#face.say(`\nNow yours:\n\n${this.#command()}\n\nStop with Ctrl+C.`);
  }

  async #byHttp(): Promise<void> {
    this.#face.say('A meeting over HTTP, POST /api/createMeeting:');
    const request = exampleRequest(`http-${randomUUID()}`, 'First meeting over HTTP');
    this.#show(await this.#create(request));
  }

  async #inCalendar(): Promise<void> {
    this.#face.say('A meeting in the organizer’s calendar, with an invitation by email:');
    const request = exampleRequest(`calendar-${randomUUID()}`, 'First meeting in a calendar');
    const calendar = { invite: 'parent@example.org', location: 'Room 3' };
    this.#show(await this.#create({ ...request, calendar }));
    this.#face.say(`  The emails are at ${this.#stack.graph.url}/_simulator/mails\n`);
  }

  async #create(request: object): Promise<Answer> {
    const shown = this.#face.shown('createMeeting');
    const response = await fetch(`${this.#stack.url}/api/createMeeting`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    const answer = (await response.json()) as Answer;
    await shown;
    if (answer.error?.code === 'misconfigured')
      throw new Error(`${answer.error.message} Correct local.settings.json, then start again.`);
    return answer;
  }

  async #byQueue(): Promise<void> {
    this.#face.say('A meeting through the queue, meeting-requests → meeting-results:');
    const shown = this.#face.shown('processMeetingRequest');
    const request = exampleRequest(`queue-${randomUUID()}`, 'First meeting through the queue');
    const requests = this.#queues.getQueueClient('meeting-requests');
    await requests.sendMessage(JSON.stringify(request));
    const result = await this.#resultOf(request.requestId);
    await shown;
    this.#show(result);
  }

  /** Peeks at the results without removing them. */
  async #resultOf(requestId: string): Promise<Answer> {
    const results = this.#queues.getQueueClient('meeting-results');
    const until = Date.now() + maxWaitMs;
    while (Date.now() < until) {
      // The app creates the queue with its first result.
      const exists = await results.exists();
      const { peekedMessageItems } = exists
        ? await results.peekMessages({ numberOfMessages: 32 })
        : { peekedMessageItems: [] };
      const found = peekedMessageItems
        .map(({ messageText }) => JSON.parse(messageText) as Answer & { requestId: string })
        .find((result) => result.requestId === requestId);
      if (found !== undefined) return found;
      await sleep(lookEveryMs);
    }
    throw new Error(`No result for ${requestId} arrived within ${maxWaitMs / 1000} seconds.`);
  }

  #show({ meeting, error }: Answer): void {
    if (meeting) this.#face.say(`  "${meeting.subject ?? ''}"\n  ${meeting.joinWebUrl ?? ''}\n`);
    else this.#face.problem(`  ${error?.message ?? ''} ${error?.innerError?.remedy ?? ''}\n`);
  }

  #command(): string {
    const body = JSON.stringify(exampleRequest('my-first-meeting', 'My first meeting'));
    return `curl -i ${this.#stack.url}/api/createMeeting -H 'Content-Type: application/json' -d '${body}'`;
  }
}

/** A week from now, because past meetings are refused. */
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
