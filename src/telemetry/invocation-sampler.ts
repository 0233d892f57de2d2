import { SpanStatusCode, type Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { apart, importance } from './tracing';

/** The spans of one invocation, held until its outermost one ends. */
interface Invocation {
  readonly outermost: string;
  readonly held: ReadableSpan[];
  kept?: boolean;
}

/** An invocation with more spans than this is always kept: it did more than make a meeting. */
const maxHeld = 64;

/**
 * Drops most routine invocations with all their spans, and keeps all spans of every other one: with a failure, a
 * warning, a second attempt, or work other than making a meeting.
 */
export class InvocationSampler implements SpanProcessor {
  readonly #next: SpanProcessor;
  readonly #share: number;
  readonly #open = new Map<string, Invocation>();

  /** @param share of the routine invocations that are kept, 0–1 */
  constructor(next: SpanProcessor, share: number) {
    this.#next = next;
    this.#share = share;
  }

  onStart(span: Span, context: Context): void {
    const { spanId } = span.spanContext();
    const around = this.#around(span) ?? { outermost: spanId, held: [] };
    this.#open.set(spanId, around);
    this.#next.onStart(span, context);
  }

  onEnd(span: ReadableSpan): void {
    const { spanId } = span.spanContext();
    const invocation = this.#open.get(spanId);
    this.#open.delete(spanId);
    if (invocation === undefined) return this.#next.onEnd(span);
    invocation.held.push(span);
    if (invocation.held.length > maxHeld) invocation.kept = true;
    if (spanId === invocation.outermost) invocation.kept ??= this.#isKept(invocation);
    if (invocation.kept !== undefined) this.#release(invocation);
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#next.shutdown();
  }

  /** The invocation around a span. A span that continues the trace of a message has a link to its invocation. */
  #around({ parentSpanContext, links, attributes }: Span): Invocation | undefined {
    if (attributes[apart] === true) return undefined;
    const outer = [parentSpanContext, ...links.map(({ context }) => context)];
    return outer.flatMap((each) => this.#open.get(each?.spanId ?? '') ?? [])[0];
  }

  /** Decides by the id of the outermost span, which is random. */
  #isKept({ outermost, held }: Invocation): boolean {
    const isRoutine = held.some(({ attributes }) => attributes[importance] === 'routine');
    return (
      !isRoutine ||
      held.some(isNotable) ||
      parseInt(outermost.slice(0, 8), 16) < this.#share * 2 ** 32
    );
  }

  #release({ kept, held }: Invocation): void {
    for (const span of held.splice(0)) if (kept === true) this.#next.onEnd(span);
  }
}

const isNotable = ({ attributes, status }: ReadableSpan): boolean =>
  attributes[importance] === 'notable' || status.code === SpanStatusCode.ERROR;
