import type { LedgerEntry } from '../ledger';
import { MeetingError } from '../../errors/meeting-error';
import type { CalendarInput } from '../../requests/calendar';
import type { MeetingRequest } from '../../requests/meeting-request';

/** The properties of `calendar` that a change sets to another value; all of them if the earlier values are unknown. */
export function changedCalendar(
  { requestedCalendar = {} }: LedgerEntry,
  { calendar = {} }: MeetingRequest,
): CalendarInput {
  const changed = Object.entries(calendar).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(requestedCalendar[name as keyof CalendarInput]),
  );
  return Object.fromEntries(changed);
}

/** The reason why the calendar part of a change is impossible; undefined if it is possible. */
export function calendarObjection(
  entry: LedgerEntry,
  request: MeetingRequest,
): MeetingError | undefined {
  if (entry.plan !== 'ensureEvent')
    return request.calendar === undefined ? undefined : notInCalendar();
  if (changedCalendar(entry, request).body !== undefined) return fixedBody();
  const attendees = request.meeting.participants?.attendees ?? [];
  const index = attendees.findIndex(({ upn }) => upn === undefined);
  return index < 0 ? undefined : withoutAddress(index);
}

/** Whether an earlier attempt withheld invitations, so that the next change sends them. */
export const hasWithheldInvitations = ({ progress }: LedgerEntry): boolean =>
  progress.state === 'finished' && progress.result.error?.code === 'invitationsWithheld';

const notInCalendar = (): MeetingError =>
  new MeetingError(
    'invalidRequest',
    'This meeting is not in a calendar and cannot be added to one.',
    {
      target: 'calendar',
      remedy: 'Leave out calendar, or cancel the meeting and send it under a new requestId.',
    },
  );

const fixedBody = (): MeetingError =>
  new MeetingError(
    'invalidRequest',
    'The event body contains the join link, so Convoke cannot replace it.',
    {
      target: 'calendar.body',
      remedy: 'Remove calendar.body, or edit the text in Outlook, above the block with the link.',
    },
  );

const withoutAddress = (index: number): MeetingError =>
  new MeetingError(
    'invalidRequest',
    'Calendar meetings invite people by email, so this person needs an address.',
    {
      target: `meeting.participants.attendees[${index}].upn`,
      remedy: 'Enter the email address of this person in upn.',
    },
  );
