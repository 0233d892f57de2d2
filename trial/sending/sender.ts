import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints, type EndpointDependencies } from './endpoints';
import { Groups, type Group } from './groups';
import type { Pace } from '../pace';
import { keyOfItem, type Sending, type TrialPlan } from '../plan/trial-plan';

const callers = 128;
/**
 * Maximum number of items under way on an idle machine. Azurite's queues get slower as they grow; and if requests wait longer than an
 * instance lives, none of them is ever finished.
 */
const maxInFlight = 160;
/** Maximum time that an item counts as in progress: it may wait for a lease or for Graph. */
const maxHeldMs = 20_000;
const lookEveryMs = 100;

interface SenderDependencies {
  readonly deps: EndpointDependencies;
  readonly pace: Pace;
  /** Keys of the items that have a result or an answer. */
  readonly ended: ReadonlySet<string>;
}

/** Sends the items of a plan, a limited number at a time. */
export class Sender {
  /** Keys of items. */
  readonly sent = new Set<string>();
  /** Sending times of the items that may still be in progress. */
  readonly #open = new Map<string, number>();
  readonly #plan: TrialPlan;
  readonly #deps: SenderDependencies;

  constructor(plan: TrialPlan, deps: SenderDependencies) {
    this.#plan = plan;
    this.#deps = deps;
  }

  async sendAll(): Promise<void> {
    const groups = new Groups(this.#plan.requests.length);
    const pending = this.#plan.sendings.toReversed();
    const take = async (index: number): Promise<Sending | undefined> => {
      while (pending.length > 0 && !this.#hasRoomFor(index)) await sleep(lookEveryMs);
      return pending.pop();
    };
    const caller = async (_: unknown, index: number): Promise<void> => {
      for (let sending = await take(index); sending !== undefined; sending = await take(index))
        await this.#sendAll(groups.add(sending));
      await this.#sendAll(groups.rest());
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }

  /** Whether this caller may send: on a slow machine, fewer callers do. At the end, all may. */
  #hasRoomFor(caller: number): boolean {
    const { deps, pace } = this.#deps;
    if (deps.signal.aborted) return true;
    return caller < pace.underWay(callers) && this.#inFlight <= pace.underWay(maxInFlight);
  }

  get #inFlight(): number {
    const since = Date.now() - maxHeldMs;
    for (const [key, at] of this.#open)
      if (at < since || this.#deps.ended.has(key)) this.#open.delete(key);
    return this.#open.size;
  }

  async #sendAll(groups: readonly Group[]): Promise<void> {
    for (const group of groups) {
      for (const sending of group) {
        const key = keyOfItem(sending);
        this.sent.add(key);
        this.#open.set(key, Date.now());
      }
      await endpoints[group[0].endpoint].send(group, this.#deps.deps);
    }
  }
}
