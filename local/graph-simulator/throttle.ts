import type { Answer } from './call';
import type { FaultPlan } from './fault-plan';
import type { FaultTarget } from './faults';
import { ThrottledError } from './graph-error';

/** Holds callers to the Retry-After they were given. */
export class Throttle {
  readonly #scope: FaultPlan['enforceRetryAfter'];
  readonly #closedUntil = new Map<string, number>();
  /** How many calls came back too early. */
  earlyCalls = 0;

  constructor(scope: FaultPlan['enforceRetryAfter']) {
    this.#scope = scope;
  }

  /** The refusal of a call that comes too early; undefined when the way is free. */
  refuse(target: FaultTarget, now: Date): Answer | undefined {
    const left = (this.#closedUntil.get(this.#keyOf(target)) ?? 0) - now.getTime();
    if (this.#scope === 'off' || left <= 0) return undefined;
    this.earlyCalls += 1;
    const error = new ThrottledError(left / 1000);
    return { status: error.status, headers: error.headers, error };
  }

  /** Takes note of an answer's Retry-After. */
  observe({ headers }: Answer, target: FaultTarget, now: Date): void {
    const retryAfter = headers?.['retry-after'];
    if (this.#scope === 'off' || retryAfter === undefined) return;
    this.#closedUntil.set(this.#keyOf(target), toInstant(retryAfter, now));
  }

  #keyOf({ key, path }: FaultTarget): string {
    const keys = { off: '', request: key, organizer: path.split('/')[3] ?? '', app: '' };
    return keys[this.#scope];
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-retry-after, in milliseconds since 1970. */
function toInstant(retryAfter: string, now: Date): number {
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? Date.parse(retryAfter) : now.getTime() + seconds * 1000;
}
