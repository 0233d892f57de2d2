import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { useAzurite } from '../../../support/harness/azurite';
import { eventually } from '../../../support/harness/eventually';
import { HostProcess } from '../host-process';

const queuesSetting = 'AzureFunctionsJobHost__extensions__queues__';

const storage = useAzurite();
let service: QueueServiceClient;
const hosts: HostProcess[] = [];

beforeAll(() => {
  service = QueueServiceClient.fromConnectionString(storage.connectionString);
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.kill()));
});

/** Leases are short, so that lost messages soon become visible again. */
async function launch(input: string, env: Record<string, string> = {}): Promise<HostProcess> {
  const host = new HostProcess({
    app: 'sample',
    args: ['--lease-seconds', '2'],
    env: { AzureWebJobsStorage: storage.connectionString, SAMPLE_QUEUE: input, ...env },
  });
  await host.ready();
  return host;
}

/** A host for one test, with its own input queue. */
async function start(...options: Parameters<typeof launch>): Promise<HostProcess> {
  const host = await launch(...options);
  hosts.push(host);
  return host;
}

async function createQueue(name: string): Promise<QueueClient> {
  const queue = service.getQueueClient(name);
  await queue.createIfNotExists();
  return queue;
}

async function readAll(name: string): Promise<string[]> {
  const { peekedMessageItems } = await service
    .getQueueClient(name)
    .peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
}

async function countMessages(name: string): Promise<number | undefined> {
  return (await service.getQueueClient(name).getProperties()).approximateMessagesCount;
}

const emptied = (name: string): Promise<true> =>
  eventually(`${name} is empty`, async () => (await countMessages(name)) === 0);

/** Receives a message and releases it at once, `times` times. */
async function takeAndRelease(queue: QueueClient, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { receivedMessageItems } = await queue.receiveMessages();
    for (const { messageId, popReceipt } of receivedMessageItems) {
      await queue.updateMessage(messageId, popReceipt, undefined, 0);
    }
  }
}

/** The inputs that the function reported; failures are logged too. */
const taken = (host: HostProcess) =>
  host.logs('takeMessage').flatMap((text) => (text.startsWith('{') ? [JSON.parse(text)] : []));
const isOf = (name: string) => (event: { functionName?: string }) => event.functionName === name;

describe('one host', () => {
  let host: HostProcess;
  beforeAll(async () => (host = await launch('Later')));
  afterAll(() => host.kill());

  test('waits for a queue that is created later, hands messages over and deletes them', async () => {
    const queue = await createQueue('later');
    await queue.sendMessage('{"Subject":"x","Id":"mine"}');
    await queue.sendMessage('plain text');
    const done = await host.some(2, 'invocation', isOf('takeMessage'));
    expect(done.map(({ trigger, outcome }) => [trigger, outcome])).toEqual([
      ['queue', 'ok'],
      ['queue', 'ok'],
    ]);
    const [first, second] = taken(host);
    expect(first.message).toEqual({ Subject: 'x', Id: 'mine' });
    expect(first.metadata).toMatchObject({
      queueTrigger: { subject: 'x', id: 'mine' },
      id: 'mine',
      subject: 'x',
      dequeueCount: 1,
      insertionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
    });
    expect(second.message).toBe('plain text');
    await emptied('later');
  });

  test('a message that fails is tried again, and then goes to the poison queue', async () => {
    const queue = await createQueue('later');
    await queue.sendMessage('{"fail":true}');
    await host.next('problem', ({ message }) =>
      message.includes('received 2 times and is now in later-poison'),
    );
    const tries = taken(host).filter(({ message }) => message.fail === true);
    expect(tries.map(({ metadata }) => metadata.dequeueCount)).toEqual([1, 2]);
    expect(await readAll('later-poison')).toEqual(['{"fail":true}']);
    await emptied('later');
  });

  test('a binary message too deep for the library fails before the handler, as in Azure', async () => {
    const queue = await createQueue('sample-binary');
    await queue.sendMessage('['.repeat(10_000) + ']'.repeat(10_000));
    const { outcome } = await host.next('invocation', isOf('takeBinary'));
    expect(outcome).toBe('failed');
    expect(host.logs('takeBinary').join()).toContain('Maximum call stack size exceeded');
    await queue.clearMessages();
  });

  test('outputs are written when the function succeeded, to queues created for it', async () => {
    const queue = await createQueue('sample-relay');
    await queue.sendMessage('fail');
    await host.some(2, 'invocation', isOf('relay'));
    await expect(countMessages('sample-extra')).rejects.toThrow('404');
    await queue.sendMessage('hello');
    await host.some(3, 'invocation', isOf('relay'));
    expect(await readAll('sample-returned')).toEqual(['{"relayed":"hello"}']);
    expect(await readAll('sample-extra')).toEqual(['{"n":1}', 'two']);
  });
});

test('a message that was taken too often already goes to the poison queue without running', async () => {
  const queue = await createQueue('stale');
  await queue.sendMessage('{"n":1}');
  await takeAndRelease(queue, 2);
  const host = await start('stale');
  await host.next('problem', ({ message }) =>
    message.includes('received 3 times and is now in stale-poison'),
  );
  expect(taken(host)).toEqual([]);
  expect(await readAll('stale-poison')).toEqual(['{"n":1}']);
});

test('a poison queue has none of its own: what was taken too often never runs', async () => {
  const queue = await createQueue('other-poison');
  await queue.sendMessage('old');
  await takeAndRelease(queue, 2);
  await queue.sendMessage('new');
  const host = await start('unused');
  await host.next('invocation', isOf('takePoison'));
  expect(await host.stop()).toBe(0);
  expect(host.logs('takePoison').filter((text) => text.startsWith('poison try'))).toEqual([
    'poison try 1',
  ]);
  // Both stay in the queue and are invisible; the failed one is not released either.
  expect([await countMessages('other-poison'), await readAll('other-poison')]).toEqual([2, []]);
  await queue.delete();
});

test('a long run keeps its message, and a killed host gives it back', async () => {
  const queue = await createQueue('held');
  await queue.sendMessage('{"holdMs":2500}');
  const first = await start('held');
  await first.next('log', isOf('takeMessage'));
  const second = await start('held');
  await first.next('invocation', isOf('takeMessage'));
  expect(taken(second)).toEqual([]);

  expect(await first.stop()).toBe(0);
  await queue.sendMessage('{"holdMs":60000}');
  await second.next('log', isOf('takeMessage'));
  await second.kill();
  const third = await start('held');
  await third.next('log', isOf('takeMessage'));
  expect(taken(third)).toMatchObject([
    { message: { holdMs: 60_000 }, metadata: { dequeueCount: 2 } },
  ]);
});

test('base64 is decoded; what is not base64 goes to the poison queue at once', async () => {
  const queue = await createQueue('encoded');
  await createQueue('sample-binary');
  const host = await start('encoded', { [`${queuesSetting}messageEncoding`]: 'base64' });
  await queue.sendMessage('eyJhIjoxfQ==');
  await queue.sendMessage('{"a":2}');
  await service.getQueueClient('sample-binary').sendMessage('aGk=');
  await host.next('invocation', isOf('takeMessage'));
  await host.next('invocation', isOf('takeBinary'));
  await host.next('problem', ({ message }) => message.includes('is not base64'));
  expect(taken(host).map(({ message }) => message)).toEqual([{ a: 1 }]);
  expect(await readAll('encoded-poison')).toEqual(['{"a":2}']);
  expect(JSON.parse(host.logs('takeBinary')[0] ?? '')).toEqual({
    text: 'hi',
    keys: [
      'queueTrigger',
      'dequeueCount',
      'id',
      'popReceipt',
      'insertionTime',
      'expirationTime',
      'nextVisibleTime',
    ],
  });
});

test('the messages of a worker that dies come back as failed ones do', async () => {
  const queue = await createQueue('dying');
  const host = await start('dying', {
    AzureFunctionsJobHost__extensions__queues__maxDequeueCount: '3',
  });
  await queue.sendMessage('{"holdMs":600}');
  await host.next('log', isOf('takeMessage'));
  const { pid } = await host.next('worker', () => true);
  process.kill(pid, 'SIGKILL');
  await host.next('invocation', (event) => isOf('takeMessage')(event) && event.outcome === 'ok');
  expect(taken(host).map(({ metadata }) => metadata.dequeueCount)).toEqual([1, 2]);
});

test('storage that refuses ends the host, and it says why', async () => {
  const wrongKey = storage.connectionString.replace(/AccountKey=[^;]*/, 'AccountKey=YWJj');
  const host = await start('unused', { AzureWebJobsStorage: wrongKey });
  expect(await host.exitCode()).toBe(1);
  expect(host.problems().at(-1)).toMatch(
    /Storage refuses access, so the host ends\. Check the account/,
  );
});

test('no more than batch and threshold together run at once', async () => {
  const queue = await createQueue('crowded');
  for (const holdMs of [50, 400, 50, 400, 50, 400]) {
    await queue.sendMessage(JSON.stringify({ holdMs }));
  }
  const host = await start('crowded', {
    [`${queuesSetting}batchSize`]: '2',
    [`${queuesSetting}newBatchThreshold`]: '1',
  });
  await host.some(6, 'invocation', isOf('takeMessage'));
  expect(Math.max(...taken(host).map(({ running }) => running))).toBe(3);
});
