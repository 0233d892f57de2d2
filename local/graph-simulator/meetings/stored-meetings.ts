import type { Answer, Call, GraphService } from '../call';
import { resolveTimes } from './create-meeting';
import { badRequest, GraphError } from '../graph-error';
import { toAttendees, toExpiry, toTimes, withSettings } from './meeting';
import { meetingContext, toMeetingBody } from './meeting-answer';
import { isUpdatable, updateBody, type MeetingChange, type UpdateBody } from './meeting-properties';
import { isDead, type StoredMeeting } from './meeting-store';
import { parseFilter, type Comparison } from '../odata';
import { requireOrganizer } from '../tenant/organizer';
import { readBody, readObject } from '../payload';
import { toTicks } from './times';

/** https://learn.microsoft.com/graph/api/onlinemeeting-get */
export function getMeeting(call: Call, service: GraphService): Answer {
  return toAnswer(requireMeeting(call, service, 'read'), call);
}

/** Finds one meeting by its join URL or meeting id; Graph cannot list meetings. */
export function findMeetings(call: Call, service: GraphService): Answer {
  const organizer = requireOrganizer(call, service, 'read');
  const [comparison, ...others] = parseFilter(call.request.query.get('$filter') ?? '');
  if (comparison === undefined || others.length > 0) throw badRequest();
  const found = findBy(comparison, service);
  const context = meetingContext(organizer.id).replace('/$entity', '');
  if (
    found?.organizerId !== organizer.id ||
    !isKnown(found, service) ||
    !isIndexed(found, service)
  ) {
    if (service.tenant.state.switches.notFoundByLink === 'notFound') throw meetingNotFound();
    return { status: 200, body: { '@odata.context': context, value: [] } };
  }
  const value = [toMeetingBody(found.meeting, call.request)];
  return { status: 200, body: { '@odata.context': context, value } };
}

function findBy({ property, value }: Comparison, { meetings }: GraphService) {
  switch (property.toLowerCase()) {
    case 'joinweburl':
      return meetings.byJoinWebUrl(value);
    case 'joinmeetingidsettings/joinmeetingid':
      return meetings.byJoinMeetingId(value);
    default:
      throw badRequest();
  }
}

/** https://learn.microsoft.com/graph/api/onlinemeeting-update */
export function updateMeeting(call: Call, service: GraphService): Answer {
  const stored = requireMeeting(call, service, 'write');
  const body = readObject(call.request);
  const names = Object.keys(body);
  if (names.includes('meetingType'))
    throw invalidArgument('Updating meeting type is not supported.');
  if (!names.every(isUpdatable) || namesOrganizer(body)) throw notUpdatable();
  const change = readBody(call.request, updateBody);
  if (isSet(change.startDateTime) !== isSet(change.endDateTime)) throw badRequest();
  if (removesAnonymity(change, stored)) throw notUpdatable();
  changeMeeting(stored, change, service);
  call.entry.committed = true;
  return toAnswer(stored, call);
}

/** https://learn.microsoft.com/graph/api/onlinemeeting-delete */
export function deleteMeeting(call: Call, service: GraphService): Answer {
  service.meetings.delete(requireMeeting(call, service, 'write'));
  call.entry.committed = true;
  return { status: 204 };
}

/** Changes the given properties. A list of attendees replaces the old one; every change extends the expiry. */
export function changeMeeting(
  stored: StoredMeeting,
  change: MeetingChange,
  { tenant, now }: GraphService,
): void {
  const { subject, participants } = change;
  const moment = toTicks(now(), 0);
  const times = resolveTimes(isSet(change.startDateTime) ? change : stored.meeting, moment);
  const attendees = participants?.attendees;
  stored.meeting = {
    ...withSettings(stored.meeting, change),
    ...(subject === undefined ? {} : { subject }),
    ...toTimes(times),
    expiryDateTime: change.expiryDateTime ?? toExpiry(times.end, moment),
    participants: {
      ...stored.meeting.participants,
      ...(isSet(attendees) ? { attendees: toAttendees(attendees, tenant) } : {}),
    },
  };
  stored.changes += 1;
}

function namesOrganizer(body: object): boolean {
  const participants: unknown = new Map<string, unknown>(Object.entries(body)).get('participants');
  return typeof participants === 'object' && participants !== null && 'organizer' in participants;
}

/** Whether the change would show names again; once hidden, they stay hidden. */
function removesAnonymity(
  { anonymizeIdentityForRoles: requested }: UpdateBody,
  stored: StoredMeeting,
) {
  const hidden = stored.meeting.anonymizeIdentityForRoles ?? [];
  return isSet(requested) && hidden.some((role) => !requested.some((each) => each === role));
}

function requireMeeting(
  call: Call,
  service: GraphService,
  access: 'read' | 'write',
): StoredMeeting {
  const organizer = requireOrganizer(call, service, access);
  const id = call.parameters[1] ?? '';
  if (!/^1\*.+\*0\*\*19:/.test(Buffer.from(id, 'base64').toString('latin1'))) {
    throw invalidArgument('Invalid meeting id');
  }
  const stored = service.meetings.byId(id);
  if (stored === undefined || !isKnown(stored, service)) throw meetingNotFound();
  if (stored.organizerId !== organizer.id) {
    throw new GraphError(403, 'Forbidden', '3003: User does not have access to lookup meeting');
  }
  return stored;
}

/** Whether the meeting is in the index of join links yet; it is updated with a delay. */
function isIndexed({ meeting }: StoredMeeting, { tenant, now }: GraphService): boolean {
  const made = Date.parse(meeting.creationDateTime);
  return now().getTime() >= made + tenant.state.switches.foundByLinkAfterMs;
}

function isKnown(stored: StoredMeeting, { tenant, now }: GraphService): boolean {
  const made = Date.parse(stored.meeting.creationDateTime);
  const isSettled = now().getTime() >= made + tenant.state.switches.meetingKnownAfterMs;
  return isSettled && !isDead(stored, now());
}

function toAnswer({ meeting, organizerId }: StoredMeeting, { request }: Call): Answer {
  const context = { '@odata.context': meetingContext(organizerId) };
  return { status: 200, body: { ...context, ...toMeetingBody(meeting, request) } };
}

function isSet<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function meetingNotFound(): GraphError {
  return new GraphError(404, 'NotFound', '3004: Specified meeting is not found');
}

function notUpdatable(): GraphError {
  return invalidArgument(
    'One or more properties do not support updating. Please refer to Microsoft Graph documentation for more information.',
  );
}

function invalidArgument(message: string): GraphError {
  return new GraphError(400, 'InvalidArgument', message);
}
