import { QueueServiceClient } from '@azure/storage-queue';

const calls = 200;
const callsAtATime = 32;

/** Calls storage like many instances, so that the pace is known before the first request. */
export async function warmUp(connectionString: string): Promise<void> {
  const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient('warm-up');
  await queue.create();
  const pending = Array.from({ length: calls }, (_, index) => String(index)).values();
  const caller = async (): Promise<void> => {
    for (const text of pending) await queue.sendMessage(text);
  };
  await Promise.all(Array.from({ length: callsAtATime }, caller));
  await queue.delete();
}
