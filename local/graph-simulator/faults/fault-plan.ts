import { z } from 'zod';

/** Before: Graph did nothing. After: Graph carried out the call, and only the answer is lost. */
const when = z.enum(['before', 'after']).default('before');

const duration = z.union([
  z.number().min(0),
  z.strictObject({ median: z.number().positive(), p95: z.number().positive() }),
]);

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    /** May be a success, for answers without a meeting. */
    status: z.int().min(200).max(599),
    retryAfterSeconds: z.number().min(0).optional(),
    /** Retry-After as a date, this many seconds from now. */
    retryAfterDate: z.number().min(0).optional(),
    /** Instead of the usual error body. */
    body: z.unknown().optional(),
    /** Sent unchanged, instead of JSON. */
    text: z.string().optional(),
    when,
  }),
  /** A success whose answer omits these properties, or all others. */
  z.strictObject({
    kind: z.literal('omit'),
    properties: z.array(z.string()).optional(),
    allBut: z.array(z.string()).optional(),
    when: z.literal('after').default('after'),
  }),
  /** The connection breaks without an answer. */
  z.strictObject({ kind: z.literal('drop'), when }),
  /** The connection breaks in the middle of the answer. */
  z.strictObject({ kind: z.literal('truncate'), when }),
  /** No answer; the connection breaks after `ms`, or stays open. */
  z.strictObject({ kind: z.literal('hang'), ms: z.number().min(0).optional(), when }),
  /** The answer comes late; with a median and a 95th percentile the delay is log-normal. */
  z.strictObject({ kind: z.literal('latency'), ms: duration, when }),
]);

const rule = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A regular expression, looked for anywhere in the path without the query. */
      path: z.string().refine(isPattern, { error: 'is not a regular expression' }).optional(),
      bodyIncludes: z.string().optional(),
      externalId: z.string().optional(),
      subject: z.string().optional(),
    })
    .prefault({}),
  probability: z.number().min(0).max(1).default(1),
  /** Maximum number of times. */
  count: z.int().min(0).optional(),
  /** Number of matching requests to skip first. */
  after: z.int().min(0).default(0),
  seed: z.int().optional(),
  fault,
});

/** Rules for injecting faults. The first rule that fires decides; latency is added to it. */
export const faultPlan = z.strictObject({
  seed: z.int().default(1),
  rules: z.array(rule).default([]),
  /** Throttles calls that come before the time of a Retry-After: the same request, any for the same organizer, or the whole app. */
  enforceRetryAfter: z.enum(['off', 'request', 'organizer', 'app']).default('off'),
});

/** A plan with its defaults. */
export type FaultPlan = z.output<typeof faultPlan>;
/** A plan as tests and tools write it. */
export type FaultPlanInput = z.input<typeof faultPlan>;
/** One rule: which requests, how often, and what happens to them. */
export type FaultRule = z.output<typeof rule>;
/** What happens to a request. */
type Fault = z.output<typeof fault>;
/** A fault that only delays. */
export type Latency = Extract<Fault, { kind: 'latency' }>;
/** A fault that changes or loses the answer. */
export type Break = Exclude<Fault, Latency>;
/** Milliseconds: always the same, or log-normal with a median and a 95th percentile. */
export type Duration = z.output<typeof duration>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
