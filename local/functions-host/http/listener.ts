import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AccessKeys } from './access-keys';
import type { AdminApi } from './admin-api';
import type { HttpFunction } from '../app-functions';
import type { HttpSettings } from '../host-settings';
import {
  readBody,
  readHeaders,
  toHttpData,
  toStreamMetadata,
  type RequestHeaders,
} from './request';
import { sendEmpty, sendHttpData } from './response';
import { forward, type Exchange } from './stream';
import type { FunctionCall } from '../invoker';
import type { LocalSignIn } from './sign-in';
import { RequestLimiter } from './request-limiter';
import type { RouteValues } from './route-template';
import { maxHeaderBytes, readTarget, type Target } from './target';
import { makeTraceContext } from './trace-context';
import type { InvocationResponse } from '../worker/rpc';

interface HttpListenerDeps {
  /** In the order in which their routes are tried. */
  readonly functions: readonly HttpFunction[];
  readonly settings: HttpSettings;
  readonly admin: AdminApi;
  readonly keys: AccessKeys;
  readonly invoke: (call: FunctionCall) => Promise<InvocationResponse>;
  readonly bodyLimitBytes: number;
  readonly homepage: boolean;
  /** App Service authentication, if it is on. */
  readonly signIn: LocalSignIn | undefined;
  /** The library's own server, if the app has enabled HTTP streaming. */
  readonly streamServer: () => Promise<URL | undefined>;
}

interface Call extends Exchange {
  readonly fn: HttpFunction;
  readonly target: Target;
  readonly headers: RequestHeaders;
  readonly params: RouteValues;
}

/** The HTTP server of the host. */
export class HttpListener {
  readonly #deps: HttpListenerDeps;
  readonly #limiter: RequestLimiter;
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #stopping = false;

  constructor(deps: HttpListenerDeps) {
    this.#deps = deps;
    this.#limiter = new RequestLimiter(deps.settings);
    // No time limit for a whole request. The host's own limit for headers is below this one.
    const options = { requestTimeout: 0, maxHeaderSize: 2 * maxHeaderBytes };
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#handle({ request, response });
    this.#server = createServer(options, handle).on('checkExpectation', handle);
  }

  /** Starts to listen and returns the address. */
  async listen(port: number): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Takes no new requests, and waits for the running ones. */
  async stop(): Promise<void> {
    this.#stopping = true;
    // A kept-alive connection would keep the server from closing.
    for (const response of this.#open) response.shouldKeepAlive = false;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  async #handle(exchange: Exchange): Promise<void> {
    const { response } = exchange;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    for (const [name, value] of Object.entries(this.#deps.settings.customHeaders)) {
      response.setHeader(name, value);
    }
    try {
      await this.#dispatch(exchange);
    } catch {
      // The caller has gone or the function has failed: already reported there.
      if (!response.headersSent) sendEmpty(response, 500);
      else response.destroy();
    }
  }

  async #dispatch({ request, response }: Exchange): Promise<void> {
    if (this.#stopping) {
      response.shouldKeepAlive = false;
      return sendEmpty(response, 503);
    }
    const target = readTarget(request);
    if (typeof target === 'number') return this.#refuse(response, target);
    const headers = readHeaders(request);
    if (headers === undefined) return this.#refuse(response, 400);
    if (/^\/admin(\/|$)/i.test(target.path)) {
      return this.#deps.admin.handle({ request, response, target });
    }
    const { signIn } = this.#deps;
    if (signIn !== undefined && /^\/\.auth\//i.test(target.path))
      return signIn.handle({ request, response }, target);
    const match = this.#match(request.method ?? '', target.path);
    if (match === undefined) return this.#sendUnmatched({ request, response }, target);
    const access = this.#deps.keys.check(match.fn.authLevel, request, target);
    if (access !== 'allowed') return sendEmpty(response, 401);
    const call = {
      request,
      response,
      target,
      headers: this.#identified(request, headers),
      ...match,
    };
    const accepted = await this.#limiter.run(() => this.#serve(call));
    if (accepted) return;
    response.setHeader('X-FUNCTION-SCALEOUT', '1');
    sendEmpty(response, 429);
  }

  /** Closes the connection, because what follows such a request cannot be trusted. */
  #refuse(response: ServerResponse, status: number): void {
    response.shouldKeepAlive = false;
    sendEmpty(response, status);
  }

  /** The first matching route. The wrong method is no match: 404, never 405. */
  #match(method: string, path: string): { fn: HttpFunction; params: RouteValues } | undefined {
    for (const fn of this.#deps.functions) {
      if (fn.methods.length > 0 && !fn.methods.includes(method)) continue;
      const params = fn.template.match(path);
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  }

  #identified(request: IncomingMessage, headers: RequestHeaders): RequestHeaders {
    const { signIn } = this.#deps;
    if (signIn === undefined) return headers;
    const { 'x-ms-client-principal': _, ...others } = headers;
    return { ...others, ...signIn.identify(request) };
  }

  #sendUnmatched({ request, response }: Exchange, target: Target): void {
    const isRuntime = /^\/runtime\//i.test(target.path);
    if (isRuntime && this.#deps.keys.check('admin', request, target) !== 'allowed')
      return sendEmpty(response, 401);
    if (target.path !== '/') return sendEmpty(response, 404);
    if (!this.#deps.homepage) return sendEmpty(response, 204);
    response.setHeader('content-type', 'text/html');
    response.end(
      '<!DOCTYPE html><title>Functions</title><p>The function app is up and running.</p>',
    );
  }

  async #serve(call: Call): Promise<void> {
    const { streamServer, bodyLimitBytes, invoke } = this.#deps;
    const { request, response, fn, target, headers } = call;
    // The real host takes the server's refusal for its own error, so no caller gets a 413.
    if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes)
      return this.#refuse(response, 500);
    const http = toHttpData(request, target, call);
    const traceContext = makeTraceContext(request, target, headers);
    const server = await streamServer();
    if (server === undefined) {
      const body = { bytes: await readBody(request) };
      const input = { http: { ...http, body } };
      const { returnValue } = await invoke({ traceContext, fn, input });
      return sendHttpData(response, returnValue?.http);
    }
    const invocationId = randomUUID();
    const triggerMetadata = toStreamMetadata(http);
    const input = { http: {} };
    // The invocation event reports the end; the library has answered the caller.
    const { promise: status, resolve: onStatus } = Promise.withResolvers<number | undefined>();
    const functionCall = { traceContext, fn, input, triggerMetadata, invocationId, status };
    invoke(functionCall).catch(() => undefined);
    try {
      await forward(call, { server, invocationId, bodyLimitBytes, onStatus });
    } finally {
      onStatus(undefined);
    }
  }
}
