import { createHash } from 'node:crypto';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import type { Env, TimerFunction } from '../app-functions';
import type { Emit } from '../events';
import type { FunctionCall } from '../invoker';
import { findConnection } from '../storage-connection';
import { systemClock } from './clock';
import { TimerListener } from './listener';
import { BlobTimerLock, type TimerLock } from './lock';
import { BlobStatusStore, type ScheduleStatus, type StatusStore } from './status-store';

interface TimersOptions {
  readonly functions: readonly TimerFunction[];
  /** Folder of the app; hosts of the same folder share their timers. */
  readonly folder: string;
  readonly env: Env;
  readonly invoke: (call: FunctionCall) => Promise<unknown>;
  readonly emit: Emit;
}

/** Listeners for all timer functions. Their locks and records are in the app's storage account. */
export function makeTimerListeners({ folder, env, ...options }: TimersOptions): TimerListener[] {
  const hostId = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const container = openContainer(env);
  const statuses = container ? new BlobStatusStore(container, hostId) : new MemoryStatusStore();
  return options.functions.map((fn) => {
    const blobName = `locks/${hostId}/Host.Functions.${fn.name}.Listener`;
    const lock = container ? new BlobTimerLock(container, blobName) : unshared;
    const { invoke, emit } = options;
    return new TimerListener({ fn, lock, statuses, clock: systemClock, invoke, emit });
  });
}

function openContainer(env: Env): ContainerClient | undefined {
  const found = findConnection('blob', '', env);
  if (found === undefined) return undefined;
  const service =
    'url' in found
      ? new BlobServiceClient(found.url, found.credential)
      : BlobServiceClient.fromConnectionString(found.connectionString);
  return service.getContainerClient('azure-webjobs-hosts');
}

/** A lock for a host without storage, which is the only one. */
const unshared: TimerLock = {
  acquire: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};

class MemoryStatusStore implements StatusStore {
  readonly #statuses = new Map<string, ScheduleStatus>();

  read(functionName: string): Promise<ScheduleStatus | undefined> {
    return Promise.resolve(this.#statuses.get(functionName));
  }

  async write(functionName: string, status: ScheduleStatus): Promise<void> {
    this.#statuses.set(functionName, status);
  }
}
