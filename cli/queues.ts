import type { QueueClient } from '@azure/storage-queue' with { 'resolution-mode': 'import' };
import { UsageError } from '../local/command-line';
import { isLoopback } from '../local/doctor/ask';
import type { Environment, Target } from './target';

export type { QueueClient };

/**
 * The queues of the app: of the account `CONVOKE_STORAGE_ACCOUNT_NAME` with the sign-in of `az`, or of the connection string in
 * `CONVOKE_STORAGE`. The local stack needs neither.
 * @throws UsageError
 */
export async function openQueue(
  name: string,
  { env, target }: { readonly env: Environment; readonly target: Target },
): Promise<QueueClient> {
  // Most commands need no queue, and half of their time would go into loading this.
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
