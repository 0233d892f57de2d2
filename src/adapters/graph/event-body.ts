import type {
  CalendarEvent,
  EventChange,
  NewEvent,
} from '../../meetings/calendar/calendar-provider';
import type { CalendarInput, Invitee } from '../../requests/calendar';

/** Marks Convoke's events; the name in it is ours alone: https://learn.microsoft.com/graph/api/resources/extended-properties-overview */
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

/** Exchange takes the offset from the zone beside the time. */
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

/** Always HTML, since Exchange puts its own block, which is HTML, under it. */
const toHtml = ({ contentType, content }: NonNullable<CalendarInput['body']>) => ({
  contentType: 'html',
  content:
    contentType === 'html'
      ? content
      : content
          .replaceAll('\r\n', '\n')
          .replace(/[&<>\n]/g, (character) => escapes.get(character) ?? character),
});

interface GraphEvent {
  readonly id?: unknown;
  readonly webLink?: unknown;
  readonly iCalUId?: unknown;
  readonly isOnlineMeeting?: unknown;
  readonly onlineMeeting?: { readonly joinUrl?: unknown } | null;
  readonly attendees?: readonly {
    readonly emailAddress?: { readonly address?: unknown } | null;
  }[];
}

/** What Convoke reads of an event. */
export const eventProperties = 'id,webLink,iCalUId,isOnlineMeeting,onlineMeeting,attendees';

/** Undefined for what is no event. */
export function readEvent(body: unknown): CalendarEvent | undefined {
  const event = body as GraphEvent | null | undefined;
  if (typeof event?.id !== 'string') return undefined;
  const { id, webLink, iCalUId, isOnlineMeeting, onlineMeeting, attendees = [] } = event;
  const joinUrl = onlineMeeting?.joinUrl;
  return {
    id,
    ...(typeof webLink === 'string' && { webLink }),
    ...(typeof iCalUId === 'string' && { iCalUId }),
    isOnlineMeeting: isOnlineMeeting === true,
    ...(typeof joinUrl === 'string' && { joinUrl }),
    attendees: attendees.flatMap(({ emailAddress }) =>
      typeof emailAddress?.address === 'string' ? [emailAddress.address.toLowerCase()] : [],
    ),
  };
}
