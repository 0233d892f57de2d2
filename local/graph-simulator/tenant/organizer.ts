import type { Call, GraphService } from '../call';
import { GraphError } from '../graph-error';
import { includesTeams } from './licences';
import type { TenantUser } from './tenant-state';

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const write = 'OnlineMeetings.ReadWrite.All';

type Access = 'read' | 'write';

/** The organizer in the address, if the app has all the rights it needs. */
export function requireOrganizer(call: Call, service: GraphService, access: Access): TenantUser {
  const { caller, parameters } = call;
  const userId = parameters[0] ?? '';
  if (!guid.test(userId)) throw notGuid(service);
  const reads = access === 'read' && caller.permissions.has('OnlineMeetings.Read.All');
  if (!reads && !caller.permissions.has(write)) throw forbidden();
  const user = service.tenant.userById(userId);
  if (user === undefined) throw new GraphError(404, 'UnknownError');
  if (user.userType === 'Guest') throw forbidden();
  if (!service.tenant.hasAccessPolicy(caller.clientId, user)) {
    throw forbidden(
      `No application access policy found for this app ${caller.clientId} on the user.`,
    );
  }
  if (!includesTeams(user.licences)) throw forbidden('9024: TeamsMeetingProcessorException');
  return user;
}

function forbidden(message = ''): GraphError {
  return new GraphError(403, 'Forbidden', message);
}

function notGuid({ tenant }: GraphService): GraphError {
  return tenant.state.switches.nonGuidUserId === 'notFound'
    ? new GraphError(404, 'UnknownError')
    : new GraphError(400, 'BadRequest', 'The userId in request URL is not a GUID.');
}
