import { setTimeout as sleep } from 'node:timers/promises';
import { hashToFraction } from '../../local/graph-simulator/random';
import type { BatchCompleted } from '../../src/batches/ports';
import { hasMeeting } from '../../src/meetings/ledger';
import type { CollectedResult } from '../results/result-collector';
import type { SentBatch } from './endpoints';
import { callUntilAnswered, type CallDependencies } from './http-client';
import { toCallerAnswer, type CallerAnswer } from './caller-answer';

interface PeopleDependencies extends CallDependencies {
  readonly seed: number;
  readonly tell: (answer: CallerAnswer) => void;
  /** Maximum delay before a person acts, in milliseconds. */
  readonly maxPauseMs: number;
}

const chances = { cancel: 0.25, undo: 0.25, retry: 0.6, confirm: 0.5 };

/** People who cancel batches, undo finished ones, and retry requests without a meeting. */
export class People {
  /** Batches that a person asked to cancel, and whether that was done. */
  readonly cancelled = new Map<string, boolean>();
  /** Batches whose meetings a person asked to cancel, and whether that was accepted. */
  readonly undone = new Map<string, boolean>();
  /** Requests that a person retried, with the number of calls that accept a second meeting. */
  readonly retried = new Map<string, number>();
  readonly #deps: PeopleDependencies;
  readonly #seen = new Set<string>();
  readonly #names = new Map<string, string>();
  #underWay = 0;

  constructor(deps: PeopleDependencies) {
    this.#deps = deps;
  }

  /** Whether no call is in progress. */
  get areIdle(): boolean {
    return this.#underWay === 0;
  }

  /** To be called when a batch was accepted. */
  onBatch({ batchId, requestIds: [first = ''] }: SentBatch): void {
    if (this.#names.has(batchId)) return;
    // Batch ids differ between runs, so the first requestId names the batch.
    this.#names.set(batchId, first);
    this.#maybe('cancel', first, () => {
      this.cancelled.set(batchId, false);
      return this.#delete(`api/batches/${batchId}`, (done) => this.cancelled.set(batchId, done));
    });
  }

  /** To be called when a batch was announced as complete. */
  onCompleted({ batchId, pass }: BatchCompleted): void {
    const name = this.#names.get(batchId);
    if (name === undefined || pass !== undefined || this.undone.has(batchId)) return;
    this.#maybe('undo', name, () => {
      this.undone.set(batchId, false);
      const path = `api/batches/${batchId}?meetings=true`;
      return this.#delete(path, (done) => this.undone.set(batchId, done));
    });
  }

  /** To be called with each result. Each request is retried at most once; changes are not retried. */
  onResult({ requestId, status, code, revision }: CollectedResult): void {
    if (revision !== undefined || hasMeeting(status) || status === 'cancelled') return;
    if (code === 'requestIdReused' || this.#seen.has(requestId)) return;
    this.#seen.add(requestId);
    this.#maybe('retry', requestId, () => {
      this.retried.set(requestId, 0);
      return this.#retry(requestId);
    });
  }

  /** A person does this with some probability. */
  #maybe(what: keyof typeof chances, name: string, act: () => Promise<void>): void {
    if (!this.#happens(`${what} ${name}`, chances[what])) return;
    this.#underWay += 1;
    const pauseMs = hashToFraction(`${this.#deps.seed} pause ${what} ${name}`);
    // The trial may end before there is an answer.
    void sleep(pauseMs * this.#deps.maxPauseMs, undefined, { signal: this.#deps.signal })
      .then(act)
      .catch(() => undefined)
      .finally(() => (this.#underWay -= 1));
  }

  #happens(what: string, chance: number): boolean {
    return hashToFraction(`${this.#deps.seed} ${what}`) < chance;
  }

  async #delete(path: string, note: (done: boolean) => void): Promise<void> {
    const { status } = await callUntilAnswered({ method: 'DELETE', path }, this.#deps);
    note(status < 300);
  }

  async #retry(requestId: string): Promise<void> {
    const isConfirmed = this.#happens(`confirm ${requestId}`, chances.confirm);
    const path = `api/requests/${encodeURIComponent(requestId)}/retry?confirm=${isConfirmed}`;
    const onTry = (): void => {
      if (isConfirmed) this.retried.set(requestId, (this.retried.get(requestId) ?? 0) + 1);
    };
    const answer = await callUntilAnswered({ path }, { ...this.#deps, onTry });
    this.#deps.tell(toCallerAnswer({ requestId, isRetry: true }, answer));
  }
}
