const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An access token of an operator of the tenant, with these delegated permissions. */
export function operatorToken(tenantId: string, scopes: string): string {
  const claims = {
    aud: 'https://graph.microsoft.com',
    tid: tenantId,
    exp: Math.floor(Date.now() / 1000) + 3600,
    scp: scopes,
  };
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

/** The permissions for granting a permission to an identity. */
export const administrator = 'Application.Read.All AppRoleAssignment.ReadWrite.All';
