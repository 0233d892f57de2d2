import type { People } from '../../choices/organizers';
import type { Graph } from './client';
import { listIn, literal } from './odata';

const maxPeople = 100;

interface User {
  readonly displayName?: string | null;
  readonly userPrincipalName?: string | null;
  /** `Guest` or `Member`: https://learn.microsoft.com/entra/external-id/user-properties */
  readonly userType?: string | null;
  readonly accountEnabled?: boolean | null;
}

/** People in Microsoft Graph: https://learn.microsoft.com/graph/api/user-list */
export const makeGraphPeople = (graph: Graph): People => ({
  async find(beginning, options) {
    const filter =
      beginning === '' ? '' : `&$filter=${encodeURIComponent(beginsWith(literal(beginning)))}`;
    const select = 'displayName,userPrincipalName,userType,accountEnabled';
    const path = `/users?$select=${select}&$top=${maxPeople}${filter}`;
    const answer = await graph({ method: 'GET', path, purpose: 'findUser', options });
    return (listIn(answer) as readonly User[])
      .filter(({ userType, accountEnabled }) => userType !== 'Guest' && accountEnabled !== false)
      .flatMap(({ displayName, userPrincipalName }) =>
        typeof userPrincipalName === 'string'
          ? [{ displayName: displayName ?? userPrincipalName, userPrincipalName }]
          : [],
      );
  },
});

const beginsWith = (text: string): string =>
  ['displayName', 'userPrincipalName', 'mail']
    .map((property) => `startswith(${property},${text})`)
    .join(' or ');
