import { RestError, type ContainerClient } from '@azure/storage-blob';

const leaseSeconds = 60;

/** A lock that at most one host holds at a time. */
export interface TimerLock {
  /** Returns whether this host holds it now. Calls `onLost` when another host may hold it. */
  acquire(onLost: () => void): Promise<boolean>;
  release(): Promise<void>;
}

/** A blob lease, renewed while it is held; after a host is killed, it expires within a minute. */
export class BlobTimerLock implements TimerLock {
  readonly #container: ContainerClient;
  readonly #blobName: string;
  #release: (() => Promise<unknown>) | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(container: ContainerClient, blobName: string) {
    this.#container = container;
    this.#blobName = blobName;
  }

  async acquire(onLost: () => void): Promise<boolean> {
    const blob = this.#container.getBlockBlobClient(this.#blobName);
    await creatingOnce(() => this.#container.createIfNotExists());
    await creatingOnce(() => blob.upload('', 0, { conditions: { ifNoneMatch: '*' } }));
    const lease = blob.getBlobLeaseClient();
    try {
      await lease.acquireLease(leaseSeconds);
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
    this.#release = () => lease.releaseLease();
    const renew = (): void => {
      lease.renewLease().catch(() => {
        clearInterval(this.#renewal);
        onLost();
      });
    };
    this.#renewal = setInterval(renew, leaseSeconds * 500);
    return true;
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    // An unreleased lease expires.
    await this.#release?.().catch(() => undefined);
    this.#release = undefined;
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412);

/** Ignores that another host has created it first. */
async function creatingOnce(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}
