import {
  Client,
  GraphClientError,
  ResponseType,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { MeetingError } from '../meetings/errors';
import type { CallOptions, Chance, Clock, Log } from '../meetings/ports';
import type { AccessTokens } from './access-token';
import { answerToError, type GraphAnswer, type Purpose } from './graph-errors';
import { parseRetryAfter } from './retry-after';
import { withSpan, type Span } from './tracing';

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
  readonly chance: Chance;
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

/** Failures of these kinds happen before the request is sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * Microsoft's Graph client with one middleware of ours instead of its chain: the token goes to the configured endpoint only,
 * nothing is redirected, and nothing is retried here, so that retries are decided in one place.
 */
export function makeGraph(deps: GraphDependencies): Graph {
  const client = Client.initWithMiddleware({
    baseUrl: deps.baseUrl,
    defaultVersion: 'v1.0',
    middleware: transport(deps.tokens),
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

function transport(tokens: AccessTokens): Middleware {
  return {
    async execute(context: Context) {
      const options = context.options ?? {};
      const token = await inTime(tokens.get(), options.signal).catch(carryThrough);
      const headers = new Headers(options.headers);
      headers.set('Authorization', `Bearer ${token}`);
      context.response = await fetch(context.request, {
        ...options,
        headers,
        redirect: 'manual',
      }).catch(carryThrough);
    },
  };
}

/** A call whose time is over before it is sent is not sent: then it certainly had no effect. */
function inTime<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(new MeetingError('graphUnavailable', 'There was no time to call Microsoft Graph.'));
    if (signal?.aborted === true) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([late, work]);
}

/** The client keeps only errors of its own class unchanged; the cause rides inside one. */
function carryThrough(cause: unknown): never {
  const error = new GraphClientError('The request failed.');
  error.customError = cause;
  throw error;
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
  const clientRequestId = deps.chance.newId();
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
  const response = (await (method === 'GET'
    ? request.get()
    : method === 'POST'
      ? request.post(body)
      : request.patch(body))) as Response;
  const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'), clock.now());
  return {
    status: response.status,
    body: parseBody(await response.text()),
    graphRequestId: response.headers.get('request-id') ?? undefined,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** A create that is cut short is in doubt for ever, so it gets its whole time or is not sent. */
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

/** A call that got no whole answer: harmless only when the connection was never made. */
function failureOf(thrown: unknown): MeetingError {
  const cause: unknown = thrown instanceof GraphClientError ? thrown.customError : thrown;
  if (cause instanceof MeetingError) return cause;
  const code = codeOf(cause);
  const executed = neverSent.has(code) ? 'no' : 'unknown';
  const message =
    executed === 'no'
      ? 'Microsoft Graph could not be reached'
      : 'Microsoft Graph broke off the answer';
  return new MeetingError('graphUnavailable', `${message} (${code}).`, { executed, cause });
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const inner = cause.cause;
  if (inner instanceof AggregateError) return codeOf(new Error('', { cause: inner.errors[0] }));
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string')
    return inner.code;
  return cause.name;
}
