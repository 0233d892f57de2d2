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

/** The call that an answer belongs to. */
export interface HttpCall {
  readonly request: HttpRequest;
  /** Its `invocationId` is returned to the caller as `request-id`, and is in every log line of the invocation. */
  readonly context: InvocationContext;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * An error in the format of Microsoft's REST guidelines, like Graph's:
 * https://github.com/microsoft/api-guidelines/blob/vNext/graph/GuidelinesGraph.md#error-handling
 * `retryAfterMs`: how long to wait before the call is sent again, in milliseconds.
 */
export function errorAnswer(
  error: MeetingErrorBody,
  { request, context, clock }: HttpCall,
  retryAfterMs?: number,
): HttpResponseInit {
  const { code, message, remedy, retryable, target, details, graphRequestId } = error;
  const ids = {
    'request-id': context.invocationId,
    'client-request-id': clientRequestIdOf(request, context),
  };
  return {
    status: httpStatusOf[code],
    headers: {
      ...ids,
      ...(retryable && { 'Retry-After': retryAfterSeconds(code, retryAfterMs) }),
      ...(code === 'unsupportedEncoding' && { 'Accept-Encoding': 'gzip' }),
    },
    jsonBody: {
      error: {
        code,
        message,
        ...(target !== undefined && { target }),
        ...(details !== undefined && { details }),
        innerError: {
          ...ids,
          date: clock.now().toISOString().slice(0, 19),
          remedy,
          ...(graphRequestId !== undefined && { 'graph-request-id': graphRequestId }),
        },
      },
    },
  };
}

/**
 * Adds what every answer has: the id for support, and, unless the answer says otherwise, that it must not be cached,
 * because the next call may return something else and join links are in it.
 */
export const withOwnHeaders = (
  answer: HttpResponseInit,
  { invocationId }: Pick<InvocationContext, 'invocationId'>,
): HttpResponseInit => ({
  ...answer,
  headers: {
    'request-id': invocationId,
    'Cache-Control': 'no-store',
    ...(answer.headers as Readonly<Record<string, string>> | undefined),
  },
});

function retryAfterSeconds(code: MeetingErrorCode, waitMs = defaultRetryMs): string {
  const wait = code === 'requestInProgress' ? Math.min(waitMs, maxInProgressRetryMs) : waitMs;
  return String(Math.max(1, Math.ceil(wait / 1000)));
}

export interface HttpDependencies {
  readonly log: Log;
  readonly clock: Clock;
}

/** Answers a call, or throws a MeetingError that becomes the answer. */
export type HttpHandler = (
  request: HttpRequest,
  context: InvocationContext,
) => Promise<HttpResponseInit>;

/** The caller's value, if it is a valid header value: the host answers 500 to one that is not ASCII. */
export function clientRequestIdOf(
  request: HttpRequest,
  { invocationId }: InvocationContext,
): string {
  const given = request.headers.get('client-request-id') ?? '';
  return /^[\x21-\x7e]{1,128}$/.test(given) ? given : invocationId;
}
