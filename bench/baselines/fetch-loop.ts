/**
 * The same network calls over bare fetch: no SDK, no retry, no token renewal, no telemetry, and addresses that are
 * signed in advance. A lower bound, not an equivalent.
 */
import { randomUUID } from 'node:crypto';
import { meeting, organizerId } from '../load/requests';
import { fetchToken } from '../load/token';
import { environment, serveLoop } from './loop-process';

const tableUrl = new URL(environment('BENCH_TABLE_URL'));
const queueUrl = new URL(environment('BENCH_RESULTS_URL'));
const graph = environment('GRAPH_BASE_URL');
const json = { Accept: 'application/json;odata=nometadata', 'Content-Type': 'application/json' };
const version = { 'x-ms-version': '2019-02-02' };
let token: string | undefined;

async function call(url: string, init: RequestInit & { method: string }): Promise<Response> {
  const answer = await fetch(url, init);
  if (!answer.ok)
    throw new Error(
      `${init.method} ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`,
    );
  return answer;
}

serveLoop(async () => {
  const requestId = randomUUID();
  const row = {
    PartitionKey: requestId,
    RowKey: 'request',
    state: 'inProgress',
    meeting: JSON.stringify(meeting),
  };
  token ??= await fetchToken(process.env);
  const inserted = await call(tableUrl.href, {
    method: 'POST',
    headers: { ...json, ...version, Prefer: 'return-no-content' },
    body: JSON.stringify(row),
  });
  const made = await call(`${graph}/v1.0/users/${organizerId}/onlineMeetings/createOrGet`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...meeting, externalId: requestId }),
  });
  const result = JSON.stringify({ requestId, status: 'created', meeting: await made.json() });
  const key = `(PartitionKey='${requestId}',RowKey='request')`;
  const updated = await call(`${tableUrl.origin}${tableUrl.pathname}${key}${tableUrl.search}`, {
    method: 'PUT',
    headers: { ...json, ...version, 'If-Match': inserted.headers.get('etag') ?? '*' },
    body: JSON.stringify({ ...row, state: 'finished', result }),
  });
  await updated.arrayBuffer();
  await inserted.arrayBuffer();
  const escaped = result.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const sent = await call(
    `${queueUrl.origin}${queueUrl.pathname}/messages${queueUrl.search}&messagettl=-1`,
    {
      method: 'POST',
      headers: { ...version, 'Content-Type': 'application/xml' },
      body: `<QueueMessage><MessageText>${escaped}</MessageText></QueueMessage>`,
    },
  );
  await sent.arrayBuffer();
});
