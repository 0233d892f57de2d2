import { Agent, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen, type LoopbackServer } from '../../local/loopback-server';
import type { StorageAccount } from '../../local/storage';

const services = ['blob', 'queue', 'table'] as const;

/** A call that the app makes to storage. */
export interface StorageCall {
  readonly service: (typeof services)[number];
  readonly method: string;
  /** Below the account, without the query. */
  readonly path: string;
  readonly body: string;
}

/** Before the call reaches storage, or after storage has executed it but before the caller gets the response. */
export type Phase = 'before' | 'after';

/** Decides what happens to a call. If it never resolves, the call hangs. */
export type Interference = (call: StorageCall, phase: Phase) => Verdict | Promise<Verdict>;
/** What happens to a call. */
type Verdict = 'pass' | 'break';

/** A proxy between the app and its storage account that loses requests and responses on demand. */
export class StorageProxy {
  readonly #agent = new Agent({ keepAlive: true });
  #servers: readonly LoopbackServer[] = [];
  interfere: Interference = () => 'pass';
  connectionString = '';

  static async start({ endpoints, connectionString }: StorageAccount): Promise<StorageProxy> {
    const proxy = new StorageProxy();
    proxy.#servers = await Promise.all(
      services.map((service) => {
        const target = new URL(endpoints[service]).origin;
        return listen((incoming, response) => proxy.#pass({ incoming, response, service, target }));
      }),
    );
    proxy.connectionString = services.reduce(
      (text, service, index) =>
        text.replace(new URL(endpoints[service]).origin, proxy.#servers[index]?.url ?? ''),
      connectionString,
    );
    return proxy;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#agent.destroy();
  }

  async #pass({ incoming, response, service, target }: Passage): Promise<void> {
    try {
      const body = await buffer(incoming);
      const path = (incoming.url ?? '').replace(/^\/[^/]+/, '').replace(/\?.*$/s, '');
      const call = { service, method: incoming.method ?? '', path, body: body.toString() };
      if ((await this.interfere(call, 'before')) === 'break' || response.destroyed) {
        return void response.destroy();
      }
      const answer = await this.#forward(incoming, body, target);
      const content = await buffer(answer);
      if ((await this.interfere(call, 'after')) === 'break') return void response.destroy();
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
    } catch {
      // Storage is down: the caller's connection breaks.
      response.destroy();
    }
  }

  #forward(incoming: IncomingMessage, body: Buffer, target: string): Promise<IncomingMessage> {
    const { method, headers, url = '' } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = forward(target + url, { agent: this.#agent, method, headers }, resolve);
      outgoing.once('error', reject).end(body);
    });
  }
}

interface Passage {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly service: StorageCall['service'];
  readonly target: string;
}
