import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { MeetingErrorBody, MeetingErrorCode } from '../../errors/meeting-error';
import { httpStatusOf } from '../../errors/http-status';
import type { Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';

/** Default of Retry-After, in milliseconds. */
const defaultRetryMs = 5_000;
/**
 * Maximum Retry-After while another attempt runs, in milliseconds: attempts usually end within seconds, long before
 * their lease.
 */
const maxInProgressRetryMs = 5_000;

export interface ErrorContext {
  /** Returned to the caller as `request-id`, and part of every log line of the invocation. */
  readonly invocationId: string;
  readonly now: Date;
  readonly clientRequestId: string;
  /** Milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * An error in the format of Microsoft's REST guidelines, like Graph's:
 * https://github.com/microsoft/api-guidelines/blob/vNext/graph/GuidelinesGraph.md#error-handling
 */
export function errorAnswer(error: MeetingErrorBody, context: ErrorContext): HttpResponseInit {
  const { code, message, remedy, retryable, target, details, graphRequestId } = error;
  return {
    status: httpStatusOf[code],
    headers: {
      'request-id': context.invocationId,
      'client-request-id': context.clientRequestId,
      ...(retryable && { 'Retry-After': retryAfterSeconds(code, context) }),
      ...(code === 'unsupportedEncoding' && { 'Accept-Encoding': 'gzip' }),
    },
    jsonBody: {
      error: {
        code,
        message,
        ...(target !== undefined && { target }),
        ...(details !== undefined && { details }),
        innerError: {
          'request-id': context.invocationId,
          'client-request-id': context.clientRequestId,
          date: context.now.toISOString().slice(0, 19),
          remedy,
          ...(graphRequestId !== undefined && { 'graph-request-id': graphRequestId }),
        },
      },
    },
  };
}

/** JSON that must not be cached, because the next call may return something else. */
export const uncachedAnswer = (
  jsonBody: unknown,
  { invocationId }: Pick<InvocationContext, 'invocationId'>,
): HttpResponseInit => ({
  headers: { 'request-id': invocationId, 'Cache-Control': 'no-store' },
  jsonBody,
});

function retryAfterSeconds(code: MeetingErrorCode, { retryAfterMs }: ErrorContext): string {
  const given = retryAfterMs ?? defaultRetryMs;
  const wait = code === 'requestInProgress' ? Math.min(given, maxInProgressRetryMs) : given;
  return String(Math.max(1, Math.ceil(wait / 1000)));
}

export interface HttpDependencies {
  readonly log: Log;
  readonly clock: Clock;
}

export type HttpHandler = (
  request: HttpRequest,
  context: InvocationContext,
) => Promise<HttpResponseInit>;

export const errorContext = (
  request: HttpRequest,
  context: InvocationContext,
  more: Pick<ErrorContext, 'now' | 'retryAfterMs'>,
): ErrorContext => ({
  invocationId: context.invocationId,
  clientRequestId: clientRequestIdOf(request, context),
  ...more,
});

/** The caller's value, if it is a valid header value: the host answers 500 to one that is not ASCII. */
export function clientRequestIdOf(
  request: HttpRequest,
  { invocationId }: InvocationContext,
): string {
  const given = request.headers.get('client-request-id') ?? '';
  return /^[\x21-\x7e]{1,128}$/.test(given) ? given : invocationId;
}
