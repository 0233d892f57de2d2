import { Client, GraphClientError, ResponseType } from '@microsoft/microsoft-graph-client';
import { MeetingError } from '../../errors/meeting-error';
import type { CallOptions, Random, Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import type { AccessTokens } from './access-token';
import { answerToError, type GraphAnswer, type Purpose } from './errors';
import { makeGraphTransport, NoAnswerError, type RawAnswer } from './transport';
import { parseRetryAfter } from './retry-after';
import { withSpan, type Span } from '../../telemetry/tracing';

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the version, each segment encoded. */
  readonly path: string;
  readonly purpose: Purpose;
  readonly body?: object;
  readonly options: CallOptions;
}

export interface GraphDependencies {
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Without trailing slash and version. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

export interface GraphSuccess {
  readonly status: number;
  readonly body: unknown;
}

export type Graph = (call: GraphCall) => Promise<GraphSuccess>;

/**
 * Microsoft's Graph client with one middleware of ours instead of its chain: retries are decided in one place, `meetings/retry.ts`.
 */
export function makeGraph(deps: GraphDependencies): Graph {
  const client = Client.initWithMiddleware({
    baseUrl: deps.baseUrl,
    defaultVersion: 'v1.0',
    middleware: makeGraphTransport(deps.baseUrl, deps.tokens),
  });
  const { hostname } = new URL(deps.baseUrl);
  return (call) =>
    withSpan(
      {
        name: `graph ${call.purpose}`,
        kind: 'client',
        attributes: { 'http.request.method': call.method, 'server.address': hostname },
      },
      (span) => send(client, { ...call, span }, deps),
    );
}

interface TracedCall extends GraphCall {
  readonly span: Span;
}

async function send(
  client: Client,
  call: TracedCall,
  deps: GraphDependencies,
): Promise<GraphSuccess> {
  const started = deps.clock.now().getTime();
  const clientRequestId = deps.random.newId();
  const record = (fields: {
    status?: number;
    graphRequestId?: string | undefined;
    failure?: string;
  }): void =>
    deps.log.info('graph.called', {
      method: call.method,
      purpose: call.purpose,
      requestId: call.options.requestId,
      clientRequestId,
      durationMs: deps.clock.now().getTime() - started,
      ...fields,
    });
  let answer: GraphAnswer;
  try {
    answer = await exchange(client, { ...call, clientRequestId }, deps);
  } catch (thrown) {
    const error = failureOf(thrown);
    record({ failure: error.code });
    throw error;
  }
  record({ status: answer.status, graphRequestId: answer.graphRequestId });
  call.span.annotate({
    'http.response.status_code': answer.status,
    ...(answer.graphRequestId !== undefined && { 'graph.request_id': answer.graphRequestId }),
  });
  if (answer.status >= 200 && answer.status < 300 && answer.body !== undefined) return answer;
  if (answer.status === 401) deps.tokens.discard();
  throw answerToError(
    answer,
    call.purpose,
    answer.status === 403 ? await deps.tokens.get() : undefined,
  );
}

async function exchange(
  client: Client,
  {
    method,
    path,
    purpose,
    body,
    options,
    clientRequestId,
    span,
  }: TracedCall & { readonly clientRequestId: string },
  { clock, timeoutMs }: GraphDependencies,
): Promise<GraphAnswer> {
  const request = client
    .api(path)
    .responseType(ResponseType.RAW)
    .options({ signal: timeLimit(purpose, options.deadline - clock.now().getTime(), timeoutMs) })
    .headers({
      Accept: 'application/json',
      Prefer: 'include-unknown-enum-members',
      'client-request-id': clientRequestId,
      traceparent: span.traceparent,
      ...(options.language !== undefined && { 'Accept-Language': options.language }),
    });
  const { status, headers, text } = (await (method === 'GET'
    ? request.get()
    : method === 'POST'
      ? request.post(body)
      : request.patch(body))) as RawAnswer;
  const retryAfterMs = parseRetryAfter(headers['retry-after'] ?? null, clock.now());
  const graphRequestId = headers['request-id'];
  return {
    status,
    body: parseBody(text),
    graphRequestId: typeof graphRequestId === 'string' ? graphRequestId : undefined,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** An interrupted create can never be clarified, so it gets its full time limit or is not sent. */
function timeLimit(purpose: Purpose, leftMs: number, timeoutMs: number): AbortSignal {
  if (leftMs <= 0) return AbortSignal.abort();
  return AbortSignal.timeout(purpose === 'create' ? timeoutMs : Math.min(timeoutMs, leftMs));
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
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
    : new MeetingError('graphUnavailable', `Microsoft Graph broke off the answer (${reason}).`, {
        executed: 'unknown',
        cause,
      });
}
