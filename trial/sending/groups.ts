import { endpoints } from './endpoints';
import type { Endpoint, Sending } from '../plan/trial-plan';

/** Items that are sent together. */
export type Group = readonly [Sending, ...Sending[]];

/** Maximum share of all requests in a group, so that even a short trial has several groups. */
const maxShareAtOnce = 0.18;

/** Collects items for endpoints that take several at a time. */
export class Groups {
  readonly #waiting = new Map<string, Group>();
  readonly #maxAtOnce: number;

  /** `total`: requests of the trial. */
  constructor(total: number) {
    this.#maxAtOnce = Math.ceil(total * maxShareAtOnce);
  }

  /** The groups to send now. A batch has no two rows with the same requestId, because they would have to be one request. */
  add(sending: Sending): readonly Group[] {
    const name = nameOf(sending);
    const isThere = this.#waiting.get(name)?.some(({ request }) => request === sending.request);
    const full = isThere === true ? this.#take(name) : [];
    const [first = sending, ...others] = [...(this.#waiting.get(name) ?? []), sending];
    const group: Group = [first, ...others];
    this.#waiting.set(name, group);
    return [...full, ...(this.#isFull(sending.endpoint, group) ? this.#take(name) : [])];
  }

  /** All groups that are still waiting. */
  rest(): readonly Group[] {
    return [...this.#waiting.keys()].flatMap((name) => this.#take(name));
  }

  #take(name: string): readonly Group[] {
    const group = this.#waiting.get(name);
    this.#waiting.delete(name);
    return group === undefined ? [] : [group];
  }

  #isFull(endpoint: Endpoint, { length }: Group): boolean {
    return length >= Math.min(endpoints[endpoint].atOnce, this.#maxAtOnce);
  }
}

const nameOf = ({ endpoint, change }: Sending): string =>
  endpoint === 'byAction' ? `${endpoint} ${change?.action}` : endpoint;
