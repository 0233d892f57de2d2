import type {
  CalendarEvent,
  EventChange,
  EventState,
  NewEvent,
} from '../../meetings/calendar-provider';
import type { CalendarInput, Invitee } from '../../requests/calendar';

/**
 * Marks Convoke's events. The GUID makes the name unique:
 * https://learn.microsoft.com/graph/api/resources/extended-properties-overview
 */
export const keyProperty = 'String {5f0a2c1e-2f0b-4f6c-9c39-6a8d6c0b7f41} Name ConvokeRequest';

/** The body of Create event: https://learn.microsoft.com/graph/api/user-post-events */
export const toNewEvent = ({ key, body, ...event }: NewEvent): object => ({
  ...toEvent(event),
  ...(body !== undefined && { body: toHtml(body) }),
  isOnlineMeeting: true,
  onlineMeetingProvider: 'teamsForBusiness',
  allowNewTimeProposals: false,
  transactionId: key,
  singleValueExtendedProperties: [{ id: keyProperty, value: key }],
});

/** The body of Update event: https://learn.microsoft.com/graph/api/event-update */
export function toEvent({
  startDateTime,
  endDateTime,
  location,
  attendees,
  reminderMinutesBeforeStart,
  ...plain
}: EventChange): object {
  return {
    ...plain,
    ...(startDateTime !== undefined && { start: toTime(startDateTime) }),
    ...(endDateTime !== undefined && { end: toTime(endDateTime) }),
    ...(location !== undefined && { location: { displayName: location } }),
    ...(reminderMinutesBeforeStart !== undefined && {
      reminderMinutesBeforeStart,
      isReminderOn: true,
    }),
    ...(attendees !== undefined && { attendees: attendees.map(toAttendee) }),
  };
}

/** Exchange reads the offset from the separate time zone. */
const toTime = (time: string) => ({ dateTime: time.replace(/Z$/, ''), timeZone: 'UTC' });

const toAttendee = ({ address, name, type }: Invitee) => ({
  type,
  emailAddress: { address, ...(name !== undefined && { name }) },
});

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\n', '<br>'],
]);

/** Always HTML, because Exchange appends its own HTML block. */
const toHtml = ({ contentType, content }: NonNullable<CalendarInput['body']>) => ({
  contentType: 'html',
  content:
    contentType === 'html'
      ? content
      : content
          .replaceAll('\r\n', '\n')
          .replace(/[&<>\n]/g, (character) => escapes.get(character) ?? character),
});

interface GraphTime {
  readonly dateTime?: unknown;
  readonly timeZone?: unknown;
}

interface GraphPerson {
  readonly emailAddress?: { readonly address?: unknown } | null;
}

interface GraphEvent {
  readonly id?: unknown;
  readonly webLink?: unknown;
  readonly iCalUId?: unknown;
  readonly isOnlineMeeting?: unknown;
  readonly onlineMeeting?: { readonly joinUrl?: unknown } | null;
  readonly attendees?: readonly GraphPerson[];
  readonly organizer?: GraphPerson | null;
  readonly subject?: unknown;
  readonly start?: GraphTime | null;
  readonly end?: GraphTime | null;
  readonly location?: { readonly displayName?: unknown } | null;
  readonly isReminderOn?: unknown;
  readonly reminderMinutesBeforeStart?: unknown;
  readonly showAs?: unknown;
  readonly categories?: unknown;
  readonly hideAttendees?: unknown;
  readonly responseRequested?: unknown;
}

/** The properties of an event that Convoke reads. */
export const eventProperties = [
  'id,webLink,iCalUId,isOnlineMeeting,onlineMeeting,attendees,organizer,subject,start,end,location',
  'isReminderOn,reminderMinutesBeforeStart,showAs,categories,hideAttendees,responseRequested',
].join(',');

/** Undefined for anything that is not an event. */
export function readEvent(body: unknown): CalendarEvent | undefined {
  const event = body as GraphEvent | null | undefined;
  if (typeof event?.id !== 'string') return undefined;
  const { id, webLink, iCalUId, isOnlineMeeting, onlineMeeting, attendees = [] } = event;
  const joinUrl = onlineMeeting?.joinUrl;
  const [organizer] = addressIn(event.organizer);
  return {
    id,
    ...(typeof webLink === 'string' && { webLink }),
    ...(typeof iCalUId === 'string' && { iCalUId }),
    isOnlineMeeting: isOnlineMeeting === true,
    ...(typeof joinUrl === 'string' && { joinUrl }),
    attendees: attendees.flatMap(addressIn),
    ...(organizer !== undefined && { organizer }),
    state: stateOf(event),
  };
}

const addressIn = (person: GraphPerson | null | undefined): string[] =>
  typeof person?.emailAddress?.address === 'string'
    ? [person.emailAddress.address.toLowerCase()]
    : [];

function stateOf(event: GraphEvent): EventState {
  const { subject, start, end, location, isReminderOn, reminderMinutesBeforeStart } = event;
  const { showAs, categories, hideAttendees, responseRequested } = event;
  const known = {
    subject: subject ?? undefined,
    startDateTime: fromTime(start),
    endDateTime: fromTime(end),
    location: location?.displayName,
    reminderMinutesBeforeStart: isReminderOn === false ? undefined : reminderMinutesBeforeStart,
    showAs,
    categories,
    hideAttendees,
    responseRequested,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** Graph returns times in UTC unless the request names another zone. */
const fromTime = (time: GraphTime | null | undefined): string | undefined =>
  time?.timeZone === 'UTC' && typeof time.dateTime === 'string'
    ? `${time.dateTime.replace(/\.0+$/, '')}Z`
    : undefined;
