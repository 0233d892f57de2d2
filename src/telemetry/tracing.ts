import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

interface SpanContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** A span that has ended, in the terms of OpenTelemetry: https://opentelemetry.io/docs/specs/otel/trace/api/#span */
export interface EndedSpan extends SpanContext {
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  /** The kind of failure, if it failed. */
  readonly error?: string;
  /** The span around this one, if that belongs to another trace. */
  readonly link?: SpanContext;
}

export type SpanKind = 'internal' | 'client' | 'producer';

/** A span that has not ended. */
export interface Span {
  /** This span as a `traceparent` for outgoing calls: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent: string;
  annotate(attributes: SpanAttributes): void;
  /** Marks a failure of work that did not throw. */
  fail(kind: string): void;
}

export interface SpanStart {
  /** Constant; put what varies into attributes. */
  readonly name: string;
  readonly kind?: SpanKind;
  /** Replaces the current span. An invalid traceparent is ignored. */
  readonly parent?: string | undefined;
  readonly attributes?: SpanAttributes;
}

const current = new AsyncLocalStorage<OpenSpan>();
let onEnd: ((span: EndedSpan) => void) | undefined;

/** Ended spans are passed to `collect` from now on; before that, they only propagate the trace. */
export function collectSpans(collect: ((span: EndedSpan) => void) | undefined): void {
  onEnd = collect;
}

/** The current span as a `traceparent`; undefined outside of any span. */
export const currentTraceparent = (): string | undefined => current.getStore()?.traceparent;

export const currentTraceId = (): string | undefined => current.getStore()?.context.traceId;

/** Runs work inside a span, which ends with it, as failed if it throws. */
export async function withSpan<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const span = new OpenSpan(start, current.getStore());
  try {
    return await current.run(span, () => work(span));
  } catch (thrown) {
    span.fail(kindOf(thrown));
    throw thrown;
  } finally {
    onEnd?.(span.end());
  }
}

const kindOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'thrown';
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
};

const traceparentPattern =
  /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-|$)/;

interface Parent extends SpanContext {
  readonly flags: string;
}

function parse(traceparent: string | undefined): Parent | undefined {
  const [, traceId, spanId, flags] = traceparentPattern.exec(traceparent ?? '') ?? [];
  return traceId === undefined || spanId === undefined
    ? undefined
    : { traceId, spanId, flags: flags ?? '00' };
}

/** Taken from a random UUID, which costs a twentieth of as many random bytes. None of its fixed digits is among the last 14. */
const newId = (digits: 16 | 32): string => randomUUID().replaceAll('-', '').slice(-digits);

class OpenSpan implements Span {
  readonly context: Parent;
  readonly #start: SpanStart;
  readonly #parent: Parent | undefined;
  readonly #link: Parent | undefined;
  /** The wall clock may jump; the duration is measured. */
  readonly #startMs = performance.timeOrigin + performance.now();
  #attributes: SpanAttributes;
  #error: string | undefined;

  constructor(start: SpanStart, outer: OpenSpan | undefined) {
    this.#start = start;
    this.#parent = parse(start.parent) ?? outer?.context;
    this.#attributes = start.attributes ?? {};
    const traceId = this.#parent?.traceId ?? newId(32);
    // Collected spans are sampled; otherwise the caller's decision is propagated.
    const flags = onEnd === undefined ? (this.#parent?.flags ?? '00') : '01';
    this.context = { traceId, spanId: newId(16), flags };
    if (outer !== undefined && outer.context.traceId !== traceId) this.#link = outer.context;
  }

  get traceparent(): string {
    const { traceId, spanId, flags } = this.context;
    return `00-${traceId}-${spanId}-${flags}`;
  }

  annotate(attributes: SpanAttributes): void {
    this.#attributes = { ...this.#attributes, ...attributes };
  }

  fail(kind: string): void {
    this.#error = kind;
  }

  end(): EndedSpan {
    const { name, kind = 'internal' } = this.#start;
    const { traceId, spanId } = this.context;
    return {
      traceId,
      spanId,
      ...(this.#parent !== undefined && { parentSpanId: this.#parent.spanId }),
      name,
      kind,
      startMs: this.#startMs,
      endMs: performance.timeOrigin + performance.now(),
      attributes: this.#attributes,
      ...(this.#error !== undefined && { error: this.#error }),
      ...(this.#link !== undefined && { link: this.#link }),
    };
  }
}
