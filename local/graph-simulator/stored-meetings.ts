import type { Answer, Call, GraphService } from './call';
import { resolveTimes } from './create-meeting';
import { badRequest, GraphError } from './graph-error';
import { toAttendees, toTimes, withSettings } from './meeting';
import { meetingContext, toMeetingBody } from './meeting-answer';
import { isUpdatable, updateBody, type UpdateBody } from './meeting-properties';
import type { StoredMeeting } from './meeting-store';
import { parseFilter } from './odata';
import { requireOrganizer } from './organizer';
import { readBody, readObject } from './payload';
import { toTicks } from './times';

export function getMeeting(call: Call, service: GraphService): Answer {
  return toAnswer(requireMeeting(call, service, 'read'), call);
}

/** Meetings are not listed; one is found by its join URL. */
export function findMeetings(call: Call, service: GraphService): Answer {
  const organizer = requireOrganizer(call, service, 'read');
  const [comparison, ...others] = parseFilter(call.request.query.get('$filter') ?? '');
  if (comparison?.property.toLowerCase() !== 'joinweburl' || others.length > 0) throw badRequest();
  const found = service.meetings.byJoinWebUrl(comparison.value);
  if (found?.organizerId !== organizer.id) throw meetingNotFound();
  const context = meetingContext(organizer.id).replace('/$entity', '');
  const value = [toMeetingBody(found.meeting, call.request)];
  return { status: 200, body: { '@odata.context': context, value } };
}

/** https://learn.microsoft.com/graph/api/onlinemeeting-update */
export function updateMeeting(call: Call, service: GraphService): Answer {
  const stored = requireMeeting(call, service, 'write');
  const names = Object.keys(readObject(call.request));
  if (!names.every(isUpdatable)) throw notUpdatable();
  const body = readBody(call.request, updateBody);
  if (isSet(body.startDateTime) !== isSet(body.endDateTime)) throw badRequest();
  stored.meeting = {
    ...withSettings(stored.meeting, body),
    ...changeBasics(body, service, stored),
  };
  call.entry.committed = true;
  return toAnswer(stored, call);
}

export function deleteMeeting(call: Call, service: GraphService): Answer {
  service.meetings.delete(requireMeeting(call, service, 'write'));
  call.entry.committed = true;
  return { status: 204 };
}

/** A list of attendees replaces the one before. */
function changeBasics(body: UpdateBody, { tenant, now }: GraphService, stored: StoredMeeting) {
  const attendees = body.participants?.attendees;
  return {
    ...(body.subject === undefined ? {} : { subject: body.subject }),
    ...(isSet(body.startDateTime) ? toTimes(resolveTimes(body, toTicks(now(), 0))) : {}),
    ...(isSet(attendees)
      ? {
          participants: {
            ...stored.meeting.participants,
            attendees: toAttendees(attendees, tenant),
          },
        }
      : {}),
  };
}

function requireMeeting(
  call: Call,
  service: GraphService,
  access: 'read' | 'write',
): StoredMeeting {
  const organizer = requireOrganizer(call, service, access);
  const id = call.parameters[1] ?? '';
  if (!/^1\*.+\*0\*\*19:/.test(Buffer.from(id, 'base64').toString('latin1'))) {
    throw new GraphError(400, 'InvalidArgument', 'Invalid meeting id');
  }
  const stored = service.meetings.byId(id);
  if (stored === undefined) throw meetingNotFound();
  if (stored.organizerId !== organizer.id) {
    throw new GraphError(403, 'Forbidden', '3003: User does not have access to lookup meeting');
  }
  return stored;
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
  return new GraphError(
    400,
    'InvalidArgument',
    'One or more properties do not support updating. Please refer to Microsoft Graph documentation for more information.',
  );
}
