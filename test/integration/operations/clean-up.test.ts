import { HttpRequest, InvocationContext } from '@azure/functions';
import { systemClock } from '../../../src/adapters/clock';
import { makeMessageBlobs } from '../../../src/adapters/storage/message-blobs';
import { withLog } from '../../../src/telemetry/log';
import { makeStorageClients } from '../../../src/adapters/storage/clients';
import { loadConfig } from '../../../src/config/config';
import { makeDependencies } from '../../../src/app/dependencies';
import { makeHandlers } from '../../../src/app/handlers';
import type { Clock } from '../../../src/meetings/ports';
import { all } from '../../support/harness/all';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
const dayMs = 86_400_000;
/** After the default retention of 30 days, and two more weeks for texts of messages. */
const later = { now: () => new Date(Date.now() + 45 * dayMs), sleep: async () => undefined };
const context = new InvocationContext();
const silently = <T>(work: () => Promise<T>): Promise<T> =>
  withLog({ info() {}, warn() {}, error() {} }, work);

async function finishedBatch(): Promise<void> {
  const rows = [requestBody({ requestId: 'old-1' }), requestBody({ requestId: 'old-2' })];
  const { status, headers } = await harness.post('batches', rows);
  expect(status).toBe(202);
  await harness.messageOfType('batchCompleted');
  expect((await fetch(headers.get('location') ?? '')).status).toBe(200);
}

test('what ended long ago is removed from real storage, and a batch that waits for an instance is left whole', async () => {
  const config = loadConfig(harness.stack.environment);
  const handlers = (clock?: Clock) => makeHandlers(config, makeDependencies(config, clock));
  const storage = makeStorageClients(config.storage);
  const rows = storage.container('meeting-batches');
  const texts = storage.container('meeting-messages');

  const single = requestBody({ requestId: 'old-single' });
  expect((await harness.post('createMeeting', single)).status).toBe(201);
  await finishedBatch();
  await makeMessageBlobs(() => texts, systemClock).save('a long text');

  await harness.stack.host.close();
  const call = new HttpRequest({
    method: 'POST',
    url: 'https://app.example/api/batches',
    headers: { 'content-type': 'application/json' },
    body: { string: JSON.stringify([requestBody({ requestId: 'waiting-1' })]) },
  });
  const accepted = await silently(() => handlers().submitBatch(call, context));
  expect(accepted.status).toBe(202);
  const { batchId } = accepted.jsonBody as { readonly batchId: string };
  expect(await all(rows.listBlobsFlat())).toHaveLength(2);

  await silently(() => handlers(later).cleanUp());

  const requests = storage.table('MeetingRequests').listEntities();
  expect(await all(requests)).toEqual([]);
  expect(await all(texts.listBlobsFlat())).toEqual([]);
  expect((await all(rows.listBlobsFlat())).map(({ name }) => name)).toEqual([
    expect.stringContaining(batchId),
  ]);
  const left = JSON.stringify(await all(storage.table('MeetingBatches').listEntities()));
  expect(left).toContain(batchId);
  expect(left).not.toContain('old-1');
}, 90_000);
