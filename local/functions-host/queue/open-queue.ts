import {
  QueueServiceClient,
  type QueueClient,
  type StoragePipelineOptions,
} from '@azure/storage-queue';
import type { Env } from '../app-functions';
import { findConnection, toName } from '../storage-connection';

/** Few and quick retries: the polling loop has its own back-off, and stopping must not wait for a long series. */
const pipelineOptions: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000 },
};

/** Returns the client of a queue. `connection` is that of a binding. @throws Error if its setting is missing. */
export type OpenQueue = (connection: string, queueName: string) => QueueClient;

/** Opens queues, each connection only once: separate credentials would fetch a token for each queue. */
export function makeQueueOpener(env: Env): OpenQueue {
  const services = new Map<string, QueueServiceClient>();
  return (connection, queueName) => {
    const service = services.get(connection) ?? openQueueService(connection, env);
    services.set(connection, service);
    return service.getQueueClient(queueName);
  };
}

function openQueueService(connection: string, env: Env): QueueServiceClient {
  const found = findConnection('queue', connection, env);
  if (found === undefined) {
    const name = toName(connection);
    throw new Error(`Storage account connection '${name}' does not exist: set '${name}'.`);
  }
  return 'url' in found
    ? new QueueServiceClient(found.url, found.credential, pipelineOptions)
    : QueueServiceClient.fromConnectionString(found.connectionString, pipelineOptions);
}
