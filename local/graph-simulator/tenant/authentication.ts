import { graphAppId } from './app-roles';
import { GraphError } from '../graph-error';
import { parseJson } from '../../loopback-server';
import type { Tenant } from './tenant';

/** The caller in the token, with the permissions from the time when it was issued. */
export type Caller = { readonly clientId: string; readonly permissions: ReadonlySet<string> };

type Claims = {
  readonly aud?: unknown;
  readonly tid?: unknown;
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly appid?: unknown;
  readonly azp?: unknown;
  readonly roles?: unknown;
  readonly scp?: unknown;
};

const audiences: readonly unknown[] = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
  graphAppId,
];

/** Reads the bearer token. Does not check the signature: only this machine can reach the simulator. */
export function authenticate(authorization: string | undefined, tenant: Tenant, now: Date): Caller {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  const claims = readClaims(token);
  if (claims === undefined) throw unauthenticated();
  if (!audiences.includes(claims.aud)) {
    throw unauthenticated('Access token validation failure. Invalid audience.');
  }
  if (claims.tid !== tenant.state.id) throw unauthenticated();
  if (Number(claims.exp) * 1000 <= now.getTime()) {
    throw unauthenticated('Lifetime validation failed, the token is expired.');
  }
  return { clientId: String(claims.appid ?? claims.azp), permissions: readPermissions(claims) };
}

function unauthenticated(message = 'Access token validation failure.'): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message);
}

function readClaims(token: string): Claims | undefined {
  const parts = token.split('.');
  const payload = parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
  return parts.length === 3 && typeof payload === 'object' && payload !== null
    ? payload
    : undefined;
}

/** Application permissions are in `roles`, a signed-in user's in `scp`. */
function readPermissions({ roles, scp }: Claims): Set<string> {
  return new Set([
    ...(Array.isArray(roles) ? roles.map(String) : []),
    ...(typeof scp === 'string' ? scp.split(' ') : []),
  ]);
}
