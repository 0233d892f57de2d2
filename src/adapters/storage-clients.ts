import { TableClient } from '@azure/data-tables';
import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import type { StorageConfig } from '../config';

/** The clients of one storage account, with a connection string or with the managed identity. */
export interface StorageClients {
  queue(name: string): QueueClient;
  table(name: string): TableClient;
  container(name: string): ContainerClient;
}

/**
 * The SDKs retry network failures, 5xx and throttling by themselves: this is the only place where storage is retried.
 * Seven tries take about 20 seconds in all, so that an account's fail-over or restart is sat out.
 */
const defaultTries = 7;
const firstDelayMs = 250;
const longestDelayMs = 6_000;
const tryTimeoutMs = 15_000;

interface Retries {
  readonly storage: {
    maxTries: number;
    retryDelayInMs: number;
    maxRetryDelayInMs: number;
    tryTimeoutInMs: number;
  };
  readonly tables: { maxRetries: number; retryDelayInMs: number; maxRetryDelayInMs: number };
}

const retriesFor = (tries: number): Retries => ({
  storage: {
    maxTries: tries,
    retryDelayInMs: firstDelayMs,
    maxRetryDelayInMs: longestDelayMs,
    tryTimeoutInMs: tryTimeoutMs,
  },
  tables: {
    maxRetries: tries - 1,
    retryDelayInMs: firstDelayMs,
    maxRetryDelayInMs: longestDelayMs,
  },
});

export function makeStorageClients(
  config: StorageConfig,
  { tries = defaultTries } = {},
): StorageClients {
  const retries = retriesFor(tries);
  return config.kind === 'connectionString'
    ? fromConnectionString(config.connectionString, retries)
    : fromIdentity(config, retries);
}

const credentialFor = (clientId: string | undefined): TokenCredential =>
  clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });

function fromConnectionString(connectionString: string, retries: Retries): StorageClients {
  const service = QueueServiceClient.fromConnectionString(connectionString, {
    retryOptions: retries.storage,
  });
  const blobs = BlobServiceClient.fromConnectionString(connectionString, {
    retryOptions: retries.storage,
  });
  return {
    queue: (name) => service.getQueueClient(name),
    table: (name) =>
      TableClient.fromConnectionString(connectionString, name, {
        retryOptions: retries.tables,
        allowInsecureConnection: true,
      }),
    container: (name) => blobs.getContainerClient(name),
  };
}

function fromIdentity(
  { queueUrl, tableUrl, blobUrl, clientId }: Extract<StorageConfig, { kind: 'identity' }>,
  retries: Retries,
): StorageClients {
  const credential = credentialFor(clientId);
  const service = new QueueServiceClient(queueUrl, credential, { retryOptions: retries.storage });
  const blobs = new BlobServiceClient(blobUrl, credential, { retryOptions: retries.storage });
  return {
    queue: (name) => service.getQueueClient(name),
    table: (name) => new TableClient(tableUrl, name, credential, { retryOptions: retries.tables }),
    container: (name) => blobs.getContainerClient(name),
  };
}
