import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AccessKeys } from './access-keys';
import type { AdminApi } from './admin-api';
import type { HttpFunction } from '../app-functions';
import type { HttpSettings } from '../host-settings';
import { readBody, toHttpData, toStreamMetadata, toUrl } from './request';
import { sendEmpty, sendHttpData } from './response';
import { forward, type Exchange } from './stream';
import type { FunctionCall } from '../invoker';
import { RequestLimiter } from './request-limiter';
import type { RouteValues } from './route-template';
import type { InvocationResponse } from '../worker/rpc';

export interface HttpListenerDeps {
  /** In the order in which their routes are tried. */
  readonly functions: readonly HttpFunction[];
  readonly settings: HttpSettings;
  readonly admin: AdminApi;
  readonly keys: AccessKeys;
  readonly invoke: (call: FunctionCall) => Promise<InvocationResponse>;
  readonly bodyLimitBytes: number;
  readonly homepage: boolean;
  /** Where the library serves requests itself, if the app asked for HTTP streaming. */
  readonly streamTarget: URL | undefined;
}

interface Call extends Exchange {
  readonly fn: HttpFunction;
  readonly url: URL;
  readonly params: RouteValues;
}

/** The HTTP front of the host. */
export class HttpListener {
  readonly #deps: HttpListenerDeps;
  readonly #limiter: RequestLimiter;
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #stopping = false;

  constructor(deps: HttpListenerDeps) {
    this.#deps = deps;
    this.#limiter = new RequestLimiter(deps.settings);
    // No limit on the whole request, as the real host has none: a large body may take its time.
    this.#server = createServer({ requestTimeout: 0 }, (request, response) => {
      void this.#handle({ request, response });
    });
  }

  /** Starts to listen and answers the address. */
  async listen(port: number): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Takes no more requests, and waits for those that run. */
  async stop(): Promise<void> {
    this.#stopping = true;
    // A connection that stays open for the next request would keep the server from closing.
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
      // The caller went away, or the function failed: that was reported where it happened.
      if (!response.headersSent) sendEmpty(response, 500);
      else response.destroy();
    }
  }

  async #dispatch({ request, response }: Exchange): Promise<void> {
    if (this.#stopping) {
      response.shouldKeepAlive = false;
      return sendEmpty(response, 503);
    }
    const url = toUrl(request);
    if (url === undefined) return sendEmpty(response, 400);
    if (/^\/admin(\/|$)/i.test(url.pathname)) {
      return this.#deps.admin.handle(request, response, url);
    }
    const match = this.#match(request.method ?? '', url.pathname);
    if (match === undefined) return this.#sendUnmatched(response, url);
    const { fn, params } = match;
    if (!this.#deps.keys.allow(fn.authLevel, request, url)) return sendEmpty(response, 401);
    const call = { request, response, fn, url, params };
    const accepted = await this.#limiter.run(() => this.#serve(call));
    if (!accepted) response.setHeader('X-FUNCTION-SCALEOUT', '1').writeHead(429).end();
  }

  /** The first route that matches, whatever comes later. The wrong method is no match: 404, never 405. */
  #match(method: string, path: string): { fn: HttpFunction; params: RouteValues } | undefined {
    for (const fn of this.#deps.functions) {
      if (fn.methods.length > 0 && !fn.methods.includes(method)) continue;
      const params = fn.template.match(path);
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  }

  #sendUnmatched(response: ServerResponse, { pathname }: URL): void {
    if (pathname !== '/') return sendEmpty(response, 404);
    if (!this.#deps.homepage) return sendEmpty(response, 204);
    response.setHeader('content-type', 'text/html');
    response.end(
      '<!DOCTYPE html><title>Functions</title><p>The function app is up and running.</p>',
    );
  }

  async #serve(call: Call): Promise<void> {
    const { streamTarget, bodyLimitBytes, invoke } = this.#deps;
    const { request, response, fn } = call;
    const http = toHttpData(request, call.url, call.params);
    if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
      response.shouldKeepAlive = false;
      return sendEmpty(response, 413);
    }
    const trace = {
      traceParent: http.headers?.['traceparent'],
      traceState: http.headers?.['tracestate'],
    };
    if (streamTarget !== undefined) {
      const invocationId = randomUUID();
      const triggerMetadata = toStreamMetadata(http);
      invoke({ ...trace, fn, input: { http: {} }, triggerMetadata, invocationId }).catch(
        () => undefined,
      );
      return forward(call, streamTarget, invocationId);
    }
    const body = await readBody(request);
    const { returnValue } = await invoke({
      ...trace,
      fn,
      input: { http: { ...http, body: { bytes: body } } },
    });
    sendHttpData(response, returnValue?.http);
  }
}
