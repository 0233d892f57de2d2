import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { generate } from 'selfsigned';
import { FunctionsHostProcess } from '../../../local/functions-host-process';
import { GraphSimulator, Tenant } from '../../../local/graph-simulator';
import { IdentitySimulator } from '../../../local/identity-simulator';
import { Azurite } from '../../../local/storage';
import { eventually } from '../../support/harness/eventually';
import { requestBody } from '../../support/harness/stack-harness';

/** Storage that knows no key: tokens of the managed identity only, over HTTPS, as in Azure. */
test('makes a meeting with the identity in place of every connection string', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'convoke-'));
  const [certificatePath, keyPath] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  await Promise.all([writeFile(certificatePath, cert), writeFile(keyPath, key)]);

  const tenant = new Tenant();
  const userAssigned =
    tenant.state.identities.find(({ assignment }) => assignment === 'user')?.clientId ?? '';
  const storage = await Azurite.start({ oauth: { certificatePath, keyPath } });
  const identity = await IdentitySimulator.start({ tenant });
  const graph = await GraphSimulator.start({ tenant });
  const host = await FunctionsHostProcess.start({
    environment: {
      AzureWebJobsStorage__queueServiceUri: storage.endpoints.queue,
      AzureWebJobsStorage__tableServiceUri: storage.endpoints.table,
      AzureWebJobsStorage__blobServiceUri: storage.endpoints.blob,
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: userAssigned,
      AZURE_CLIENT_ID: userAssigned,
      GRAPH_BASE_URL: graph.url,
      GRAPH_SCOPE: 'https://graph.microsoft.com/.default',
      NODE_EXTRA_CA_CERTS: certificatePath,
      ...identity.environment,
    },
  });
  try {
    const response = await fetch(`${host.url}/api/createMeeting`, {
      method: 'POST',
      body: JSON.stringify(requestBody({ requestId: 'by-identity' })),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ requestId: 'by-identity', status: 'created' });

    // Passed on to the HTTP layer, though the type does not say so.
    const trusting = { keepAliveOptions: {}, tlsOptions: { ca: cert } };
    const queues = QueueServiceClient.fromConnectionString(storage.connectionString, trusting);
    await queues
      .getQueueClient('meeting-requests')
      .sendMessage(JSON.stringify(requestBody({ requestId: 'by-trigger' })));
    await eventually('the request by-trigger is finished', async () => {
      const state = await requestState(host.url, 'by-trigger');
      return state === 'finished';
    });
  } finally {
    await host.close();
    await Promise.all([graph.close(), identity.close(), storage.close()]);
    await rm(folder, { recursive: true });
  }
}, 60_000);

async function requestState(url: string, requestId: string): Promise<string | undefined> {
  const response = await fetch(`${url}/api/requests/${requestId}`);
  return ((await response.json()) as { state?: string }).state;
}
