import { UsageError } from '../local/command-line';
import { isLoopback } from '../local/doctor/ask';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The app that the commands call. */
export interface Target {
  /** Without a path. */
  readonly url: URL;
  /** Headers that authorize the caller. */
  readonly authorization: () => Promise<Readonly<Record<string, string>>>;
}

const localUrl = 'http://127.0.0.1:7071';

/**
 * The app at `CONVOKE_URL`; by default the local stack. `CONVOKE_KEY` is its key. `CONVOKE_SIGN_IN_CLIENT_ID` is the
 * client id of its sign-in; `az` provides the token.
 * @throws UsageError
 */
export function readTarget(env: Environment): Target {
  const address = env['CONVOKE_URL'] ?? localUrl;
  if (!URL.canParse(address))
    throw new UsageError(
      `CONVOKE_URL is not an address: "${address}". Example: https://<app>.azurewebsites.net`,
    );
  const url = new URL(new URL(address).origin);
  const { CONVOKE_KEY: key = '', CONVOKE_SIGN_IN_CLIENT_ID: clientId = '' } = env;
  if (key + clientId !== '' && url.protocol !== 'https:' && !isLoopback(url))
    throw new UsageError(
      'A key or a sign-in is sent over https only. Use an https address in CONVOKE_URL.',
    );
  return {
    url,
    authorization: async () => ({
      ...(key !== '' && { 'x-functions-key': key }),
      ...(clientId !== '' && { Authorization: `Bearer ${await azureToken(clientId)}` }),
    }),
  };
}

/** A token of the user who is signed in to `az`. @throws UsageError */
async function azureToken(clientId: string): Promise<string> {
  const { AzureCliCredential } = await import('@azure/identity');
  try {
    const { token } = await new AzureCliCredential().getToken(`api://${clientId}/.default`);
    return token;
  } catch (thrown) {
    throw new UsageError(
      `az did not return a token for api://${clientId}: ${(thrown as Error).message}`,
    );
  }
}
