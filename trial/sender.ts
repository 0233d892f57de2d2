import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints, gather, type EndpointDependencies } from './endpoints';
import type { ResultCollector } from './result-collector';
import type { Endpoint, TrialPlan, TrialRequest } from './trial-plan';

const callers = 128;
/**
 * Maximum number of requests under way. Azurite's queues get slower as they grow; and if requests wait longer than an
 * instance lives, none of them is ever finished.
 */
const maxInFlight = 160;
const lookEveryMs = 250;

/** Sends the requests of a plan, as many at a time as there is room for. */
export class Sender {
  readonly sent = new Set<string>();
  readonly #plan: TrialPlan;
  readonly #collector: ResultCollector;
  readonly #deps: EndpointDependencies;

  constructor(plan: TrialPlan, collector: ResultCollector, deps: EndpointDependencies) {
    this.#plan = plan;
    this.#collector = collector;
    this.#deps = deps;
  }

  async sendAll(): Promise<void> {
    const pending = this.#plan.sendings.values();
    const waiting = new Map<Endpoint, TrialRequest[]>();
    const total = this.#plan.requests.length;
    const caller = async (): Promise<void> => {
      for (const sending of pending) {
        await this.#roomForOneMore();
        const group = gather(waiting, sending, total);
        if (group !== undefined) await this.#send(sending.endpoint, group);
      }
      const rest = [...waiting];
      waiting.clear();
      await Promise.all(rest.map(([endpoint, group]) => this.#send(endpoint, group)));
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }

  async #roomForOneMore(): Promise<void> {
    while (
      this.sent.size - this.#collector.requestIds.size > maxInFlight &&
      !this.#deps.signal.aborted
    ) {
      await sleep(lookEveryMs);
    }
  }

  async #send(endpoint: Endpoint, [first, ...others]: readonly TrialRequest[]): Promise<void> {
    if (first === undefined) return;
    for (const { requestId } of [first, ...others]) this.sent.add(requestId);
    await endpoints[endpoint].send([first, ...others], this.#deps);
  }
}
