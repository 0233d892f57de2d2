import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { generate } from 'selfsigned';

/** In place of Application Insights: accepts everything, and counts what it is sent. The exporter speaks HTTPS only. */
export class Ingestion {
  readonly #server: Server;
  readonly #certificatePath: string;
  /** Bytes of JSON since the start, before compression. */
  bytes = 0;
  /** Number of envelopes. */
  items = 0;

  private constructor(server: Server, certificatePath: string) {
    this.#server = server;
    this.#certificatePath = certificatePath;
    server.on('request', (request, response) => void this.#take(request, response));
  }

  /** @param folder where its certificate goes */
  static async start(folder: string): Promise<Ingestion> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const certificatePath = join(folder, 'ingestion.pem');
    await writeFile(certificatePath, cert);
    const server = createServer({ cert, key }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Ingestion(server, certificatePath);
  }

  /** Settings of an app that is to send here. */
  get environment(): Readonly<Record<string, string>> {
    return {
      APPLICATIONINSIGHTS_CONNECTION_STRING: toConnectionString(
        this.#server.address() as AddressInfo,
      ),
      // The exporter would tell its makers how it is used.
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
      NODE_EXTRA_CA_CERTS: this.#certificatePath,
    };
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bytes, items } = measure(await buffer(request));
    this.bytes += bytes;
    this.items += items;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(accepted(items)));
  }
}

const toConnectionString = ({ port }: AddressInfo): string =>
  `InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://127.0.0.1:${port}/`;

/** Returns the body of an answer that has taken all items. */
export const accepted = (items: number) => ({
  itemsReceived: items,
  itemsAccepted: items,
  errors: [],
});

/** Of a body with envelopes, zipped or not, each of which names the resource that it is for. */
export function measure(body: Buffer): { readonly bytes: number; readonly items: number } {
  const text = body.subarray(0, 2).equals(gzipMagic) ? gunzipSync(body) : body;
  return { bytes: text.length, items: text.toString('utf8').split('"iKey"').length - 1 };
}

/** https://www.rfc-editor.org/rfc/rfc1952#page-6 */
const gzipMagic = Buffer.from([0x1f, 0x8b]);
