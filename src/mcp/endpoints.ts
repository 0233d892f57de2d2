import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { HttpHandler } from '../handlers/http/response';

/** The HTTP endpoints behind the tools, by the names of their functions. They answer with an error instead of throwing. */
export type Endpoints = Readonly<
  Record<
    | 'createMeeting'
    | 'getRequest'
    | 'updateRequest'
    | 'cancelRequest'
    | 'submitBatch'
    | 'getBatch'
    | 'getBatchResults',
    HttpHandler
  >
>;

/** A call of one endpoint. */
interface EndpointCall {
  readonly endpoint: keyof Endpoints;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path after `/api`, with its parameters filled in. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An endpoint's answer with its parsed JSON body. */
export interface EndpointAnswer {
  readonly status: number;
  readonly body: object;
}

/** Calls an endpoint. An error is an answer, too. */
export type CallEndpoint = (call: EndpointCall) => Promise<EndpointAnswer>;

/** Headers of the caller that endpoints read: sign-in, language, id for support. */
const forwardedHeaders = ['x-ms-client-principal', 'accept-language', 'client-request-id'];

/** Calls endpoints in this process on behalf of the caller of `request`, with all their checks. */
export const makeCallEndpoint =
  (endpoints: Endpoints, request: HttpRequest, context: InvocationContext): CallEndpoint =>
  async (call) => {
    const answer = await endpoints[call.endpoint](toRequest(call, request), context);
    return toEndpointAnswer(answer);
  };

/** An endpoint's answer as tools read it. */
export const toEndpointAnswer = ({ status = 200, jsonBody }: HttpResponseInit): EndpointAnswer => ({
  status,
  body: typeof jsonBody === 'object' && jsonBody !== null ? jsonBody : {},
});

/** A web request with the properties that the Functions library adds. */
function toRequest(call: EndpointCall, outer: HttpRequest): HttpRequest {
  const url = new URL(outer.url);
  url.pathname = url.pathname.replace(/\/mcp\/?$/i, call.path);
  url.search = new URLSearchParams(call.query).toString();
  const headers = new Headers({ 'content-type': 'application/json', ...call.headers });
  for (const name of forwardedHeaders) {
    const value = outer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const request = new Request(url, { method: call.method, headers, body });
  const more = { params: call.params ?? {}, query: url.searchParams, user: null };
  return Object.assign(request, more) as unknown as HttpRequest;
}
