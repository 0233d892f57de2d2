import type { Answer } from '../call';
import type { FaultPlan } from './fault-plan';
import type { FaultTarget } from './faults';
import { ThrottledError } from '../graph-error';

/** Milliseconds within which an answer has reached its caller; whatever comes in that time was on its way already. */
const onTheWayMs = 200;

interface Closed {
  readonly since: number;
  readonly until: number;
}

/** Holds callers to the Retry-After they were given. */
export class Throttle {
  readonly #scope: FaultPlan['enforceRetryAfter'];
  readonly #closed = new Map<string, Closed>();
  /** How many calls came back too early, by callers who knew. */
  earlyCalls = 0;

  constructor(scope: FaultPlan['enforceRetryAfter']) {
    this.#scope = scope;
  }

  /** The refusal of a call that comes too early; undefined when the way is free. */
  refuse(target: FaultTarget, now: Date): Answer | undefined {
    const closed = this.#closed.get(this.#keyOf(target));
    if (closed === undefined || closed.until <= now.getTime()) return undefined;
    if (now.getTime() - closed.since > onTheWayMs) this.earlyCalls += 1;
    const error = new ThrottledError((closed.until - now.getTime()) / 1000);
    return { status: error.status, headers: error.headers, error };
  }

  /** Takes note of an answer's Retry-After. */
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
