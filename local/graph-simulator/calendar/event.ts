import { makeJoinInformation } from '../meetings/join-information';
import type { StoredMeeting } from '../meetings/meeting-store';
import { randomGuid, randomText, type Random } from '../random';
import type { TenantUser } from '../tenant/tenant-state';
import { formatTime, parseTime } from '../meetings/times';
import type { Attendee, EventChange, NewEventBody } from './event-schema';

type NewEvent = {
  readonly organizer: TenantUser;
  readonly body: NewEventBody;
  readonly meeting: StoredMeeting | undefined;
};

/** An event as Graph returns it, without the join link, which appears later. */
export function makeEvent(
  { organizer, body, meeting }: NewEvent,
  { now, random }: { readonly now: () => Date; readonly random: Random },
) {
  const id = `AAMk${randomText(random, idCharacters, 148)}=`;
  const created = `${now().toISOString().slice(0, 23)}0000Z`;
  const { contentType = 'html', content = '' } = body.body ?? {};
  return {
    id,
    createdDateTime: created,
    lastModifiedDateTime: created,
    transactionId: body.transactionId ?? null,
    iCalUId: `040000008200E00074C5B7101A82E008${randomGuid(random).replaceAll('-', '').toUpperCase()}`,
    subject: body.subject ?? null,
    body: { contentType, content: `${content}${joinBlock(meeting)}` },
    start: toTime(body.start),
    end: toTime(body.end),
    location: { displayName: body.location?.displayName ?? '' },
    attendees: toAttendees(body.attendees),
    organizer: {
      emailAddress: { name: organizer.displayName, address: organizer.mail ?? '' },
    },
    reminderMinutesBeforeStart: body.reminderMinutesBeforeStart ?? 15,
    isReminderOn: body.isReminderOn ?? true,
    showAs: body.showAs ?? 'busy',
    categories: body.categories ?? [],
    hideAttendees: body.hideAttendees ?? false,
    responseRequested: body.responseRequested ?? true,
    allowNewTimeProposals: body.allowNewTimeProposals ?? true,
    isCancelled: false,
    isOrganizer: true,
    type: 'singleInstance',
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
  };
}

/** An event as Graph returns it, without its join link. */
export type CalendarEvent = ReturnType<typeof makeEvent>;

/** The characters of Exchange ids: URL base64 and the characters that an address must encode. */
const idCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The block that Exchange appends to the body; updating the body without it turns the meeting off. */
export const blockStart = '<div class="me-email-text"';

const joinBlock = (stored: StoredMeeting | undefined): string => {
  if (stored === undefined) return '';
  const { content } = makeJoinInformation(stored.meeting, undefined) as { content: string };
  const html = decodeURIComponent(content.replace('data:text/html,', '').replaceAll('+', ' '));
  return `${blockStart}>${html}</div>`;
};

/** The event with a change applied; a list of attendees replaces the old one. */
export function withChange(event: CalendarEvent, change: EventChange): CalendarEvent {
  const { start, end, attendees, body, location, subject } = change;
  const plain = Object.fromEntries(
    plainNames.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]),
  );
  return {
    ...event,
    ...(plain as Partial<CalendarEvent>),
    ...(subject !== undefined && { subject }),
    ...(start !== undefined && { start: toTime(start) }),
    ...(end !== undefined && { end: toTime(end) }),
    ...(attendees !== undefined && { attendees: toAttendees(attendees) }),
    ...(body !== undefined && { body: { contentType: body.contentType, content: body.content } }),
    ...(location !== undefined && { location: { displayName: location.displayName } }),
  };
}

const plainNames = [
  'reminderMinutesBeforeStart',
  'isReminderOn',
  'showAs',
  'categories',
  'hideAttendees',
  'responseRequested',
  'allowNewTimeProposals',
] as const;

/** Exchange returns seven fractional digits and no offset. */
const toTime = ({ dateTime }: { readonly dateTime: string }) => ({
  dateTime: `${formatTime(parseTime(dateTime) ?? 0n).slice(0, 19)}.0000000`,
  timeZone: 'UTC',
});

const toAttendees = (attendees: readonly Attendee[] = []) =>
  attendees.map(({ type, emailAddress: { address, name } }) => ({
    type,
    status: { response: 'none', time: '0001-01-01T00:00:00Z' },
    emailAddress: { name: name ?? address, address },
  }));
