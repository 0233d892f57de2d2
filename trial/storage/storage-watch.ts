import type { Pace } from '../pace';
import { ResultOrder } from '../results/result-order';
import type { Interference, StorageCall } from './storage-proxy';

/** Records every call to storage, and lets another interference decide about it. */
export class StorageWatch {
  readonly order = new ResultOrder();
  /** Messages that storage accepted, by queue. */
  readonly messages = new Map<string, number>();
  readonly #pace: Pace;
  readonly #begun = new WeakMap<StorageCall, { at: number; interfere: Interference }>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  watching(interfere: Interference): Interference {
    return (call, phase) => {
      this.order.note(call, phase);
      if (phase === 'before') this.#begun.set(call, { at: performance.now(), interfere });
      else this.#noteEnd(call, interfere);
      return interfere(call, phase);
    };
  }

  /** Ignores calls during an outage of storage, which say nothing about the pace. */
  #noteEnd(call: StorageCall, interfere: Interference): void {
    const begun = this.#begun.get(call);
    if (begun?.interfere === interfere) this.#pace.note(performance.now() - begun.at);
    const [, queue] = /^\/([^/]+)\/messages$/.exec(call.path) ?? [];
    if (call.method === 'POST' && queue !== undefined)
      this.messages.set(queue, (this.messages.get(queue) ?? 0) + 1);
  }
}
