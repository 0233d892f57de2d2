import type { Config } from '../../config/config';
import { MeetingError } from '../../errors/meeting-error';
import type { HttpHandler } from './response';

type HeaderReader = Pick<Headers, 'get'>;

interface Claim {
  readonly typ?: unknown;
  readonly val?: unknown;
}

/** App Service may send claims under short names or as URIs. */
const objectIdClaims = ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'];
const tenantClaims = ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'];
const userNameClaims = [
  'preferred_username',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  'upn',
];

/**
 * The object id of the user who is signed in through App Service authentication:
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 * The headers are trustworthy only while that authentication is on; otherwise any caller can set them.
 * @throws MeetingError `unauthenticated` or `forbidden`.
 */
export const signedInUserId = (headers: HeaderReader, signIn: Config['signIn']): string =>
  signedInUser(headers, signIn).id;

/** The signed-in user. */
interface SignedInUser {
  /** Object id. */
  readonly id: string;
  readonly name: string;
  /** User principal name. */
  readonly userName: string;
  /** Whether they may create meetings for any organizer. */
  readonly hasMeetingsRole: boolean;
}

/** @throws MeetingError `unauthenticated` or `forbidden`. */
export function signedInUser(headers: HeaderReader, signIn: Config['signIn']): SignedInUser {
  if (!signIn.enabled)
    throw unauthenticated('App Service authentication is off, so nobody is signed in.', {
      target: 'WEBSITE_AUTH_ENABLED',
    });
  const principal = headers.get('x-ms-client-principal');
  if (principal === null) throw unauthenticated('Nobody is signed in.');
  const { provider, claims } = decode(principal);
  const id = valuesOf(claims, objectIdClaims)[0];
  if (provider !== 'aad' || id === undefined)
    throw unauthenticated('The sign-in is not from Microsoft Entra ID.');
  refuseOtherTenants(claims, signIn);
  const [userName = ''] = valuesOf(claims, userNameClaims);
  const [name = userName] = valuesOf(claims, ['name']);
  return { id, name, userName, hasMeetingsRole: hasMeetingsRole(claims) };
}

/** The app role that lets a signed-in caller create meetings for any organizer. */
const meetingsRole = 'Meetings.Create';
/** https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps */
const roleClaims = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];

/**
 * Refuses a signed-in caller who may only act for themselves. Without a sign-in, the function key alone decides; also
 * while App Service authentication is off, because then anybody can set the header.
 * @throws MeetingError `forbidden`.
 */
export function checkMeetingsRole(headers: HeaderReader, signIn: Config['signIn']): void {
  const principal = signIn.enabled ? headers.get('x-ms-client-principal') : null;
  if (principal === null) return;
  const { provider, claims } = decode(principal);
  refuseOtherTenants(claims, signIn);
  if (provider === 'aad' && hasMeetingsRole(claims)) return;
  throw new MeetingError(
    'forbidden',
    `Only callers with the app role ${meetingsRole} can create meetings for other organizers. Without the role, use /me.`,
  );
}

const hasMeetingsRole = (claims: readonly Claim[]): boolean =>
  valuesOf(claims, roleClaims).includes(meetingsRole);

/** Puts the check before a handler. */
export const requiringMeetingsRole =
  (signIn: Config['signIn']) =>
  (handler: HttpHandler): HttpHandler =>
  async (request, context) => {
    checkMeetingsRole(request.headers, signIn);
    return handler(request, context);
  };

function refuseOtherTenants(claims: readonly Claim[], { tenantId }: Config['signIn']): void {
  if (tenantId === undefined) return;
  const [given] = valuesOf(claims, tenantClaims);
  if (given?.toLowerCase() === tenantId.toLowerCase()) return;
  throw new MeetingError('forbidden', 'The sign-in is from another tenant.');
}

const unauthenticated = (message: string, cause: { readonly target?: string } = {}): MeetingError =>
  new MeetingError('unauthenticated', message, cause);

const isClaim = (value: unknown): value is Claim => typeof value === 'object' && value !== null;

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
      claims: Array.isArray(decoded.claims) ? decoded.claims.filter(isClaim) : [],
    };
  } catch {
    return { provider: undefined, claims: [] };
  }
}

const valuesOf = (claims: readonly Claim[], types: readonly string[]): string[] =>
  claims.flatMap(({ typ, val }) =>
    typeof typ === 'string' && types.includes(typ) && typeof val === 'string' ? [val] : [],
  );
