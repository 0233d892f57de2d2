import { QueueServiceClient } from '@azure/storage-queue';
import { listen, type LoopbackServer } from '../../local/loopback-server';
import { diagnoseQueue } from '../../src/doctor/storage';
import { DoctorHarness, findingOf, troubles } from '../support/harness/doctor-harness';
import { useAzurite } from '../support/harness/azurite';

const everything = [
  'storage.queue.meeting-requests',
  'storage.queue.meeting-requests-poison',
  'storage.queue.meeting-batches',
  'storage.queue.meeting-batches-poison',
  'storage.queue.meeting-results',
  'storage.table.MeetingRequests',
  'storage.table.MeetingBatches',
  'storage.container.meeting-batches',
  'storage.container.meeting-messages',
];

describe('a storage account that answers as told', () => {
  let server: LoopbackServer;
  let doctor: DoctorHarness;
  let answer: (method: string) => { readonly status: number; readonly code: string };
  beforeAll(async () => {
    server = await listen(async (request, response) => {
      request.resume();
      const { status, code } = answer(request.method ?? '');
      const json = request.url?.includes('Meeting') === true;
      response.writeHead(status, {
        'x-ms-error-code': code,
        'content-type': json ? 'application/json' : 'application/xml',
      });
      response.end(json ? JSON.stringify({ 'odata.error': { code } }) : '');
    });
    doctor = await DoctorHarness.start(
      `DefaultEndpointsProtocol=http;AccountName=x;AccountKey=eA==;BlobEndpoint=${server.url}/x;QueueEndpoint=${server.url}/x;TableEndpoint=${server.url}/x;`,
    );
  });
  afterAll(() => Promise.all([doctor.close(), server.close()]));

  test.each(['AuthorizationPermissionMismatch', 'AuthorizationFailure'])(
    '%s for everything is a missing role everywhere',
    async (code) => {
      answer = () => ({ status: 403, code });
      const report = await doctor.runChecks();
      expect(troubles(report).filter((trouble) => trouble.startsWith('failed'))).toEqual(
        everything.map((check) => `failed ${check}`),
      );
      expect(findingOf(report, 'storage.queue.meeting-requests')).toMatchObject({
        meaning: expect.stringContaining('does not let the app read'),
        remedy: expect.stringContaining('Storage Queue Data Contributor'),
        command: expect.stringContaining('az role assignment create'),
      });
    },
  );

  test('a right to read alone is not enough', async () => {
    answer = (method) =>
      method === 'DELETE'
        ? { status: 403, code: 'AuthorizationPermissionMismatch' }
        : { status: 200, code: '' };
    const report = await doctor.runChecks();
    for (const check of everything)
      expect(findingOf(report, check)).toMatchObject({
        status: 'failed',
        evidence: { right: 'write' },
      });
  });

  test('a broken account is distinguished from a missing role', async () => {
    answer = () => ({ status: 500, code: 'InternalError' });
    const report = await doctor.runChecks();
    for (const check of everything) {
      expect(findingOf(report, check)).toMatchObject({
        status: 'failed',
        evidence: { reason: expect.stringMatching(/^(InternalError|HTTP 500)$/) },
      });
    }
  });
});

describe('a storage account', () => {
  const storage = useAzurite();
  let doctor: DoctorHarness;
  beforeAll(async () => {
    doctor = await DoctorHarness.start(storage.connectionString);
  });
  afterAll(() => doctor.close());

  test('without the app’s queues, tables and containers is as good as new', async () => {
    const report = await doctor.runChecks();
    for (const check of everything) {
      expect(findingOf(report, check)).toMatchObject({
        status: 'passed',
        meaning: expect.stringContaining('does not exist yet'),
      });
    }
  });

  test('has its messages counted, and none is touched', async () => {
    const queue = QueueServiceClient.fromConnectionString(storage.connectionString).getQueueClient(
      'meeting-requests',
    );
    await queue.create();
    await queue.sendMessage('one');
    await queue.sendMessage('two');
    const report = await doctor.runChecks();
    expect(findingOf(report, 'storage.queue.meeting-requests').meaning).toContain(
      'can read and write',
    );
    expect(findingOf(report, 'queue.meeting-requests')).toMatchObject({
      status: 'passed',
      evidence: { messages: 2, oldestMinutes: 0 },
    });
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    expect(
      receivedMessageItems.map(({ messageText, dequeueCount }) => [messageText, dequeueCount]),
    ).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });

  test('that nobody listens on is unreachable', async () => {
    const away = await DoctorHarness.start(
      'DefaultEndpointsProtocol=http;AccountName=x;AccountKey=eA==;BlobEndpoint=http://127.0.0.1:1/x;QueueEndpoint=http://127.0.0.1:1/x;TableEndpoint=http://127.0.0.1:1/x;',
    );
    const report = await away.runChecks();
    await away.close();
    for (const check of everything)
      expect(findingOf(report, check).meaning).toContain('did not respond');
    expect(findingOf(report, 'queue.meeting-requests').status).toBe('unknown');
  });
});

describe('messages that wait', () => {
  const minutes = 60_000;
  test.each([
    ['meeting-requests', { messages: 0 }, 'passed'],
    ['meeting-requests', { messages: 9_000, oldestMs: 60 * minutes }, 'passed'],
    ['meeting-requests', { messages: 1, oldestMs: 61 * minutes }, 'failed'],
    ['meeting-requests-poison', { messages: 1, oldestMs: 10 * minutes }, 'passed'],
    ['meeting-requests-poison', { messages: 1, oldestMs: 11 * minutes }, 'failed'],
    ['meeting-requests-poison', { messages: 1 }, 'unknown'],
    ['meeting-requests-poison', { messages: 0 }, 'passed'],
    ['meeting-requests', { messages: 5 }, 'passed'],
    ['meeting-requests', undefined, 'unknown'],
  ] as const)('in %s: %j is %s', (name, state, status) => {
    expect(diagnoseQueue(name, state)).toMatchObject({ check: `queue.${name}`, status });
  });
});
