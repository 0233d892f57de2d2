import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { toErrorBody, toMeetingError, type MeetingError } from '../errors/meeting-error';
import { withLog, type Log } from '../telemetry/log';
import { withSpan, type Span } from '../telemetry/tracing';
import {
  errorAnswer,
  withOwnHeaders,
  type HttpDependencies,
  type HttpHandler,
} from './http/response';
import type { QueueHandler } from './queue/received-message';

/**
 * One span and one log for the invocation. The span is inside the host's own; the handler finds it as the trace context
 * of its invocation and propagates it. Its kind is not "server", because the host already reports the request.
 */
function within<T>(context: InvocationContext, work: (span: Span) => Promise<T>): Promise<T> {
  const { functionName, invocationId, traceContext } = context;
  const start = {
    name: functionName,
    parent: traceContext?.traceParent ?? undefined,
    attributes: { 'faas.name': functionName, 'faas.invocation_id': invocationId },
  };
  return withSpan(start, (span) => {
    context.traceContext = { ...traceContext, traceParent: span.traceparent };
    return withLog(context, () => work(span));
  });
}

/** Wraps each HTTP handler in a span, and turns what it throws into an answer. */
export const httpInvocation =
  (handler: HttpHandler, deps: HttpDependencies): HttpHandler =>
  (request, context) =>
    within(context, async (span) => {
      const answer = await answering(handler, deps)(request, context);
      note(answer, span);
      return answer;
    });

function note({ status = 200 }: HttpResponseInit, span: Span): void {
  span.annotate({ 'http.response.status_code': status });
  if (status >= 500) span.fail(String(status));
}

/** Wraps each handler of a queue or a timer in a span. If it throws, the host delivers the message again. */
export const queueInvocation =
  (handler: QueueHandler): QueueHandler =>
  (message, context) =>
    within(context, () => handler(message, context));

/**
 * Wraps a handler so that every error becomes an answer: never a stack trace, never an empty 500. Every answer gets
 * the headers of `withOwnHeaders`.
 */
export function answering(handler: HttpHandler, deps: HttpDependencies): HttpHandler {
  return async (request, context) =>
    withOwnHeaders(await answerOrError(handler, deps)(request, context), context);
}

const answerOrError =
  (handler: HttpHandler, { log, clock }: HttpDependencies): HttpHandler =>
  async (request, context) => {
    try {
      return await handler(request, context);
    } catch (thrown) {
      const error = toMeetingError(thrown);
      logRefusal(error, log);
      return errorAnswer(toErrorBody(error), { request, context, clock }, error.retryAfterMs);
    }
  };

function logRefusal(error: MeetingError, log: Log): void {
  const fields = {
    code: error.code,
    graphRequestId: error.graphRequestId,
    problems: error.details?.length,
  };
  if (error.code !== 'internalError') log.warn('http.refused', fields);
  else
    log.error('http.failed', {
      ...fields,
      cause: error.cause instanceof Error ? error.cause.stack : String(error.cause),
    });
}
