import type { Answer, Call, GraphService } from '../call';
import { GraphError } from '../graph-error';
import { toLicenseDetails } from './licences';
import { matches, parseFilter, selectProperties } from '../odata';
import type { TenantUser } from './tenant-state';

/** Refuses a caller without any of these permissions, with the directory's error. */
export function requirePermission(call: Call, anyOf: readonly string[]): void {
  if (anyOf.some((permission) => call.caller.permissions.has(permission))) return;
  throw new GraphError(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

/** Returns the directory's error for an object that does not exist. */
export function resourceNotFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** A collection in Graph's format. */
export function toCollection(name: string, value: readonly object[]): Answer {
  const context = `https://graph.microsoft.com/v1.0/$metadata#${name}`;
  return { status: 200, body: { '@odata.context': context, value } };
}

const readUsers = ['User.Read.All', 'User.ReadBasic.All', 'Directory.Read.All'];

/** https://learn.microsoft.com/graph/api/user-get */
export function getUser(call: Call, service: GraphService): Answer {
  const user = toUserBody(requireUser(call, service), call);
  const context = 'https://graph.microsoft.com/v1.0/$metadata#users/$entity';
  return { status: 200, body: { '@odata.context': context, ...user } };
}

/** Lists at most `$top` users, 100 by default, without pages: https://learn.microsoft.com/graph/api/user-list */
export function listUsers(call: Call, { tenant }: GraphService): Answer {
  requirePermission(call, readUsers);
  const { query } = call.request;
  const filter = query.get('$filter');
  const comparisons = filter === null ? undefined : parseFilter(filter);
  const found = tenant.state.users
    .filter((user) => comparisons === undefined || matches(user, comparisons))
    .slice(0, Number(query.get('$top') ?? 100));
  return toCollection(
    'users',
    found.map((user) => toUserBody(user, call)),
  );
}

/** https://learn.microsoft.com/graph/api/user-list-licensedetails */
export function listLicenseDetails(call: Call, service: GraphService): Answer {
  const user = requireUser(call, service);
  return toCollection(`users('${user.id}')/licenseDetails`, user.licences.map(toLicenseDetails));
}

/** https://learn.microsoft.com/graph/api/organization-list */
export function listOrganization(call: Call, { tenant }: GraphService): Answer {
  requirePermission(call, ['Organization.Read.All', 'Directory.Read.All']);
  const { id, displayName } = tenant.state;
  return toCollection('organization', [{ id, displayName }]);
}

/** Finds a user by object id or user principal name; an email address is not a key. */
function requireUser(call: Call, { tenant }: GraphService): TenantUser {
  requirePermission(call, readUsers);
  const key = call.parameters[0] ?? '';
  const user = tenant.findUser(key);
  const isKey = [user?.id, user?.userPrincipalName].some(
    (value) => value?.toLowerCase() === key.toLowerCase(),
  );
  if (user === undefined || !isKey) throw resourceNotFound(key);
  return user;
}

/** Without `$select`, Graph returns only a few properties. */
function toUserBody(user: TenantUser, { request }: Call): object {
  const { id, userPrincipalName, mail, displayName, userType } = user;
  const always = { id, userPrincipalName, mail, displayName };
  if (!request.query.has('$select')) return always;
  const hasLicence = user.licences.length > 0;
  return selectProperties(
    {
      ...always,
      userType,
      accountEnabled: true,
      assignedLicenses: hasLicence ? user.licences.map(toAssignedLicense) : [],
    },
    request.query,
  );
}

function toAssignedLicense(skuPartNumber: string): object {
  const { skuId } = toLicenseDetails(skuPartNumber) as { skuId: string };
  return { skuId, disabledPlans: [] };
}
