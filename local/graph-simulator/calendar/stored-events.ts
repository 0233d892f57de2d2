import type { Answer, Call, GraphService } from '../call';
import { badRequest, GraphError } from '../graph-error';
import { selectProperties } from '../odata';
import { readBody } from '../payload';
import { changeMeeting } from '../meetings/stored-meetings';
import { blockStart, withChange } from './event';
import { toEventBody } from './event-body';
import { cancelBody, eventChangeBody, type EventChange } from './event-schema';
import type { StoredEvent } from './event-store';
import { itemNotFound, requireMailbox } from './mailbox';
import { addressesOf, sendMails, sendMailsAfterChange } from './mails';

/** https://learn.microsoft.com/graph/api/event-get */
export function getEvent(call: Call, service: GraphService): Answer {
  const body = toEventBody(requireEvent(call, service), service);
  return { status: 200, body: selectProperties(body, call.request.query) };
}

/** The only filter that is simulated: https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get */
const byExtendedProperty =
  /^singleValueExtendedProperties\/Any\(ep: ?ep\/id eq '((?:[^']|'')*)' and ep\/value eq '((?:[^']|'')*)'\)$/i;

/** Finds the events with an extended property: https://learn.microsoft.com/graph/api/user-list-events */
export function listEvents(call: Call, service: GraphService): Answer {
  const organizer = requireMailbox(call, service);
  const { query } = call.request;
  const [matched, id, value] = byExtendedProperty.exec(query.get('$filter') ?? '') ?? [];
  if (matched === undefined) throw badRequest('Unsupported or invalid query filter clause.');
  const found = service.events
    .list()
    .filter((stored) => stored.organizer.id === organizer.id)
    .filter(({ extendedProperties }) =>
      extendedProperties.some((property) => property.id === id && property.value === value),
    );
  return {
    status: 200,
    body: {
      value: found.map((stored) => selectProperties(toEventBody(stored, service), query)),
    },
  };
}

/** https://learn.microsoft.com/graph/api/event-update */
export function updateEvent(call: Call, service: GraphService): Answer {
  const stored = requireEvent(call, service);
  changeEvent(stored, readBody(call.request, eventChangeBody), service);
  call.entry.committed = true;
  return { status: 200, body: toEventBody(stored, service) };
}

/** Changes the given properties, and the meeting with them. */
export function changeEvent(stored: StoredEvent, change: EventChange, service: GraphService): void {
  const before = stored.event;
  stored.event = withChange(before, change);
  stored.changes += 1;
  const losesBlock = change.body !== undefined && !change.body.content.includes(blockStart);
  if (losesBlock || change.isOnlineMeeting === false) stored.meeting = undefined;
  if (stored.meeting !== undefined) {
    const { subject, start, end } = stored.event;
    changeMeeting(
      stored.meeting,
      { subject, startDateTime: `${start.dateTime}Z`, endDateTime: `${end.dateTime}Z` },
      service,
    );
  }
  sendMailsAfterChange(stored, before, service);
}

/** https://learn.microsoft.com/graph/api/event-cancel */
export function cancelEvent(call: Call, service: GraphService): Answer {
  const stored = requireEvent(call, service);
  const { comment } = readBody(call.request, cancelBody);
  removeEvent(stored, service, comment);
  call.entry.committed = true;
  return { status: 202 };
}

/** https://learn.microsoft.com/graph/api/event-delete */
export function deleteEvent(call: Call, service: GraphService): Answer {
  removeEvent(requireEvent(call, service), service);
  call.entry.committed = true;
  return { status: 204 };
}

/** Deleting an event as its organizer sends a cancellation to everybody else. */
export function removeEvent(stored: StoredEvent, service: GraphService, comment?: string): void {
  stored.isDeleted = true;
  if (stored.meeting !== undefined) service.meetings.delete(stored.meeting);
  const to = addressesOf(stored.event);
  sendMails(
    stored,
    { kind: 'cancellation', to, ...(comment !== undefined && { comment }) },
    service,
  );
}

/** Whether Teams is allowed in this calendar: https://learn.microsoft.com/graph/api/calendar-get */
export function getCalendar(call: Call, service: GraphService): Answer {
  const { mailbox } = requireMailbox(call, service);
  const allowed = mailbox?.allowsTeams === true;
  const body = {
    id: 'AAMkCalendar=',
    name: 'Calendar',
    isDefaultCalendar: true,
    canEdit: true,
    allowedOnlineMeetingProviders: allowed ? ['teamsForBusiness'] : [],
    defaultOnlineMeetingProvider: allowed ? 'teamsForBusiness' : 'unknown',
  };
  return { status: 200, body: selectProperties(body, call.request.query) };
}

function requireEvent(call: Call, service: GraphService): StoredEvent {
  const organizer = requireMailbox(call, service);
  const id = call.parameters[1] ?? '';
  if (!/^AAMk[\w+/-]+=*$/.test(id)) {
    throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
  }
  const stored = service.events.byId(id);
  if (stored === undefined || stored.isDeleted || stored.organizer.id !== organizer.id)
    throw itemNotFound();
  return stored;
}
