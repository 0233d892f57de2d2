import {
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import {
  QueueServiceClient,
  type QueueClient,
  type StoragePipelineOptions,
} from '@azure/storage-queue';
import type { Env } from '../app-functions';

/** Few and quick: the polling loop backs off by itself, and a stop must not wait for a long series of retries. */
const pipelineOptions: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000 },
};

/**
 * The queue service behind the `connection` of a binding. Settings are looked for as `AzureWebJobs<name>`, then as
 * `<name>`: a connection string, or a group `<name>__queueServiceUri`, `__accountName`, `__credential`, `__clientId`.
 * https://learn.microsoft.com/azure/azure-functions/functions-reference#connections
 */
function openQueueService(connection: string, env: Env): QueueServiceClient {
  const name = connection === '' ? 'AzureWebJobsStorage' : connection;
  for (const candidate of [`AzureWebJobs${name}`, name]) {
    const connectionString = env[candidate];
    if (connectionString !== undefined && connectionString !== '') {
      return QueueServiceClient.fromConnectionString(connectionString, pipelineOptions);
    }
    const url = toServiceUrl(candidate, env);
    if (url !== undefined) {
      return new QueueServiceClient(url, makeCredential(candidate, env), pipelineOptions);
    }
  }
  throw new Error(`Storage account connection '${name}' does not exist: set '${name}'.`);
}

export type OpenQueue = (connection: string, queueName: string) => QueueClient;

/** Opens queues, each connection only once: a credential of its own for each queue would fetch a token each. */
export function makeQueueOpener(env: Env): OpenQueue {
  const services = new Map<string, QueueServiceClient>();
  return (connection, queueName) => {
    const service = services.get(connection) ?? openQueueService(connection, env);
    services.set(connection, service);
    return service.getQueueClient(queueName);
  };
}

function toServiceUrl(name: string, env: Env): string | undefined {
  const account = env[`${name}__accountName`];
  if (account !== undefined) return `https://${account}.queue.core.windows.net`;
  return env[`${name}__queueServiceUri`];
}

function makeCredential(name: string, env: Env): TokenCredential {
  if (env[`${name}__credential`]?.toLowerCase() !== 'managedidentity') {
    return new DefaultAzureCredential();
  }
  const clientId = env[`${name}__clientId`];
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}
