import { randomUUID } from 'node:crypto';
import type { QueueClient } from '@azure/storage-queue';
import type { QueueState, StorageAccess, StorageResource } from '../../doctor/probes';
import type { StorageClients } from './clients';

interface Attempts {
  readonly read: () => Promise<unknown>;
  /** A call on an entity that does not exist. It has no effect, but storage checks the permission first. */
  readonly write: () => Promise<unknown>;
}

/** Tries, without effect, each operation that the app needs on a queue, table or container. */
export async function probeAccess(
  { kind, name }: StorageResource,
  clients: StorageClients,
): Promise<StorageAccess> {
  const { read, write } = attemptsOn[kind](name, clients);
  const reading = await outcomeOf(read);
  if (reading !== 'answered') return toAccess(reading, 'read');
  const writing = await outcomeOf(write);
  return writing === 'answered' ? { kind: 'allowed' } : toAccess(writing, 'write');
}

const attemptsOn: Readonly<
  Record<StorageResource['kind'], (name: string, clients: StorageClients) => Attempts>
> = {
  queue(name, clients) {
    const queue = clients.queue(name);
    return {
      read: () => queue.getProperties(),
      write: () => queue.deleteMessage(randomUUID(), Buffer.from(randomUUID()).toString('base64')),
    };
  },
  table(name, clients) {
    const table = clients.table(name);
    const key = `doctor-${randomUUID()}`;
    return { read: () => table.getEntity(key, key), write: () => table.deleteEntity(key, key) };
  },
  container(name, clients) {
    const container = clients.container(name);
    return {
      read: () => container.getProperties(),
      write: () => container.getBlobClient(`doctor-${randomUUID()}`).delete(),
    };
  },
};

type ProbeOutcome = 'answered' | 'missing' | 'refused' | { readonly reason: string };

const missing = new Set(['QueueNotFound', 'TableNotFound', 'ContainerNotFound']);

async function outcomeOf(attempt: () => Promise<unknown>): Promise<ProbeOutcome> {
  try {
    await attempt();
    return 'answered';
  } catch (thrown) {
    const { statusCode, code } = failureOf(thrown);
    if (code !== undefined && missing.has(code)) return 'missing';
    if (statusCode === 401 || statusCode === 403) return 'refused';
    // Any other answer means that the caller is allowed to ask.
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'answered';
    return { reason: code ?? (statusCode === undefined ? nameOf(thrown) : `HTTP ${statusCode}`) };
  }
}

interface StorageFailure {
  readonly statusCode?: number;
  readonly code?: string;
}

/** Tables return their error code only in the body: https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes */
function failureOf(thrown: unknown): StorageFailure {
  if (typeof thrown !== 'object' || thrown === null) return {};
  const { statusCode, code, details } = thrown as StorageFailure & {
    readonly details?: { readonly odataError?: { readonly code?: string } };
  };
  const said = code ?? details?.odataError?.code;
  return {
    ...(statusCode !== undefined && { statusCode }),
    ...(said !== undefined && { code: said }),
  };
}

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : 'no answer');

function toAccess(
  outcome: Exclude<ProbeOutcome, 'answered'>,
  right: 'read' | 'write',
): StorageAccess {
  if (outcome === 'missing') return { kind: 'missing' };
  if (outcome === 'refused') return { kind: 'refused', right };
  return { kind: 'unreachable', reason: outcome.reason };
}

/** The length of a queue. Undefined if it cannot be read; a queue that does not exist is empty. */
export async function probeQueue(queue: QueueClient, now: Date): Promise<QueueState | undefined> {
  try {
    const { approximateMessagesCount: messages = 0 } = await queue.getProperties();
    if (messages === 0) return { messages };
    const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
    const times = peekedMessageItems.map(({ insertedOn }) => insertedOn.getTime());
    // The storage clock may be ahead of ours.
    const oldestMs = Math.max(0, now.getTime() - Math.min(...times));
    return { messages, ...(times.length > 0 && { oldestMs }) };
  } catch (thrown) {
    return failureOf(thrown).statusCode === 404 ? { messages: 0 } : undefined;
  }
}
