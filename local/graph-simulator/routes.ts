import { createEvent } from './calendar/create-event';
import {
  cancelEvent,
  deleteEvent,
  getCalendar,
  getEvent,
  listEvents,
  updateEvent,
} from './calendar/stored-events';
import { authenticate } from './tenant/authentication';
import {
  header,
  type Answer,
  type GraphRequest,
  type GraphService,
  type RouteHandler,
} from './call';
import { createMeeting, createOrGetMeeting } from './meetings/create-meeting';
import { getUser, listLicenseDetails, listOrganization, listUsers } from './tenant/directory';
import { listGroupMembers } from './tenant/groups';
import { badRequest, genericError, GraphError } from './graph-error';
import type { RequestLogEntry } from './request-log';
import {
  createAppRoleAssignment,
  deleteAppRoleAssignment,
  listAppRoleAssignments,
  listServicePrincipals,
} from './tenant/service-principals';
import { deleteMeeting, findMeetings, getMeeting, updateMeeting } from './meetings/stored-meetings';

/** The simulator issues only application tokens. */
const refuseMe: RouteHandler = () => {
  throw badRequest('/me request is only valid with delegated authentication flow.');
};

type Methods = Readonly<Record<string, RouteHandler>>;

const routes: readonly (readonly [path: string, methods: Methods])[] = [
  ['users/*/onlineMeetings', { POST: createMeeting, GET: findMeetings }],
  ['users/*/onlineMeetings/createOrGet', { POST: createOrGetMeeting }],
  ['users/*/onlineMeetings/*', { GET: getMeeting, PATCH: updateMeeting, DELETE: deleteMeeting }],
  ['me/onlineMeetings', { POST: refuseMe, GET: refuseMe }],
  ['me/onlineMeetings/createOrGet', { POST: refuseMe }],
  ['me/onlineMeetings/*', { GET: refuseMe, PATCH: refuseMe, DELETE: refuseMe }],
  ['users/*/calendar', { GET: getCalendar }],
  ['users/*/events', { POST: createEvent, GET: listEvents }],
  ['users/*/events/*', { GET: getEvent, PATCH: updateEvent, DELETE: deleteEvent }],
  ['users/*/events/*/cancel', { POST: cancelEvent }],
  ['users', { GET: listUsers }],
  ['users/*', { GET: getUser }],
  ['users/*/licenseDetails', { GET: listLicenseDetails }],
  ['groups/*/members', { GET: listGroupMembers }],
  ['organization', { GET: listOrganization }],
  ['servicePrincipals', { GET: listServicePrincipals }],
  [
    'servicePrincipals/*/appRoleAssignments',
    { GET: listAppRoleAssignments, POST: createAppRoleAssignment },
  ],
  ['servicePrincipals/*/appRoleAssignedTo', { POST: createAppRoleAssignment }],
  ['servicePrincipals/*/appRoleAssignments/*', { DELETE: deleteAppRoleAssignment }],
];

const patterns = routes.map(([path, methods]) => ({
  pattern: new RegExp(`^/v1\\.0/${path.replaceAll('*', '([^/]+)')}/?$`, 'i'),
  methods,
}));

/** Answers one request. Refusals of Graph are answers too. */
export function answer(
  request: GraphRequest,
  entry: RequestLogEntry,
  service: GraphService,
): Answer {
  try {
    const authorization = header(request, 'authorization');
    const caller = authenticate(authorization, service.tenant, service.now());
    const { handler, parameters } = findRoute(request);
    return handler({ request, caller, parameters, entry }, service);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, headers: error.headers, error };
  }
}

function findRoute({ method, path }: GraphRequest) {
  for (const { pattern, methods } of patterns) {
    const found = pattern.exec(path);
    if (found === null) continue;
    const handler = methods[method];
    if (handler === undefined) throw genericError(405);
    return { handler, parameters: found.slice(1).map(decode) };
  }
  throw badRequest('Resource not found for the segment.');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest();
  }
}
