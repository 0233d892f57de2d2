import type { Answer } from '../call';
import type { FaultPlan } from './fault-plan';
import type { FaultTarget } from './faults';
import { ThrottledError } from '../graph-error';

/** Time in which an answer reaches its caller, in milliseconds; calls in that time were already sent. */
const onTheWayMs = 200;

interface Closed {
  readonly since: number;
  readonly until: number;
}

/** Enforces the Retry-After that callers were given. */
export class Throttle {
  readonly #scope: FaultPlan['enforceRetryAfter'];
  readonly #closed = new Map<string, Closed>();
  /** Number of calls that came too early although their caller had the Retry-After. */
  earlyCalls = 0;

  constructor(scope: FaultPlan['enforceRetryAfter']) {
    this.#scope = scope;
  }

  /** The refusal of a call that comes too early; undefined if the call is allowed. */
  refuse(target: FaultTarget, now: Date): Answer | undefined {
    const closed = this.#closed.get(this.#keyOf(target));
    if (closed === undefined || closed.until <= now.getTime()) return undefined;
    if (now.getTime() - closed.since > onTheWayMs) this.earlyCalls += 1;
    const error = new ThrottledError((closed.until - now.getTime()) / 1000);
    return { status: error.status, headers: error.headers, error };
  }

  /** Records the Retry-After of an answer. */
  observe({ headers }: Answer, target: FaultTarget, now: Date): void {
    const retryAfter = headers?.['retry-after'];
    if (this.#scope === 'off' || retryAfter === undefined) return;
    const until = toInstant(retryAfter, now);
    this.#closed.set(this.#keyOf(target), { since: now.getTime(), until });
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
