import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { UsageError } from '../local/command-line';
import { isLoopback } from '../local/doctor/ask';
import type { Environment, Target } from './target';

/**
 * The queues of the app: of the account `CONVOKE_STORAGE_ACCOUNT_NAME` with the sign-in of `az`, or of the connection string in
 * `CONVOKE_STORAGE`. The local stack needs neither.
 * @throws UsageError
 */
export async function openQueue(
  name: string,
  { env, target }: { readonly env: Environment; readonly target: Target },
): Promise<QueueClient> {
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
