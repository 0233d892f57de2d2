import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buffer as bufferOf } from 'node:stream/consumers';
import { generate } from 'selfsigned';

import { Stack } from '../../../local/stack';
import { inTests, requestBody } from '../../support/harness/stack-harness';

interface Envelope {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseData: { readonly name: string; readonly success?: boolean } };
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clientId = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b02';

interface Taken {
  readonly authorization: string;
  readonly envelopes: readonly Envelope[];
}

/** Items come as a list, or one a line. */
async function take(request: IncomingMessage): Promise<Taken> {
  const body = await bufferOf(request);
  const zipped = request.headers['content-encoding'] === 'gzip';
  const text = (zipped ? gunzipSync(body) : body).toString('utf8').trim();
  const list = text.startsWith('[') ? text : `[${text.replaceAll('\n', ',')}]`;
  return {
    authorization: request.headers.authorization ?? '',
    envelopes: JSON.parse(list) as Envelope[],
  };
}

test('Application Insights gets the trace, sent with a token of the identity', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'convoke-'));
  const certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  await writeFile(join(folder, 'certificate.pem'), certificate.cert);
  const received: Taken[] = [];
  const serve: RequestListener = (request, response) => {
    void take(request).then((taken) => {
      received.push(taken);
      const count = taken.envelopes.length;
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(
        JSON.stringify({ itemsReceived: count, itemsAccepted: count, errors: [] }),
      );
    });
  };
  const ingestion = createServer({ cert: certificate.cert, key: certificate.private }, serve);
  ingestion.listen(0, '127.0.0.1');
  await once(ingestion, 'listening');
  const { port } = ingestion.address() as AddressInfo;
  const stack = await Stack.start(
    inTests({
      settings: {
        APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://127.0.0.1:${port}/`,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
        ROUTINE_TRACES_PERCENT: '100',
        // The exporter would tell its makers how it is used.
        APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
        NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem'),
        WEBSITE_SITE_NAME: 'func-convoke-test',
      },
    }),
  );
  try {
    const response = await fetch(`${stack.url}/api/createMeeting`, {
      method: 'POST',
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
      body: JSON.stringify(requestBody()),
    });
    expect(response.status).toBe(201);
    await stack.host.close();

    const spans = received
      .flatMap(({ envelopes }) => envelopes)
      .filter(({ tags }) => tags['ai.operation.id'] === traceId);
    expect(spans.map(({ data }) => data.baseData.name)).toEqual(
      expect.arrayContaining([
        'createMeeting',
        'graph createOrGet',
        'send meeting-results',
      ]) as unknown,
    );
    for (const { name, tags } of spans) {
      // Requests are the host's to report.
      expect(name).toMatch(/RemoteDependency$/);
      expect(tags['ai.cloud.role']).toBe('func-convoke-test');
    }
    const [, payload = ''] = received[0]?.authorization.split('.') ?? [];
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      aud: expect.stringContaining('https://monitor.azure.com') as string,
      appid: clientId,
    });
  } finally {
    await stack.close();
    ingestion.closeAllConnections();
    ingestion.close();
    await rm(folder, { recursive: true });
  }
}, 60_000);
