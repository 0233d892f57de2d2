import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span as OtelSpan,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { parseTraceParent } from '@opentelemetry/core';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TracerProvider,
  type ReadableSpan,
  type SpanProcessor,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace';

export type { Attributes as SpanAttributes } from '@opentelemetry/api';

/** A span that has not ended. */
export interface Span {
  /** This span as a `traceparent` for outgoing calls: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent: string;
  annotate(attributes: Attributes): void;
  /** Marks a failure of work that did not throw. */
  fail(kind: string): void;
}

/** A span to be started. */
interface SpanStart {
  /** Constant; put variable parts into attributes. */
  readonly name: string;
  readonly kind?: 'internal' | 'client' | 'producer';
  /** A traceparent that replaces the current span. Anything else is ignored. */
  readonly parent?: string | undefined;
  readonly attributes?: Attributes;
  /** Sampled independently of the invocation around it. */
  readonly isApart?: boolean;
}

const contexts = new AsyncLocalStorageContextManager();
let tracer = withoutCollection();

/** A tracer that records nothing and propagates the caller's sampling decision. */
function withoutCollection(): Tracer {
  const sampler = new ParentBasedSampler({ root: new AlwaysOffSampler() });
  return new TracerProvider({ sampler }).getTracer('convoke');
}

/**
 * Sends every span to `processor` from now on, independently of the caller's sampling. Without a processor, spans only
 * propagate the trace.
 */
export function collectSpans(
  processor: SpanProcessor | undefined,
  options: Pick<TracerProviderOptions, 'resource'> = {},
): void {
  const collecting = { ...options, sampler: new AlwaysOnSampler() };
  tracer =
    processor === undefined
      ? withoutCollection()
      : new TracerProvider({ ...collecting, spanProcessors: [processor] }).getTracer('convoke');
}

/** Returns the id of the current trace, 32 hexadecimal digits; undefined outside of spans. */
export const currentTraceId = (): string | undefined =>
  trace.getSpanContext(contexts.active())?.traceId;

/** Attribute of a span with the importance of its invocation. */
export const importance = 'convoke.importance';

/** Attribute of a span that is sampled independently. */
export const apart = 'convoke.apart';

/** Marks the current work as routine: most traces of this kind are dropped. */
export const markRoutine = (): void => mark('routine');

/** Marks the current work as notable; this overrides `markRoutine`. */
export const markNotable = (): void => mark('notable');

function mark(value: 'routine' | 'notable'): void {
  const span: (OtelSpan & Partial<ReadableSpan>) | undefined = trace.getSpan(contexts.active());
  if (span?.attributes?.[importance] !== 'notable') span?.setAttribute(importance, value);
}

/** Runs work inside a span. The span ends with the work, and has failed if the work throws. */
export async function withSpan<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const span = startSpan(start);
  try {
    const active = trace.setSpan(contexts.active(), span);
    return await contexts.with(active, () => work(toSpan(span)));
  } catch (thrown) {
    fail(span, kindOf(thrown));
    throw thrown;
  } finally {
    span.end();
  }
}

const kinds = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
};

/** Starts a span. If it belongs to another trace, it gets a link to the current span. */
function startSpan({ name, kind = 'internal', parent, ...start }: SpanStart): OtelSpan {
  const outer = trace.getSpanContext(contexts.active());
  const context = contextOf(parent) ?? contexts.active();
  const traceId = trace.getSpanContext(context)?.traceId;
  const links = outer === undefined || outer.traceId === traceId ? [] : [{ context: outer }];
  const attributes = { ...start.attributes, ...(start.isApart === true && { [apart]: true }) };
  return tracer.startSpan(name, { kind: kinds[kind], attributes, links }, context);
}

function contextOf(traceparent: string | undefined): Context | undefined {
  const parsed = parseTraceParent(traceparent ?? '');
  return parsed === null
    ? undefined
    : trace.setSpanContext(ROOT_CONTEXT, { ...parsed, isRemote: true });
}

function toSpan(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-0${traceFlags}`,
    annotate: (attributes) => void span.setAttributes(attributes),
    fail: (kind) => fail(span, kind),
  };
}

/** https://opentelemetry.io/docs/specs/semconv/attributes-registry/error/ */
function fail(span: OtelSpan, kind: string): void {
  span.setAttribute('error.type', kind);
  span.setStatus({ code: SpanStatusCode.ERROR, message: kind });
}

const kindOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'thrown';
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
};
