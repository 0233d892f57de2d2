import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { useAzurite } from '../support/harness/azurite';
import { runRedrive } from './run-script';
import { eventually } from '../support/harness/eventually';

const azurite = useAzurite();
const name = 'meeting-requests-poison';
let queue: QueueClient;

beforeEach(async () => {
  queue = QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(name);
  await queue.createIfNotExists();
  await queue.clearMessages();
});

const redrive = (...args: string[]) =>
  runRedrive(['--connection-string-from-env', 'STORAGE', ...args], {
    STORAGE: azurite.connectionString,
  });

/** Adds messages that the host has given up: each was received five times. */
async function putDead(...texts: string[]): Promise<void> {
  for (const text of texts) await queue.sendMessage(text);
  for (let deliveries = 0; deliveries < 5; deliveries += 1) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    for (const { messageId, popReceipt } of receivedMessageItems)
      await queue.updateMessage(messageId, popReceipt, undefined, 0);
  }
}

const peek = async () =>
  (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(
    ({ messageText, dequeueCount }) => ({ messageText, dequeueCount }),
  );

test('dead messages start again, with their text as it was', async () => {
  await putDead('{"requestId":"a"}', '<&> "é"');
  const { status, stdout } = await redrive();
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'About 2 messages in meeting-requests-poison.\n2 will be retried.\n',
  });
  // The copies can be seen after five seconds, and nobody has received them yet.
  await eventually('two messages', async () => (await peek()).length >= 2);
  expect(await peek()).toEqual(
    expect.arrayContaining([
      { messageText: '{"requestId":"a"}', dequeueCount: 0 },
      { messageText: '<&> "é"', dequeueCount: 0 },
    ]),
  );
});

test('a dry run changes nothing', async () => {
  await putDead('x');
  expect((await redrive('--dry-run')).stdout).toBe(
    'About 1 messages in meeting-requests-poison.\n',
  );
  expect(await peek()).toEqual([{ messageText: 'x', dequeueCount: 5 }]);
});

test('messages hidden by the host are reported', async () => {
  await queue.sendMessage('x', { visibilityTimeout: 60 });
  expect((await redrive()).stdout).toContain('0 will be retried.\n1 could not be seen');
});

test('a queue with living messages is left alone', async () => {
  const { status, stderr } = await redrive('--queue', 'meeting-requests');
  expect(status).toBe(2);
  expect(stderr).toBe('--queue must be a poison queue.\n');
});

test('without an account it says what is missing', async () => {
  const { status, stderr } = await runRedrive([], {});
  expect(status).toBe(2);
  expect(stderr).toBe('--account is missing. Set it to the name of the storage account.\n');
});
