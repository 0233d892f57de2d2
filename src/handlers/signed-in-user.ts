import type { Config } from '../config';
import { MeetingError } from '../meetings/errors';

interface Claim {
  readonly typ?: unknown;
  readonly val?: unknown;
}

/** App Service may send claims under short names or as URIs. */
const objectIdClaims = ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'];
const tenantClaims = ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'];

/**
 * The object id of the user who is signed in through App Service authentication:
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 * The headers mean something only while that authentication is on; otherwise any caller can write them.
 * @throws MeetingError `unauthenticated` or `forbidden`.
 */
export function signedInUserId(
  headers: { get(name: string): string | null },
  signIn: Config['signIn'],
): string {
  if (!signIn.enabled)
    throw unauthenticated('App Service authentication is off, so nobody is signed in.');
  const principal = headers.get('x-ms-client-principal');
  if (principal === null) throw unauthenticated('Nobody is signed in.');
  const { provider, claims } = decode(principal);
  const id = valueOf(claims, objectIdClaims);
  if (provider !== 'aad' || id === undefined)
    throw unauthenticated('The sign-in is not one of Microsoft Entra ID.');
  if (
    signIn.tenantId !== undefined &&
    valueOf(claims, tenantClaims)?.toLowerCase() !== signIn.tenantId.toLowerCase()
  ) {
    throw new MeetingError('forbidden', 'The sign-in is from another tenant.');
  }
  return id;
}

const unauthenticated = (message: string): MeetingError =>
  new MeetingError('unauthenticated', message);

function decode(principal: string): {
  readonly provider: unknown;
  readonly claims: readonly Claim[];
} {
  try {
    const decoded = JSON.parse(Buffer.from(principal, 'base64').toString('utf8')) as {
      auth_typ?: unknown;
      claims?: unknown;
    };
    return {
      provider: decoded.auth_typ,
      claims: Array.isArray(decoded.claims) ? (decoded.claims as Claim[]) : [],
    };
  } catch {
    return { provider: undefined, claims: [] };
  }
}

function valueOf(claims: readonly Claim[], types: readonly string[]): string | undefined {
  const claim = claims.find(({ typ }) => typeof typ === 'string' && types.includes(typ));
  return typeof claim?.val === 'string' ? claim.val : undefined;
}
