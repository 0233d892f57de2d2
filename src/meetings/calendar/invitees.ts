import type { CalendarEvent } from '../calendar-provider';
import type { Invitee } from '../../requests/calendar';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { Attendee, OnlineMeetingInput } from '../../requests/online-meeting';

/** The people who are invited by email: the attendees of the meeting, and those whom only `calendar` names. Each appears once. */
export function inviteesOf({
  meeting,
  calendar,
}: Pick<MeetingRequest, 'meeting' | 'calendar'>): Invitee[] {
  const attendees = (meeting.participants?.attendees ?? []).flatMap(({ upn }): Invitee[] =>
    upn === undefined ? [] : [{ address: upn, type: 'required' }],
  );
  const byAddress = new Map<string, Invitee>();
  for (const person of [...(calendar?.invite ?? []), ...attendees]) {
    const key = person.address.toLowerCase();
    if (!byAddress.has(key)) byAddress.set(key, person);
  }
  return [...byAddress.values()];
}

/** The people who are not invited yet. */
export const notInvited = (
  people: readonly Invitee[],
  { attendees }: CalendarEvent,
): readonly Invitee[] => people.filter(({ address }) => !attendees.includes(address.toLowerCase()));

/**
 * The properties that are set on the online meeting itself. Subject, times and attendees are set on the event. Only the
 * online meeting has roles, so people with a role are named there too; a co-organizer can be set in no other way
 * (https://github.com/microsoftgraph/msgraph-sdk-java/issues/1937).
 */
export function optionsOf(meeting: OnlineMeetingInput): OnlineMeetingInput {
  const {
    subject: _,
    startDateTime: _start,
    endDateTime: _end,
    participants,
    ...options
  } = meeting;
  const attendees = (participants?.attendees ?? []).filter(hasRole);
  return attendees.length === 0 ? options : { ...options, participants: { attendees } };
}

const hasRole = ({ role = 'attendee' }: Attendee): boolean => role !== 'attendee';

/** A path inside `optionsOf` a meeting as a path inside the meeting. */
export function inRequest({ participants }: OnlineMeetingInput): (path: string) => string {
  const indexes = [...(participants?.attendees ?? []).entries()].flatMap(([index, attendee]) =>
    hasRole(attendee) ? [index] : [],
  );
  return (path) =>
    path.replace(
      /^(participants\.attendees\[)(\d+)/,
      (_, start: string, index: string) => `${start}${indexes[Number(index)] ?? index}`,
    );
}
