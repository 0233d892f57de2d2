import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { AccessKeys } from './access-keys';
import type { AppFunction } from '../app-functions';
import { readBody } from './request';
import { sendEmpty, sendJson } from './response';
import type { FunctionCall } from '../invoker';
import { timerInput } from '../timer/input';

const invocationSchema = z.object({ input: z.string().default('') });

export interface AdminApiDeps {
  readonly functions: readonly AppFunction[];
  readonly keys: AccessKeys;
  readonly invoke: (call: FunctionCall) => Promise<unknown>;
}

/**
 * The administration endpoints that people use on a running host.
 * https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
 */
export class AdminApi {
  readonly #deps: AdminApiDeps;

  constructor(deps: AdminApiDeps) {
    this.#deps = deps;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.toLowerCase().replace(/\/$/, '');
    const { method } = request;
    if (path === '/admin/host/ping') return sendEmpty(response, 200);
    if (!this.#deps.keys.allow('admin', request, url)) return sendEmpty(response, 401);
    if (method === 'GET' && path === '/admin/host/status') {
      return sendJson(response, 200, { state: 'Running', processUptime: process.uptime() * 1000 });
    }
    if (method === 'GET' && path === '/admin/functions') {
      return sendJson(
        response,
        200,
        this.#deps.functions.map((fn) => describe(fn, url)),
      );
    }
    const [, name] = /^\/admin\/functions\/([^/]+)$/.exec(path) ?? [];
    if (method === 'POST' && name !== undefined) return this.#start(name, request, response);
    sendEmpty(response, 404);
  }

  /** Answers at once; how it goes is told by the `invocation` event. */
  async #start(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fn = this.#deps.functions.find((each) => each.name.toLowerCase() === name);
    if (fn === undefined) return sendEmpty(response, 404);
    const input = parseInvocation(await readBody(request));
    // An HTTP function has its own address to be called at.
    if (input === undefined || fn.trigger === 'http') return sendEmpty(response, 400);
    this.#deps.invoke(toCall(fn, input)).catch(() => undefined);
    sendEmpty(response, 202);
  }
}

function parseInvocation(body: Buffer): string | undefined {
  try {
    return invocationSchema.parse(JSON.parse(body.toString())).input;
  } catch {
    return undefined;
  }
}

function toCall(fn: AppFunction, text: string): FunctionCall {
  if (fn.trigger === 'timer') return { fn, input: timerInput };
  if (fn.trigger !== 'queue') return { fn, input: { json: '{}' } };
  if (fn.binary) return { fn, input: { bytes: Buffer.from(text) } };
  return { fn, input: { string: text }, triggerMetadata: { QueueTrigger: { string: text } } };
}

function describe(fn: AppFunction, { origin }: URL): unknown {
  const bindings = Object.entries(fn.metadata.bindings).map(([name, binding]) => ({
    ...binding,
    name,
  }));
  return {
    name: fn.name,
    href: `${origin}/admin/functions/${fn.name}`,
    invoke_url_template: fn.trigger === 'http' ? `${origin}/${fn.route}` : null,
    language: 'node',
    isDisabled: false,
    config: { name: fn.name, bindings },
  };
}
