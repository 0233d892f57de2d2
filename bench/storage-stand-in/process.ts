import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StorageAccount } from '../../local/storage';

/** The stand-in for storage in a process of its own. That ends when this one does, however it does. */
export class StorageStandIn implements StorageAccount {
  readonly #child: ChildProcess;
  readonly endpoints: StorageAccount['endpoints'];
  readonly connectionString: string;

  private constructor(child: ChildProcess, { endpoints, connectionString }: StorageAccount) {
    this.#child = child;
    this.endpoints = endpoints;
    this.connectionString = connectionString;
  }

  static async start(): Promise<StorageStandIn> {
    const child = fork(join(__dirname, 'main.js'), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The stand-in for storage ended with ${String(code)}.`);
    });
    const [account] = (await Promise.race([once(child, 'message'), ended])) as [StorageAccount];
    ended.catch(() => undefined);
    return new StorageStandIn(child, account);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
