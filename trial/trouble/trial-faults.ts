import type { FaultPlanInput } from '../../local/graph-simulator';
import type { Random } from '../../local/graph-simulator/random';
import type { Interference } from '../storage/storage-proxy';

type Rule = NonNullable<FaultPlanInput['rules']>[number];

const status = (
  code: number,
  when: 'before' | 'after',
  probability: number,
  more: object = {},
): Rule => ({
  probability,
  fault: { kind: 'status', status: code, when, ...more },
});

/** Graph's faults in a trial: about one call in five fails, with each kind of failure equally likely. */
export const graphFaults = (seed: number): FaultPlanInput => ({
  seed,
  enforceRetryAfter: 'off',
  rules: [
    status(429, 'before', 0.03),
    status(429, 'before', 0.03, { retryAfterSeconds: 1 }),
    status(429, 'before', 0.005, { retryAfterSeconds: 7 }),
    status(503, 'before', 0.01, { retryAfterDate: 2 }),
    status(500, 'before', 0.01),
    status(502, 'before', 0.01),
    status(408, 'before', 0.005),
    status(408, 'after', 0.005),
    status(504, 'after', 0.01),
    status(503, 'after', 0.01, { retryAfterSeconds: 1 }),
    // A success without a meeting in the answer.
    status(200, 'after', 0.005, { body: {} }),
    { probability: 0.01, fault: { kind: 'drop', when: 'before' } },
    { probability: 0.02, fault: { kind: 'drop', when: 'after' } },
    { probability: 0.01, fault: { kind: 'truncate', when: 'after' } },
    { probability: 0.003, fault: { kind: 'hang', when: 'before' } },
    { probability: 0.003, fault: { kind: 'hang', when: 'after' } },
    { fault: { kind: 'latency', when: 'before', ms: { median: 20, p95: 120 } } },
    // Slow answers to finished calls, so that an instance may be killed in between.
    { probability: 0.3, fault: { kind: 'latency', when: 'after', ms: { median: 150, p95: 500 } } },
  ],
});

/** Loses requests to storage and its answers, with the same probability, and counts them. */
export class StorageFaults {
  readonly #probability: number;
  readonly #random: Random;
  requestsLost = 0;
  answersLost = 0;

  constructor(probability: number, random: Random) {
    this.#probability = probability;
    this.#random = random;
  }

  readonly interfere: Interference = (_call, phase) => {
    if (this.#random() >= this.#probability) return 'pass';
    if (phase === 'before') this.requestsLost += 1;
    else this.answersLost += 1;
    return 'break';
  };
}

interface FaultReport {
  readonly rules: readonly {
    readonly fired: number;
    readonly fault: {
      readonly kind: string;
      readonly when?: string;
      readonly status?: number;
      readonly [more: string]: unknown;
    };
  }[];
}

/** How often each kind of fault happened, by name. */
export function faultsByKind(report: object): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault, fired } of (report as FaultReport).rules) {
    if (fault.kind === 'latency') continue;
    const told =
      'retryAfterSeconds' in fault || 'retryAfterDate' in fault ? ' with Retry-After' : '';
    const name = `${fault.status ?? fault.kind}${told} ${fault.when} commit`;
    counts[name] = (counts[name] ?? 0) + fired;
  }
  return counts;
}
