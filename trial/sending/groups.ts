import { endpoints } from './endpoints';
import type { Endpoint, Sending } from '../plan/trial-plan';

/** What is sent together. */
export type Group = readonly [Sending, ...Sending[]];

/** The largest group is this share of all requests at most, so that a short trial has one too. */
const maxShareAtOnce = 0.18;

/** Endpoints that take several items wait until they have enough. */
export class Groups {
  readonly #waiting = new Map<string, Group>();
  readonly #maxAtOnce: number;

  /** `total`: requests of the trial. */
  constructor(total: number) {
    this.#maxAtOnce = Math.ceil(total * maxShareAtOnce);
  }

  /** What is to be sent now. Rows of one batch with one requestId would have to be one request. */
  add(sending: Sending): readonly Group[] {
    const name = nameOf(sending);
    const isThere = this.#waiting.get(name)?.some(({ request }) => request === sending.request);
    const full = isThere === true ? this.#take(name) : [];
    const [first = sending, ...others] = [...(this.#waiting.get(name) ?? []), sending];
    const group: Group = [first, ...others];
    this.#waiting.set(name, group);
    return [...full, ...(this.#isFull(sending.endpoint, group) ? this.#take(name) : [])];
  }

  /** All that is still waiting. */
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
