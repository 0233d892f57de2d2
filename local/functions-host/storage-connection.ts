import type { TokenCredential } from '@azure/identity';
import type { Env } from './app-functions';

/** The connection to a service of a storage account. */
type StorageConnection =
  | { readonly connectionString: string }
  | { readonly url: string; readonly credential: TokenCredential };

/**
 * The connection behind the `connection` of a binding; undefined if it is not set. Looks for settings named
 * `AzureWebJobs<name>`, then as `<name>`: a connection string, or a group `<name>__queueServiceUri` (or
 * `__blobServiceUri`), `__accountName`, `__credential`, `__clientId`.
 * https://learn.microsoft.com/azure/azure-functions/functions-reference#connections
 */
export function findConnection(
  service: 'queue' | 'blob',
  connection: string,
  env: Env,
): StorageConnection | undefined {
  const name = toName(connection);
  for (const candidate of [`AzureWebJobs${name}`, name]) {
    const connectionString = env[candidate];
    if (connectionString !== undefined && connectionString !== '') return { connectionString };
    const account = env[`${candidate}__accountName`];
    const url =
      account === undefined
        ? env[`${candidate}__${service}ServiceUri`]
        : `https://${account}.${service}.core.windows.net`;
    if (url !== undefined) return { url, credential: makeCredential(candidate, env) };
  }
  return undefined;
}

/** Returns the name of a binding's connection; without one, the host's own. */
export const toName = (connection: string): string =>
  connection === '' ? 'AzureWebJobsStorage' : connection;

/** Loads the library with the first token: a host with a connection string, which needs none, starts sooner. */
function makeCredential(name: string, env: Env): TokenCredential {
  let loading: Promise<TokenCredential> | undefined;
  return {
    getToken: async (...request) =>
      (await (loading ??= loadCredential(name, env))).getToken(...request),
  };
}

async function loadCredential(name: string, env: Env): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  if (env[`${name}__credential`]?.toLowerCase() !== 'managedidentity') {
    return new DefaultAzureCredential();
  }
  const clientId = env[`${name}__clientId`];
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}
