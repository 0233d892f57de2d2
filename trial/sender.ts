import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints, gather, type EndpointDependencies } from './endpoints';
import type { Pace } from './pace';
import type { ResultCollector } from './result-collector';
import type { Endpoint, Sending, TrialPlan, TrialRequest } from './trial-plan';

const callers = 128;
/**
 * Maximum number of requests under way on an idle machine. Azurite's queues get slower as they grow; and if requests wait longer than an
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
  readonly #pace: Pace;

  constructor(
    plan: TrialPlan,
    collector: ResultCollector,
    { deps, pace }: { readonly deps: EndpointDependencies; readonly pace: Pace },
  ) {
    this.#plan = plan;
    this.#collector = collector;
    this.#deps = deps;
    this.#pace = pace;
  }

  async sendAll(): Promise<void> {
    const waiting = new Map<Endpoint, TrialRequest[]>();
    const total = this.#plan.requests.length;
    const pending = this.#plan.sendings.toReversed();
    const take = async (index: number): Promise<Sending | undefined> => {
      while (pending.length > 0 && !this.#hasRoomFor(index)) await sleep(lookEveryMs);
      return pending.pop();
    };
    const caller = async (_: unknown, index: number): Promise<void> => {
      for (let sending = await take(index); sending !== undefined; sending = await take(index)) {
        const group = gather(waiting, sending, total);
        if (group !== undefined) await this.#send(sending.endpoint, group);
      }
      const rest = [...waiting];
      waiting.clear();
      await Promise.all(rest.map(([endpoint, group]) => this.#send(endpoint, group)));
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }

  /** On a slow machine there is less under way, and some callers do nothing. At the end nobody waits. */
  #hasRoomFor(caller: number): boolean {
    if (this.#deps.signal.aborted) return true;
    const inFlight = this.sent.size - this.#collector.requestIds.size;
    return caller < this.#pace.underWay(callers) && inFlight <= this.#pace.underWay(maxInFlight);
  }

  async #send(endpoint: Endpoint, [first, ...others]: readonly TrialRequest[]): Promise<void> {
    if (first === undefined) return;
    for (const { requestId } of [first, ...others]) this.sent.add(requestId);
    await endpoints[endpoint].send([first, ...others], this.#deps);
  }
}
