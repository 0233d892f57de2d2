import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import type { StorageConfig } from '../../config/config';
import type * as ContainerModule from './container-client';
import type { ContainerClient } from './container-client';
import { makeCredential } from '../graph/credential';

/** The clients of one storage account, with a connection string or with the managed identity. */
export interface StorageClients {
  queue(name: string): QueueClient;
  table(name: string): TableClient;
  /** Loads the blob library, a fifth of all code, on the first call. */
  container(name: string): ContainerClient;
}

/**
 * The SDKs retry network failures, 5xx and throttling; nothing else retries storage. Seven tries take about 20 seconds in
 * all, which outlasts an account's failover or restart.
 */
const defaultTries = 7;
const firstDelayMs = 250;
const maxDelayMs = 6_000;
const tryTimeoutMs = 15_000;

interface Retries {
  readonly storage: {
    maxTries: number;
    retryDelayInMs: number;
    maxRetryDelayInMs: number;
    tryTimeoutInMs: number;
  };
  readonly tables: TableServiceClientOptions;
}

const retriesFor = (tries: number): Retries => ({
  storage: {
    maxTries: tries,
    retryDelayInMs: firstDelayMs,
    maxRetryDelayInMs: maxDelayMs,
    tryTimeoutInMs: tryTimeoutMs,
  },
  tables: {
    retryOptions: {
      maxRetries: tries - 1,
      retryDelayInMs: firstDelayMs,
      maxRetryDelayInMs: maxDelayMs,
    },
    additionalPolicies: [{ policy: timeLimit, position: 'perRetry' }],
  },
});

/** The tables SDK has no time limit, and a table that never answers must not block an invocation. */
const timeLimit: PipelinePolicy = {
  name: 'timeLimit',
  sendRequest: (request, next) => {
    request.timeout = tryTimeoutMs;
    return next(request);
  },
};

type PipelinePolicy = NonNullable<
  TableServiceClientOptions['additionalPolicies']
>[number]['policy'];

const requireContainerClient = (): typeof ContainerClient =>
  (require('./container-client') as typeof ContainerModule).ContainerClient;

/**
 * Makes the clients of one account without calling it. `tries`: maximum number of tries of one call, including the
 * first.
 */
export function makeStorageClients(
  config: StorageConfig,
  { tries = defaultTries } = {},
): StorageClients {
  const retries = retriesFor(tries);
  return config.kind === 'connectionString'
    ? fromConnectionString(config.connectionString, retries)
    : fromIdentity(config, retries);
}

function fromConnectionString(connectionString: string, retries: Retries): StorageClients {
  const service = QueueServiceClient.fromConnectionString(connectionString, {
    retryOptions: retries.storage,
  });
  return {
    queue: (name) => service.getQueueClient(name),
    table: (name) =>
      TableClient.fromConnectionString(connectionString, name, {
        ...retries.tables,
        allowInsecureConnection: true,
      }),
    container: (name) => {
      const Container = requireContainerClient();
      return new Container(connectionString, name, { retryOptions: retries.storage });
    },
  };
}

function fromIdentity(
  { queueUrl, tableUrl, blobUrl, clientId }: Extract<StorageConfig, { kind: 'identity' }>,
  retries: Retries,
): StorageClients {
  const credential = makeCredential(clientId);
  const service = new QueueServiceClient(queueUrl, credential, { retryOptions: retries.storage });
  return {
    queue: (name) => service.getQueueClient(name),
    table: (name) => new TableClient(tableUrl, name, credential, retries.tables),
    container: (name) => {
      const Container = requireContainerClient();
      const url = `${blobUrl}/${name}`;
      return new Container(url, credential, { retryOptions: retries.storage });
    },
  };
}
