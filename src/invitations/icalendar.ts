import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { InvitationSource } from '../results/invitation-source';
import { sequenceOf, uidOf } from './invitation';
import { joinHtml } from './html';
import { joinTextOf } from './text';

/**
 * The invitation as an iCalendar object: https://www.rfc-editor.org/rfc/rfc5546. The method is PUBLISH, not REQUEST:
 * replies would go to an organizer who has no such event. Times are in UTC.
 */
export function toICalendar(source: InvitationSource): string {
  const { meeting, revision, isCancelled, organizerAddress } = source;
  const calendar = new ICalCalendar({
    prodId: { company: 'Convoke', product: 'Convoke', language: 'EN' },
    method: methodOf(source),
  });
  const event = calendar.createEvent({
    id: uidOf(source),
    sequence: sequenceOf(revision),
    stamp: new Date(source.completedDateTime),
    created: new Date(source.acceptedDateTime),
    lastModified: new Date(source.completedDateTime),
    start: new Date(meeting.startDateTime ?? ''),
    end: new Date(meeting.endDateTime ?? ''),
    summary: meeting.subject ?? '',
    location: 'Microsoft Teams',
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(organizerAddress !== undefined && {
      organizer: { name: organizerAddress, email: organizerAddress },
    }),
  });
  if (isCancelled) return endedLines(calendar);
  const url = meeting.joinWebUrl ?? '';
  event.url(url);
  event.description({ plain: joinTextOf(source), html: joinHtml(source) });
  // Outlook shows its Join button because of this property: MS-OXCICAL, section 2.1.3.1.1.20.
  event.x([['X-MICROSOFT-SKYPETEAMSMEETINGURL', url]]);
  return endedLines(calendar);
}

/** The library leaves the last line open, and each must end: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const endedLines = (calendar: ICalCalendar): string => `${calendar.toString()}\r\n`;

/** Returns the iTIP method, which the media type must repeat: https://www.rfc-editor.org/rfc/rfc5546#section-1.4 */
export const methodOf = ({ isCancelled }: InvitationSource): ICalCalendarMethod =>
  isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH;
