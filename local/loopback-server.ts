import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PortTakenError } from './port-taken';

/** An HTTP server that only this machine can reach. */
export type LoopbackServer = { readonly url: string; readonly close: () => Promise<void> };

/** Answers one request. If it rejects before the answer has begun, the server answers 500. */
type LoopbackHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Connections are kept long: a client that reuses one just as the server closes it gets a reset. */
const keepAliveMs = 60_000;

/** Listens on 127.0.0.1; port 0 takes a free one. If the handler fails, answers 500 with its message. */
export async function listen(handler: LoopbackHandler, port = 0): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (!response.headersSent && !response.destroyed) {
        sendJson(response, 500, { error: { code: 'simulatorFailed', message: String(error) } });
      }
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTakenError(port) : error;
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads a whole body as UTF-8. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The value of a JSON text; undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Answers with JSON, and ends the answer. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const content = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': content.length,
  });
  response.end(content);
}
