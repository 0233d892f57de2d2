/**
 * What a competent user would otherwise write: the same network calls for one meeting (a row, Graph, the row again, a
 * result) with the same SDKs as they come, and a token that is kept. It parses nothing, checks nothing and decides nothing.
 */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { Client, HTTPMessageHandler, RetryHandler } from '@microsoft/microsoft-graph-client';
import { meeting, organizerId } from '../load/requests';
import { environment, serveLoop } from './loop-process';

const storage = environment('AzureWebJobsStorage');
const scope = environment('GRAPH_SCOPE');
const table = TableClient.fromConnectionString(storage, 'BenchLoop', {
  allowInsecureConnection: true,
});
const results = new QueueClient(storage, environment('BENCH_RESULTS'));
const credential = new ManagedIdentityCredential();

// Without the client's authentication handler, which sends no token to the http address of a simulator.
const retry = new RetryHandler();
retry.setNext(new HTTPMessageHandler());
const graph = Client.initWithMiddleware({
  baseUrl: environment('GRAPH_BASE_URL'),
  middleware: retry,
});

let kept: string | undefined;

async function token(): Promise<string> {
  kept ??= (await credential.getToken(scope)).token;
  return kept;
}

serveLoop(async () => {
  const requestId = randomUUID();
  const row = {
    partitionKey: requestId,
    rowKey: 'request',
    state: 'inProgress',
    meeting: JSON.stringify(meeting),
  };
  const { etag = '*' } = await table.createEntity(row);
  const made = (await graph
    .api(`/users/${organizerId}/onlineMeetings/createOrGet`)
    .header('Authorization', `Bearer ${await token()}`)
    .post({ ...meeting, externalId: requestId })) as object;
  const result = JSON.stringify({ requestId, status: 'created', meeting: made });
  await table.updateEntity({ ...row, state: 'finished', result }, 'Replace', { etag });
  await results.sendMessage(result, { messageTimeToLive: -1 });
});
