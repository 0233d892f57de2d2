import type { QueueClient } from '@azure/storage-queue' with { 'resolution-mode': 'import' };
import { UsageError } from '../local/command-line';
import { isLoopback } from '../local/doctor/ask';
import type { Environment, Target } from './target';

export type { QueueClient };

/**
 * Opens the app's queues: in the account `CONVOKE_STORAGE_ACCOUNT_NAME` with the sign-in of `az`, or with the
 * connection string in `CONVOKE_STORAGE`. The local stack needs neither.
 * @throws UsageError
 */
export async function openQueue(
  name: string,
  { env, target }: { readonly env: Environment; readonly target: Target },
): Promise<QueueClient> {
  // Loaded on demand: most commands need no queue, and loading this takes half of their time.
  const { QueueServiceClient } = await import('@azure/storage-queue');
  const { CONVOKE_STORAGE: connectionString, CONVOKE_STORAGE_ACCOUNT_NAME: account } = env;
  if (connectionString !== undefined || (account === undefined && isLoopback(target.url))) {
    const service = connectionString ?? 'UseDevelopmentStorage=true';
    return QueueServiceClient.fromConnectionString(service).getQueueClient(name);
  }
  if (account === undefined)
    throw new UsageError('Set CONVOKE_STORAGE_ACCOUNT_NAME to the storage account of the app.');
  const { AzureCliCredential } = await import('@azure/identity');
  const url = `https://${account}.queue.core.windows.net`;
  return new QueueServiceClient(url, new AzureCliCredential()).getQueueClient(name);
}
