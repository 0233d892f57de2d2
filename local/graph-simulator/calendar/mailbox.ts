import type { Call, GraphService } from '../call';
import { GraphError } from '../graph-error';
import { includesTeams } from '../tenant/licences';
import type { Tenant } from '../tenant/tenant';
import type { TenantUser } from '../tenant/tenant-state';

const role = 'Calendars.ReadWrite';

/** The mailbox in the address, if the app may use it: by the token's role, or by Exchange's own role assignment. */
export function requireMailbox(call: Call, { tenant }: GraphService): TenantUser {
  const user = tenant.findUser(call.parameters[0] ?? '');
  if (user === undefined) throw new GraphError(404, 'ErrorInvalidUser', 'The user was not found.');
  const mayUse = call.caller.permissions.has(role) || isInScope(call.caller.clientId, user, tenant);
  if (!mayUse) {
    throw new GraphError(
      403,
      'ErrorAccessDenied',
      'Access is denied. Check credentials and try again.',
    );
  }
  if (user.mailbox === null) {
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  }
  return user;
}

/** RBAC for Applications: https://learn.microsoft.com/exchange/permissions-exo/application-rbac. Only direct members count. */
function isInScope(clientId: string, { id }: TenantUser, { state }: Tenant): boolean {
  return state.calendarAssignments.some(
    (assignment) =>
      assignment.clientId === clientId &&
      state.groups.find((group) => group.id === assignment.groupId)?.members.includes(id) === true,
  );
}

/** Whether events of this mailbox can be Teams meetings: https://learn.microsoft.com/graph/api/resources/calendar */
export const allowsTeams = ({ mailbox, licences }: TenantUser): boolean =>
  mailbox?.allowsTeams === true && includesTeams(licences);

/** Returns the error of Exchange for an event that does not exist or was deleted. */
export function itemNotFound(): GraphError {
  return new GraphError(
    404,
    'ErrorItemNotFound',
    'The specified object was not found in the store.',
  );
}
