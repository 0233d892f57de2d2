import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { withSpan, type Span } from '../telemetry/tracing';
import type { HttpHandler } from './http/response';
import type { QueueHandler } from './queue/received-message';

/**
 * One span for the invocation, inside the host's own; the handler finds it as the trace context of its invocation and
 * propagates it. Not of kind "server": the host reports the request itself.
 */
function traced<T>(context: InvocationContext, work: (span: Span) => Promise<T>): Promise<T> {
  const { functionName, invocationId, traceContext } = context;
  const start = {
    name: functionName,
    parent: traceContext?.traceParent ?? undefined,
    attributes: { 'faas.name': functionName, 'faas.invocation_id': invocationId },
  };
  return withSpan(start, (span) => {
    context.traceContext = { ...traceContext, traceParent: span.traceparent };
    return work(span);
  });
}

export const tracedHttp =
  (handler: HttpHandler): HttpHandler =>
  (request, context) =>
    traced(context, async (span) => {
      const answer = await handler(request, context);
      note(answer, span);
      return answer;
    });

function note({ status = 200 }: HttpResponseInit, span: Span): void {
  span.annotate({ 'http.response.status_code': status });
  if (status >= 500) span.fail(String(status));
}

export const tracedQueue =
  (handler: QueueHandler): QueueHandler =>
  (message, context) =>
    traced(context, () => handler(message, context));
