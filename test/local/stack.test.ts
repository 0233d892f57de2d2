import { QueueServiceClient } from '@azure/storage-queue';
import { Stack } from '../../local/stack';

test('the queues of the app are there as soon as the stack is', async () => {
  const stack = await Stack.start();
  try {
    const service = QueueServiceClient.fromConnectionString(stack.storage.connectionString);
    const names = stack.host.functions.flatMap(({ queueName }) => queueName ?? []);
    expect(names).toContain('meeting-requests');
    expect(names).toContain('meeting-requests-poison');
    const found = names.map((name) => service.getQueueClient(name).exists());
    expect(await Promise.all(found)).toEqual(names.map(() => true));
  } finally {
    await stack.close();
  }
}, 60_000);
