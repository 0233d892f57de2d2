/**
 * A loop without protection: takes messages, calls Graph, sends the results and deletes the messages, with the same SDKs.
 * A message that comes twice makes two meetings, and so does a call that is repeated after an interruption.
 */
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient, type DequeuedMessageItem } from '@azure/storage-queue';
import { Client, HTTPMessageHandler, RetryHandler } from '@microsoft/microsoft-graph-client';
import { organizerId, type meetingRequest } from '../load/requests';
import { environment, serveLoop } from './loop-process';

/** Like the host. */
const messagesAtOnce = 32;

const storage = environment('AzureWebJobsStorage');
const requests = new QueueClient(storage, environment('BENCH_REQUESTS'));
const results = new QueueClient(storage, environment('BENCH_RESULTS'));
const credential = new ManagedIdentityCredential();

// Without the client's authentication handler, which sends no token to the http address of a simulator.
const retry = new RetryHandler();
retry.setNext(new HTTPMessageHandler());
const graph = Client.initWithMiddleware({
  baseUrl: environment('GRAPH_BASE_URL'),
  middleware: retry,
});

let token: Promise<string> | undefined;

const fetchToken = async (): Promise<string> =>
  (await credential.getToken(environment('GRAPH_SCOPE'))).token;

let taken: DequeuedMessageItem[] = [];
let taking: Promise<void> | undefined;

async function take(): Promise<void> {
  const { receivedMessageItems } = await requests.receiveMessages({
    numberOfMessages: messagesAtOnce,
    visibilityTimeout: 600,
  });
  taken = taken.concat(receivedMessageItems);
  taking = undefined;
}

async function nextMessage(): Promise<DequeuedMessageItem> {
  for (let message = taken.shift(); ; message = taken.shift()) {
    if (message !== undefined) return message;
    await (taking ??= take());
  }
}

serveLoop(async () => {
  const { messageId, popReceipt, messageText } = await nextMessage();
  const { requestId, meeting } = JSON.parse(messageText) as ReturnType<typeof meetingRequest>;
  const made = (await graph
    .api(`/users/${organizerId}/onlineMeetings`)
    .header('Authorization', `Bearer ${await (token ??= fetchToken())}`)
    .post(meeting)) as object;
  const result = JSON.stringify({ requestId, status: 'created', meeting: made });
  await results.sendMessage(result, { messageTimeToLive: -1 });
  await requests.deleteMessage(messageId, popReceipt);
});
