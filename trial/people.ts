import { setTimeout as sleep } from 'node:timers/promises';
import { hashToFraction } from '../local/graph-simulator/random';
import { hasMeeting } from '../src/meetings/ledger';
import { toTold, type SentBatch, type Told } from './endpoints';
import { callUntilAnswered, type CallDependencies } from './http-client';
import type { CollectedResult } from './result-collector';

export interface PeopleDependencies extends CallDependencies {
  readonly seed: number;
  readonly tell: (told: Told) => void;
}

const chances = { cancel: 0.25, retry: 0.6, confirm: 0.5 };
const maxPauseMs = 3_000;

/** What people do with the results: they cancel batches, and retry requests that ended without a meeting. */
export class People {
  /** Batches that somebody has asked to cancel, by whether that was done. */
  readonly cancelled = new Map<string, boolean>();
  /** Requests that somebody retried, by the number of calls that accept a second meeting. */
  readonly retried = new Map<string, number>();
  readonly #deps: PeopleDependencies;
  readonly #seen = new Set<string>();
  #underWay = 0;

  constructor(deps: PeopleDependencies) {
    this.#deps = deps;
  }

  /** Whether nobody waits for an answer. */
  get areIdle(): boolean {
    return this.#underWay === 0;
  }

  /** A batch was accepted. */
  onBatch({ batchId, requestIds: [first] }: SentBatch): void {
    if (this.cancelled.has(batchId) || !this.#happens(`cancel ${first}`, chances.cancel)) return;
    this.cancelled.set(batchId, false);
    this.#begin(`pause ${first}`, () => this.#cancel(batchId));
  }

  /** A result came. Each request is retried once at most. */
  onResult({ requestId, status }: CollectedResult): void {
    if (hasMeeting(status) || this.#seen.has(requestId)) return;
    this.#seen.add(requestId);
    if (!this.#happens(`retry ${requestId}`, chances.retry)) return;
    this.retried.set(requestId, 0);
    this.#begin(`pause ${requestId}`, () => this.#retry(requestId));
  }

  #happens(what: string, chance: number): boolean {
    return hashToFraction(`${this.#deps.seed} ${what}`) < chance;
  }

  /** The trial may end before there is an answer. */
  #begin(pause: string, call: () => Promise<void>): void {
    this.#underWay += 1;
    const pauseMs = hashToFraction(`${this.#deps.seed} ${pause}`) * maxPauseMs;
    void sleep(pauseMs, undefined, { signal: this.#deps.signal })
      .then(call)
      .catch(() => undefined)
      .finally(() => (this.#underWay -= 1));
  }

  async #cancel(batchId: string): Promise<void> {
    const call = { method: 'DELETE', path: `api/batches/${batchId}` } as const;
    const { status } = await callUntilAnswered(call, this.#deps);
    this.cancelled.set(batchId, status < 300);
  }

  async #retry(requestId: string): Promise<void> {
    const isConfirmed = this.#happens(`confirm ${requestId}`, chances.confirm);
    const path = `api/requests/${encodeURIComponent(requestId)}/retry?confirm=${isConfirmed}`;
    const onTry = (): void => {
      if (isConfirmed) this.retried.set(requestId, (this.retried.get(requestId) ?? 0) + 1);
    };
    const answer = await callUntilAnswered({ path }, { ...this.#deps, onTry });
    // Not confirmed: it stays as it is.
    if (answer.status !== 409) this.#deps.tell(toTold(requestId, answer));
  }
}
