import {
  faultPlan,
  type Break,
  type Duration,
  type FaultPlan,
  type FaultRule,
  type Latency,
} from './fault-plan';
import { hashToFraction, type Random } from '../random';

/** The properties that rules match, and the identity of a repeated request. */
export type FaultTarget = {
  readonly method: string;
  readonly path: string;
  readonly text: string;
  readonly externalId: string | null;
  readonly subject: string | null;
  /** The same for every attempt at the same call, independent of generated ids. */
  readonly key: string;
};

/** The fault of one request, and its delays in milliseconds before and after its effect. */
type Drawn = {
  readonly fault: Break | undefined;
  readonly delayBefore: number;
  readonly delayAfter: number;
};

type RuleState = {
  readonly rule: FaultRule;
  readonly pattern: RegExp | undefined;
  readonly attempts: Map<string, number>;
  matched: number;
  fired: number;
};

/**
 * Decides which request gets which fault. Randomness depends only on the seed, the request and its attempt, not on
 * concurrency or order.
 */
export class Faults {
  #plan: FaultPlan;
  #states: RuleState[];

  /** Throws if the plan is invalid. */
  constructor(plan: unknown = {}) {
    this.#plan = faultPlan.parse(plan);
    this.#states = this.#plan.rules.map((rule) => ({
      rule,
      pattern: rule.match.path === undefined ? undefined : new RegExp(rule.match.path),
      attempts: new Map(),
      matched: 0,
      fired: 0,
    }));
  }

  get plan(): FaultPlan {
    return this.#plan;
  }

  /** The rules, with the number of matches and faults of each. */
  report(): readonly object[] {
    return this.#states.map(({ rule, matched, fired }) => ({ ...rule, matched, fired }));
  }

  draw(target: FaultTarget): Drawn {
    let fault: Break | undefined;
    const delays = { before: 0, after: 0 };
    for (const [index, state] of this.#states.entries()) {
      const isDecided = fault !== undefined && state.rule.fault.kind !== 'latency';
      if (isDecided || !isMatch(state, target)) continue;
      const random = this.#randomFor(state, index, target.key);
      if (!fires(state, random)) continue;
      if (state.rule.fault.kind === 'latency') addDelay(delays, state.rule.fault, random);
      else fault = state.rule.fault;
    }
    return { fault, delayBefore: delays.before, delayAfter: delays.after };
  }

  #randomFor({ rule, attempts }: RuleState, index: number, key: string): Random {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    let drawn = 0;
    return () => {
      drawn += 1;
      return hashToFraction(`${rule.seed ?? this.#plan.seed}|${index}|${key}|${attempt}|${drawn}`);
    };
  }
}

function isMatch({ rule: { match }, pattern }: RuleState, target: FaultTarget): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === target.method) &&
    (pattern === undefined || pattern.test(target.path)) &&
    (match.bodyIncludes === undefined || target.text.includes(match.bodyIncludes)) &&
    (match.externalId === undefined || match.externalId === target.externalId) &&
    (match.subject === undefined || match.subject === target.subject)
  );
}

function fires(state: RuleState, random: Random): boolean {
  const { after, count = Infinity, probability } = state.rule;
  state.matched += 1;
  if (state.matched <= after || state.fired >= count || random() >= probability) return false;
  state.fired += 1;
  return true;
}

function addDelay(
  delays: { before: number; after: number },
  { when, ms }: Latency,
  random: Random,
): void {
  delays[when] += drawDuration(ms, random);
}

/** The 95th percentile of the standard normal distribution. */
const z95 = 1.645;

/** A given number, or a draw from the log-normal distribution with this median and 95th percentile. */
export function drawDuration(duration: Duration, random: Random): number {
  if (typeof duration === 'number') return duration;
  const { median, p95 } = duration;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp((Math.log(p95 / median) / z95) * normal);
}
