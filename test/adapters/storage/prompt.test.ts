import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { systemClock } from '../../../src/adapters/clock';
import { promptLedger } from '../../../src/adapters/storage/prompt';
import { makeDependencies } from '../../../src/app/dependencies';
import { makeHandlers } from '../../../src/app/handlers';
import { loadConfig } from '../../../src/config/config';
import { answering } from '../../../src/handlers/invocation';
import type { HttpHandler } from '../../../src/handlers/http/response';
import type { LedgerEntry } from '../../../src/meetings/ledger';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { requestBody } from '../../support/harness/stack-harness';
import { FakeLedger } from '../../support/fakes/fake-ledger';
import { FakeLog } from '../../support/harness/core-harness';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

const entry: LedgerEntry = {
  requestId: 'r-1',
  fingerprint: {
    organizer: 'anna@contoso.com',
    subject: 'Parent evening',
    startDateTime: null,
    endDateTime: null,
    externalId: null,
  },
  plan: 'createOnce',
  attempts: 1,
  acceptedDateTime: '2030-12-01T14:30:00Z',
  progress: { state: 'inProgress', leaseUntil: 1 },
};

/** A ledger whose answers come when they are let through. */
class SlowLedger extends FakeLedger {
  readonly #gate = Promise.withResolvers<undefined>();
  open = (): void => this.#gate.resolve(undefined);

  override async begin(given: LedgerEntry) {
    await this.#gate.promise;
    return super.begin(given);
  }
}

test('a row that is inserted after its caller was refused is free for the next try', async () => {
  const slow = new SlowLedger();
  await expect(promptLedger(slow, 10).begin(entry)).rejects.toMatchObject({
    code: 'storageUnavailable',
  });
  slow.open();
  while ((await slow.read('r-1'))?.entry.progress.state !== 'waiting')
    await new Promise(setImmediate);
  expect((await slow.begin(entry)).inserted).toBe(false);
});

test('a row that is inserted after its caller was refused, and says that the request is cancelled, stays so', async () => {
  const slow = new SlowLedger();
  const progress = { state: 'finished', result: {} as MeetingResult } as const;
  const cancelled = { ...entry, isCancelled: true, progress } as const;
  await expect(promptLedger(slow, 10).begin(cancelled)).rejects.toMatchObject({
    code: 'storageUnavailable',
  });
  slow.open();
  for (let ticks = 0; ticks < 5; ticks += 1) await new Promise(setImmediate);
  expect((await slow.read('r-1'))?.entry).toEqual(cancelled);
});

test('a row of another attempt stays unchanged', async () => {
  const slow = new SlowLedger();
  await FakeLedger.prototype.begin.call(slow, { ...entry, attempts: 7 });
  await expect(promptLedger(slow, 10).begin(entry)).rejects.toMatchObject({
    code: 'storageUnavailable',
  });
  slow.open();
  expect((await slow.begin(entry)).entry).toMatchObject({
    attempts: 7,
    progress: { state: 'inProgress' },
  });
});

describe('storage that takes every connection and never answers', () => {
  const unanswered: ServerResponse[] = [];
  let refusing = false;
  const silent = createServer((_request, response) => {
    if (refusing) response.writeHead(403).end();
    else unanswered.push(response);
  });
  let handlers: ReturnType<typeof makeHandlers>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}/devstoreaccount1`;
    const account = `AccountName=devstoreaccount1;AccountKey=${Buffer.from('key').toString('base64')}`;
    const config = loadConfig({
      AzureWebJobsStorage: `DefaultEndpointsProtocol=http;${account};BlobEndpoint=${at};QueueEndpoint=${at};TableEndpoint=${at};`,
    });
    handlers = makeHandlers(config, makeDependencies(config));
  });

  // Without retries, nothing outlives the test.
  afterAll(() => {
    refusing = true;
    for (const response of unanswered) response.writeHead(403).end();
    silent.close();
  });

  const log = new FakeLog();
  const ask = (handler: HttpHandler, body?: object, query = '') =>
    answering(handler, { log, clock: systemClock })(
      new HttpRequest({
        method: 'POST',
        url: `https://convoke.example/api/batches${query}`,
        params: { requestId: 'r-1', batchId: 'x'.repeat(36) },
        ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
      }),
      new InvocationContext(),
    );

  test('every HTTP caller gets an error before one try of storage would end', async () => {
    const started = Date.now();
    const answers = await Promise.all([
      ask(handlers.createMeeting, requestBody({ organizer: anna })),
      ask(handlers.getRequest),
      ask(handlers.retryRequest),
      ask(handlers.submitBatch, { requests: [requestBody()] }),
      ask(handlers.getBatch),
      ask(handlers.getBatchResults),
      ask(handlers.cancelBatch),
      ask(handlers.listFinishedBatches, undefined, '?completedAfter=2030-12-01T00:00:00Z'),
    ]);
    // Five seconds, plus the time to load the libraries on a busy machine; a try takes fifteen.
    expect(Date.now() - started).toBeLessThan(12_000);
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 503,
        jsonBody: { error: { code: 'storageUnavailable' } },
      });
  });
});
