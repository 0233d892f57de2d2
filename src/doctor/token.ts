import { failed, passed, unknown, type Finding } from './finding';
import type { GraphAnswer, TokenAnswer, TokenClaims } from './probes';

/** Application permission to make meetings; Teams also requires an application access policy for the organizer. */
export const meetingsPermission = 'OnlineMeetings.ReadWrite.All';
/** Id of the application permission, the same in every tenant: https://learn.microsoft.com/graph/permissions-reference */
const meetingsRoleId = 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4';

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

const identityOf = ({ appid, oid, tid }: TokenClaims) => ({
  clientId: appid,
  principalId: oid,
  tenantId: tid,
});

interface TokenContext {
  /** Scope of the app's tokens. */
  readonly scope: string;
  readonly now: Date;
  /** Graph's answer to a call with this token. */
  readonly used: GraphAnswer;
}

/** Checks whether the identity gives a token that Graph accepts. */
export function diagnoseToken(answer: TokenAnswer, { scope, now, used }: TokenContext): Finding {
  const check = 'token';
  if (answer.kind === 'unreadable') {
    return unknown(
      check,
      'The identity returned a token that the doctor cannot read. Only Microsoft Graph can tell whether it is valid.',
    );
  }
  if (answer.kind === 'refused') {
    return failed(check, 'The managed identity does not return a token.', {
      remedy:
        'Assign the managed identity to the app, and set AZURE_CLIENT_ID to its client id (not its object id).',
      command:
        'az functionapp identity show --resource-group $AZURE_RESOURCE_GROUP --name $CONVOKE_FUNCTION_APP_NAME',
      evidence: { reason: answer.reason },
    });
  }
  const { claims } = answer;
  const evidence = {
    ...identityOf(claims),
    audience: claims.aud,
    issued: iso(claims.iat),
    expires: iso(claims.exp),
  };
  const wrong = whatIsWrong(claims, { scope, now, used });
  if (wrong !== undefined) return failed(check, wrong.meaning, { remedy: wrong.remedy, evidence });
  return passed(check, `The identity returns a token for ${claims.aud}.`, { evidence });
}

function whatIsWrong(
  { aud, exp }: TokenClaims,
  { scope, now, used }: TokenContext,
): { meaning: string; remedy: string } | undefined {
  if (exp * 1000 <= now.getTime()) {
    return {
      meaning: 'The token that the identity returns has expired.',
      remedy:
        'Compare the clocks (see the check clock), and restart the app. If that does not help, the platform’s identity endpoint is at fault.',
    };
  }
  const refused = used.kind === 'reply' && used.status === 401;
  if (!refused) return undefined;
  return isFor(aud, scope)
    ? {
        meaning: 'Microsoft Graph does not accept the token.',
        remedy: 'Check that GRAPH_BASE_URL and GRAPH_SCOPE belong to the cloud of this tenant.',
      }
    : {
        meaning: `The token is for ${aud}, which does not match GRAPH_SCOPE.`,
        remedy: 'Correct GRAPH_SCOPE.',
      };
}

/** An audience is a resource with or without a slash, or the application id of Microsoft Graph. */
const isFor = (audience: string, scope: string): boolean =>
  audience === '00000003-0000-0000-c000-000000000000' ||
  scope.startsWith(audience.replace(/\/$/, ''));

/** Whether the identity has a role; `unknown` if the app may not read that. */
type Granted = 'yes' | 'no' | 'unknown';

/** Whether the directory lists the role for the identity, independently of the token. Few apps may read that. */
export function grantedIn(answer: GraphAnswer): Granted {
  if (answer.kind === 'none' || answer.status !== 200) return 'unknown';
  const { value } = answer.body as { value?: readonly { readonly appRoleId?: unknown }[] };
  return value?.some(({ appRoleId }) => appRoleId === meetingsRoleId) === true ? 'yes' : 'no';
}

/**
 * Checks whether the token carries the role. Azure caches a managed identity's token for about a day, with the roles it
 * had when it was issued:
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
 */
export function diagnoseRole(answer: TokenAnswer, granted: Granted): Finding {
  const check = 'role';
  if (answer.kind !== 'token')
    return unknown(check, 'The roles cannot be checked without a readable token.');
  const { claims } = answer;
  const evidence = {
    roles: claims.roles.join(', '),
    issued: iso(claims.iat),
    expires: iso(claims.exp),
  };
  if (claims.roles.includes(meetingsPermission))
    return passed(check, `The token carries ${meetingsPermission}.`, { evidence });
  if (granted === 'yes') {
    return failed(
      check,
      `${meetingsPermission} is granted, but the token was issued before the grant, and Azure still caches it.`,
      {
        remedy: `Wait for the next token, which carries it and is issued at ${iso(claims.exp)} at the latest. Neither a restart nor a new grant speeds this up.`,
        evidence,
      },
    );
  }
  const hint =
    granted === 'no'
      ? ''
      : ` If it was granted after ${iso(claims.iat)}, when this token was issued, just wait. Azure caches a token until it expires.`;
  return failed(check, `The token does not carry ${meetingsPermission}.`, {
    remedy: `Grant it to the identity. It takes effect at ${iso(claims.exp)} at the latest.${hint}`,
    command: `node infra/scripts/grant-graph-permissions.mjs --client-id ${claims.appid}`,
    evidence,
  });
}
