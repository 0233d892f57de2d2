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
  /** What kind of failure it ended with. */
  readonly error?: string;
  /** The span inside which this one was made, when it belongs to another trace. */
  readonly link?: SpanContext;
}

export type SpanKind = 'internal' | 'client' | 'producer';

/** A span under way. */
export interface Span {
  /** Names this span to whoever is called: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent: string;
  annotate(attributes: SpanAttributes): void;
  /** The work did not throw, and failed all the same. */
  fail(kind: string): void;
}

export interface SpanStart {
  /** Constant: what differs from call to call belongs into attributes. */
  readonly name: string;
  readonly kind?: SpanKind;
  /** Instead of the current span. What is no traceparent is as good as none. */
  readonly parent?: string | undefined;
  readonly attributes?: SpanAttributes;
}

const current = new AsyncLocalStorage<OpenSpan>();
let onEnd: ((span: EndedSpan) => void) | undefined;

/** From now on ended spans are handed over; without this they are forgotten, and only carry the trace on. */
export function collectSpans(collect: ((span: EndedSpan) => void) | undefined): void {
  onEnd = collect;
}

/** The current span's name for whoever is called; undefined outside of any. */
export const currentTraceparent = (): string | undefined => current.getStore()?.traceparent;

export const currentTraceId = (): string | undefined => current.getStore()?.context.traceId;

/** Runs work inside a span. The span ends with it, in failure when it throws. */
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

/** Of a random UUID, which costs a twentieth of as many random bytes. Its fixed digits are not among the last 14. */
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
    // What is collected is sampled; otherwise the caller's decision is passed on.
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
