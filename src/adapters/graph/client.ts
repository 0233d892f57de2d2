import {
  Client,
  GraphClientError,
  ResponseType,
  type GraphRequest,
} from '@microsoft/microsoft-graph-client';
import { MeetingError } from '../../errors/meeting-error';
import type { CallOptions, Clock, Random } from '../../meetings/ports';
import type { Log, LogFields } from '../../telemetry/log';
import type { AccessTokens } from './access-token';
import { answerToError, type GraphResponse, type Purpose } from './errors';
import { makeGraphTransport, NoAnswerError, type RawAnswer } from './transport';
import { parseRetryAfter } from './retry-after';
import { withSpan, type Span } from '../../telemetry/tracing';

/** One call to Microsoft Graph. */
interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version, each segment encoded. */
  readonly path: string;
  readonly purpose: Purpose;
  readonly body?: object;
  readonly options: CallOptions;
  /** Error statuses that the caller handles itself. */
  readonly accepts?: readonly number[];
}

interface GraphClientDependencies {
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Without trailing slash and version. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** Calls Microsoft Graph. @throws MeetingError for every answer that is neither a success nor in `accepts`. */
export type Graph = (call: GraphCall) => Promise<GraphResponse>;

/**
 * Microsoft's Graph client with one middleware of this app instead of Microsoft's chain, because
 * `meetings/calls/retry.ts` alone decides about retries.
 */
export function makeGraph(deps: GraphClientDependencies): Graph {
  const { clock, tokens, baseUrl } = deps;
  const client = Client.initWithMiddleware({
    baseUrl,
    defaultVersion: 'v1.0',
    middleware: makeGraphTransport(baseUrl, tokens),
  });
  const { hostname } = new URL(baseUrl);

  async function exchange(call: GraphCall, headers: Headers): Promise<GraphResponse> {
    const { purpose, options } = call;
    const limit = timeLimit(purpose, options.deadline - clock.now().getTime(), deps.timeoutMs);
    const request = client
      .api(call.path)
      .responseType(ResponseType.RAW)
      .options({ signal: limit.signal })
      .headers(headers);
    try {
      return toAnswer((await sendBy[call.method](request, call.body)) as RawAnswer, clock.now());
    } finally {
      limit.end();
    }
  }

  async function logged(call: GraphCall, headers: Headers): Promise<GraphResponse> {
    const started = clock.now().getTime();
    const note = (outcome: number | string): void =>
      deps.log.graphCalled(`${call.purpose} ${outcome} ${clock.now().getTime() - started}`);
    const tell = (fields: LogFields): void =>
      deps.log.info('graph.called', {
        method: call.method,
        requestId: call.options.requestId,
        clientRequestId: headers['client-request-id'],
        ...fields,
      });
    try {
      const answer = await exchange(call, headers);
      note(answer.status);
      if (!isSuccess(answer.status)) tell({ graphRequestId: answer.graphRequestId });
      return answer;
    } catch (thrown) {
      const error = failureOf(thrown);
      note(error.code);
      tell({});
      throw error;
    }
  }

  return (call) =>
    withSpan(
      {
        name: `graph ${call.purpose}`,
        kind: 'client',
        attributes: { 'http.request.method': call.method, 'server.address': hostname },
      },
      async (span) => {
        const answer = await logged(call, headersOf(call, deps.random.newId(), span));
        annotate(span, answer);
        if (call.accepts?.includes(answer.status) === true) return answer;
        return successOf(answer, call.purpose, tokens);
      },
    );
}

type Headers = Readonly<Record<string, string>>;

const headersOf = (
  { options: { language } }: GraphCall,
  clientRequestId: string,
  { traceparent }: Span,
): Headers => ({
  Accept: 'application/json',
  Prefer: 'include-unknown-enum-members',
  'client-request-id': clientRequestId,
  traceparent,
  ...(language !== undefined && { 'Accept-Language': language }),
});

const sendBy: Readonly<
  Record<GraphCall['method'], (request: GraphRequest, body?: object) => Promise<unknown>>
> = {
  GET: (request) => request.get(),
  POST: (request, body) => request.post(body),
  PATCH: (request, body) => request.patch(body),
  DELETE: (request) => request.delete(),
};

function toAnswer({ status, headers, text }: RawAnswer, now: Date): GraphResponse {
  const retryAfter = headers['retry-after'];
  const retryAfterMs = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now);
  const graphRequestId = headers['request-id'];
  return {
    status,
    body: parseBody(text),
    graphRequestId: typeof graphRequestId === 'string' ? graphRequestId : undefined,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function annotate(span: Span, { status, graphRequestId }: GraphResponse): void {
  span.annotate({
    'http.response.status_code': status,
    ...(graphRequestId !== undefined && { 'graph.request_id': graphRequestId }),
  });
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** The answer, if it is complete and successful; otherwise throws a MeetingError. */
async function successOf(
  answer: GraphResponse,
  purpose: Purpose,
  tokens: AccessTokens,
): Promise<GraphResponse> {
  const { status, body } = answer;
  const isComplete = body !== undefined || status === 202 || status === 204;
  if (isSuccess(status) && isComplete) return answer;
  if (status === 401) tokens.discard();
  throw answerToError(answer, purpose, status === 403 ? await tokens.get() : undefined);
}

interface TimeLimit {
  readonly signal: AbortSignal;
  /** Stops the timer; to be called when the call has ended. */
  readonly end: () => void;
}

/**
 * Nobody can find out how an interrupted create ended, so it gets its full time limit or is not sent.
 * `AbortSignal.timeout` is not used: its timer outlives the call and keeps the call's objects in memory.
 */
function timeLimit(purpose: Purpose, leftMs: number, timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort();
  if (leftMs <= 0) giveUp();
  const limitMs = purpose === 'create' ? timeoutMs : Math.min(timeoutMs, Math.max(leftMs, 0));
  const timer = setTimeout(giveUp, limitMs);
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}

/** Undefined for anything that is not JSON. Some proxies add a byte order mark. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A call without a complete answer: harmless only if no connection was made. */
function failureOf(thrown: unknown): MeetingError {
  const cause: unknown = thrown instanceof GraphClientError ? thrown.customError : thrown;
  if (cause instanceof MeetingError) return cause;
  const reason = cause instanceof Error ? cause.message : 'unknown';
  return cause instanceof NoAnswerError && !cause.sent
    ? new MeetingError('graphUnavailable', `Microsoft Graph could not be reached (${reason}).`, {
        cause,
      })
    : new MeetingError(
        'graphUnavailable',
        `The response from Microsoft Graph was cut off (${reason}).`,
        {
          executed: 'unknown',
          cause,
        },
      );
}
