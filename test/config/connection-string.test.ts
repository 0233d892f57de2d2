import * as fc from 'fast-check';
import { makeStorageClients } from '../../src/adapters/storage/clients';
import { ConfigError, loadConfig } from '../../src/config/config';
import { isConnectionString } from '../../src/config/connection-string';

const key = 'a2V5IG9mIGEgdGVzdA==';
const withKey = `DefaultEndpointsProtocol=https;AccountName=convoke;AccountKey=${key}`;
const endpoints =
  'BlobEndpoint=https://127.0.0.1:1/a;QueueEndpoint=https://127.0.0.1:2/a;TableEndpoint=https://127.0.0.1:3/a';

test.each([
  ['the storage of this machine', 'UseDevelopmentStorage=true'],
  ['an account with its key', `${withKey};EndpointSuffix=core.windows.net`],
  ['the same with a semicolon behind it', `${withKey};EndpointSuffix=core.windows.net;`],
  ['an account with its endpoints', `${withKey};${endpoints}`],
  ['a shared access signature', `${endpoints};SharedAccessSignature=sv=2024-01-01&sig=abc%3D`],
])('%s is a connection string', (_what, text) => {
  expect(isConnectionString(text)).toBe(true);
});

test.each([
  ['words', 'my storage'],
  ['the name of an account', 'convoke'],
  ['an address', 'https://convoke.queue.core.windows.net'],
  ['a key', key],
  ['a reference that Key Vault did not resolve', '@Microsoft.KeyVault(SecretUri=https://v/s/x)'],
  ['half of one', 'DefaultEndpointsProtocol=https;AccountName=convoke'],
  ['no place', withKey],
  ['no name', `DefaultEndpointsProtocol=https;AccountKey=${key};EndpointSuffix=core.windows.net`],
  ['an endpoint that is no address', `${withKey};${endpoints.replace('https:', 'somewhere:')}`],
  [
    'a signature with an unusable key',
    `${endpoints};SharedAccessSignature=sig;DefaultEndpointsProtocol=https;AccountKey=%`,
  ],
  ['two places', `UseDevelopmentStorage=true;${withKey};EndpointSuffix=core.windows.net`],
  ['two keys', `${withKey};AccountKey=%;EndpointSuffix=core.windows.net`],
  ['a signature for one service', 'QueueEndpoint=https://a.b;SharedAccessSignature=sig'],
  ['a line break in it', `${withKey};\nEndpointSuffix=core windows.net`],
])('%s is no connection string, and the setting is named without its value', (_what, text) => {
  expect(isConnectionString(text)).toBe(false);
  const load = () => loadConfig({ AzureWebJobsStorage: text });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow('AzureWebJobsStorage is not a connection string');
  expect(load).not.toThrow(text);
});

const part = fc.oneof(
  fc.constantFrom(
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=https',
    'DefaultEndpointsProtocol=ftp',
    'AccountName=convoke',
    'AccountName=',
    `AccountKey=${key}`,
    'AccountKey=%',
    'EndpointSuffix=core.windows.net',
    'EndpointSuffix=.',
    'EndpointSuffix=a:b',
    'SharedAccessSignature=sig',
    'BlobEndpoint=https://a.blob.b/',
    'QueueEndpoint=https://a.queue.b/',
    'TableEndpoint=https://a.table.b/',
    'TableEndpoint=https:',
    'TableEndpoint=https://b',
  ),
  fc.string(),
);

test('each storage SDK accepts what is accepted', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.uniqueArray(part, { minLength: 1, maxLength: 9 }), (parts) => {
      const connectionString = parts.join(';');
      if (!isConnectionString(connectionString)) return;
      taken += 1;
      const clients = makeStorageClients({ kind: 'connectionString', connectionString });
      clients.queue('q');
      clients.table('Table');
      clients.container('container');
    }),
    { numRuns: 20_000, seed: 1 },
  );
  expect(taken).toBeGreaterThan(10);
});
