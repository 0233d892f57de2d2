import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { AppFunction } from '../app-functions';
import type { FunctionCall } from '../invoker';
import { timerInput } from '../timer/input';
import type { AccessKeys } from './access-keys';
import { readBody } from './request';
import { sendEmpty, sendJson } from './response';
import type { Target } from './target';

const invocationSchema = z.object({ input: z.string().default('') });

interface AdminApiDeps {
  readonly functions: readonly AppFunction[];
  readonly keys: AccessKeys;
  readonly invoke: (call: FunctionCall) => Promise<unknown>;
}

interface AdminCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
}

/** The administration endpoints for people. https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http */
export class AdminApi {
  readonly #deps: AdminApiDeps;

  constructor(deps: AdminApiDeps) {
    this.#deps = deps;
  }

  async handle(call: AdminCall): Promise<void> {
    const { request, response, target } = call;
    const path = target.path.toLowerCase().replace(/\/$/, '');
    if (path === '/admin') return sendEmpty(response, 404);
    if (path === '/admin/host/ping') return sendEmpty(response, 200);
    if (this.#refuse(call)) return;
    const isGet = request.method === 'GET';
    if (isGet && path === '/admin/host/status') {
      return sendJson(response, 200, { state: 'Running', processUptime: process.uptime() * 1000 });
    }
    if (isGet && path === '/admin/functions') {
      return sendJson(
        response,
        200,
        this.#deps.functions.map((fn) => describe(fn, target)),
      );
    }
    const [, name] = /^\/admin\/functions\/([^/]+)$/.exec(path) ?? [];
    const fn = this.#deps.functions.find((each) => each.name.toLowerCase() === name);
    if (fn === undefined) return sendEmpty(response, 404);
    if (isGet) return sendJson(response, 200, describe(fn, target));
    if (request.method === 'POST') return this.#start(fn, call);
    sendEmpty(response, 404);
  }

  #refuse({ request, response, target }: AdminCall): boolean {
    const access = this.#deps.keys.check('admin', request, target);
    if (access === 'allowed') return false;
    if (access === 'unknown caller') response.setHeader('www-authenticate', 'Bearer');
    sendEmpty(response, access === 'unknown caller' ? 401 : 403);
    return true;
  }

  /** Answers at once; the `invocation` event reports the end. */
  async #start(fn: AppFunction, { request, response, target }: AdminCall): Promise<void> {
    if (!/^(application|text)\/(.+\+)?json\b/i.test(request.headers['content-type'] ?? ''))
      return sendEmpty(response, 415);
    const input = parseInvocation(await readBody(request));
    if (input === undefined) return sendEmpty(response, 400);
    this.#deps.invoke(toCall(fn, input, target)).catch(() => undefined);
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

function toCall(fn: AppFunction, text: string, { origin }: Target): FunctionCall {
  switch (fn.trigger) {
    case 'http': {
      const url = `${origin}/${fn.route}`;
      const body = { bytes: Buffer.from(text) };
      const http = { url, method: 'POST', headers: {}, query: {}, params: {}, body };
      return { fn, input: { http } };
    }
    case 'timer':
      return { fn, input: timerInput() };
    case 'warmup':
      return { fn, input: { json: '{}' } };
    case 'queue': {
      const input = fn.binary ? { bytes: Buffer.from(text) } : { string: text };
      return { fn, input, triggerMetadata: { QueueTrigger: { string: text } } };
    }
  }
}

function describe(fn: AppFunction, { origin }: Target): unknown {
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
