import { z } from 'zod';
import { appRoleIds, graphAppId, graphServicePrincipalId } from './app-roles';
import type { Answer, Call, GraphService } from '../call';
import { requirePermission, resourceNotFound, toCollection } from './directory';
import { GraphError } from '../graph-error';
import { matches, parseFilter, selectProperties } from '../odata';
import { readBody } from '../payload';
import type { TenantIdentity } from './tenant-state';

const write = 'AppRoleAssignment.ReadWrite.All';
const read = ['Application.Read.All', 'Directory.Read.All', write];

const microsoftGraph = {
  id: graphServicePrincipalId,
  appId: graphAppId,
  displayName: 'Microsoft Graph',
  servicePrincipalType: 'Application',
  appRoles: Object.entries(appRoleIds).map(([value, id]) => ({
    id,
    value,
    displayName: value,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
  })),
};

/** Lists Graph itself and the identities: https://learn.microsoft.com/graph/api/serviceprincipal-list */
export function listServicePrincipals(call: Call, service: GraphService): Answer {
  requirePermission(call, read);
  const { query } = call.request;
  const comparisons = parseFilter(query.get('$filter') ?? '');
  const all = [microsoftGraph, ...service.tenant.state.identities.map(toServicePrincipal)];
  const found = all.filter((principal) => matches(principal, comparisons));
  return toCollection(
    'servicePrincipals',
    found.map((principal) => selectProperties(principal, query)),
  );
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments */
export function listAppRoleAssignments(call: Call, service: GraphService): Answer {
  requirePermission(call, read);
  const identity = requireIdentity(call.parameters[0] ?? '', service);
  const assignments = identity.roles.map((role) => toAssignment(identity, role));
  return toCollection('appRoleAssignments', assignments);
}

const assignmentBody = z.looseObject({
  principalId: z.guid(),
  resourceId: z.guid(),
  appRoleId: z.guid(),
});

/** https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments */
export function createAppRoleAssignment(call: Call, service: GraphService): Answer {
  requirePermission(call, [write]);
  const { principalId, resourceId, appRoleId } = readBody(call.request, assignmentBody);
  const role = Object.keys(appRoleIds).find((name) => appRoleIds[name] === appRoleId);
  if (resourceId !== graphServicePrincipalId || role === undefined) throw requestRefused();
  const identity = requireIdentity(principalId, service);
  if (![principalId, resourceId].includes(call.parameters[0] ?? '')) throw requestRefused();
  if (identity.roles.includes(role)) throw requestRefused();
  service.tenant.updateIdentity(identity.clientId, { roles: [...identity.roles, role] });
  call.entry.committed = true;
  return { status: 201, body: toAssignment(identity, role) };
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-delete-approleassignments */
export function deleteAppRoleAssignment(call: Call, service: GraphService): Answer {
  requirePermission(call, [write]);
  const [principalId = '', assignmentId = ''] = call.parameters;
  const identity = requireIdentity(principalId, service);
  const roles = identity.roles.filter((role) => toAssignment(identity, role).id !== assignmentId);
  if (roles.length === identity.roles.length) throw resourceNotFound(assignmentId);
  service.tenant.updateIdentity(identity.clientId, { roles });
  call.entry.committed = true;
  return { status: 204 };
}

function toServicePrincipal(identity: TenantIdentity) {
  return {
    id: identity.objectId,
    appId: identity.clientId,
    displayName: identity.displayName,
    servicePrincipalType: 'ManagedIdentity',
    appRoles: [],
  };
}

function toAssignment(identity: TenantIdentity, role: string) {
  return {
    id: Buffer.from(`${identity.objectId} ${role}`).toString('base64url'),
    appRoleId: appRoleIds[role] ?? null,
    principalId: identity.objectId,
    principalDisplayName: identity.displayName,
    principalType: 'ServicePrincipal',
    resourceId: graphServicePrincipalId,
    resourceDisplayName: microsoftGraph.displayName,
  };
}

function requireIdentity(objectId: string, { tenant }: GraphService): TenantIdentity {
  const identity = tenant.identityByObjectId(objectId);
  if (identity === undefined) throw resourceNotFound(objectId);
  return identity;
}

function requestRefused(): GraphError {
  return new GraphError(400, 'Request_BadRequest', 'An error has occurred.');
}
