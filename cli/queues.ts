import type { QueueClient, QueueServiceClient } from '@azure/storage-queue' with {
  'resolution-mode': 'import',
};
import { UsageError } from '../local/command-line';
import { isLoopback } from '../local/doctor/ask';
import type { Environment, Target } from './target';

export type { QueueClient };

interface QueueTarget {
  readonly env: Environment;
  readonly target: Target;
}

/** A second try is enough for a person who waits. */
const options = { retryOptions: { maxTries: 2 } };

/**
 * Opens one of the app's queues: in the account `CONVOKE_STORAGE_ACCOUNT_NAME` with the sign-in of `az`, or with the
 * connection string in `CONVOKE_STORAGE`. The local stack needs neither.
 * @throws UsageError if no storage is named; Error if the queue cannot be reached.
 */
export async function openQueue(name: string, from: QueueTarget): Promise<QueueClient> {
  const service = await openService(from);
  const queue = service.getQueueClient(name);
  try {
    await queue.getProperties();
    return queue;
  } catch (thrown) {
    throw new Error(whyClosed(queue, thrown as StorageError), { cause: thrown });
  }
}

async function openService({ env, target }: QueueTarget): Promise<QueueServiceClient> {
  // Loaded on demand: most commands need no queue, and loading this takes half of their time.
  const { QueueServiceClient } = await import('@azure/storage-queue');
  const { CONVOKE_STORAGE: connectionString = '', CONVOKE_STORAGE_ACCOUNT_NAME: account = '' } =
    env;
  if (connectionString === '' && account !== '') {
    const { AzureCliCredential } = await import('@azure/identity');
    const url = `https://${account}.queue.core.windows.net`;
    return new QueueServiceClient(url, new AzureCliCredential(), options);
  }
  if (connectionString === '' && !isLoopback(target.url))
    throw new UsageError('Set CONVOKE_STORAGE_ACCOUNT_NAME to the storage account of the app.');
  try {
    const given = connectionString || 'UseDevelopmentStorage=true';
    return QueueServiceClient.fromConnectionString(given, options);
  } catch {
    // The message of the SDK may contain the key.
    throw new UsageError('CONVOKE_STORAGE is not a connection string of a storage account.');
  }
}

type StorageError = Error & { readonly code?: string; readonly statusCode?: number };

function whyClosed(
  { name, url }: QueueClient,
  { message, code, statusCode }: StorageError,
): string {
  const { origin } = new URL(url);
  if (statusCode === 404) return `The storage account at ${origin} has no queue ${name}.`;
  if (statusCode === 403)
    return `The storage account at ${origin} refused access to the queue ${name}. Check the key; without one, your account needs the role Storage Queue Data Contributor.`;
  return code === undefined || statusCode !== undefined
    ? message
    : `${origin} does not respond (${code}). For the local stack, run "npm start". For another storage account, set CONVOKE_STORAGE_ACCOUNT_NAME or CONVOKE_STORAGE.`;
}
