import { setInterval as every } from 'node:timers/promises';
import type { MeasuredHost } from './measured-host';

/** The memory of a process, sampled five times a second. */
export class Memory {
  /** Resident bytes, like all figures here. */
  readonly before: number;
  peak: number;
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;

  private constructor(host: MeasuredHost, before: number) {
    this.before = before;
    this.peak = before;
    this.#watching = this.#watch(host);
  }

  static async of(host: MeasuredHost): Promise<Memory> {
    return new Memory(host, (await host.usage()).memoryBytes);
  }

  close(): Promise<void> {
    this.#stopping.abort();
    return this.#watching;
  }

  async #watch(host: MeasuredHost): Promise<void> {
    for await (const _ of every(200)) {
      if (this.#stopping.signal.aborted) return;
      const { memoryBytes } = await host.usage();
      this.peak = Math.max(this.peak, memoryBytes);
    }
  }
}
