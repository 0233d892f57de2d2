import type { CalendarChange } from '../../requests/calendar';
import type { CalendarEvent, CalendarProvider, EventChange } from '../calendar-provider';
import { differences } from './event-differences';
import { inviteesOf } from './invitees';
import { withheld } from './withheld';
import type { GraphDependencies } from '../dependencies';
import { isSilentAbout } from '../calls/not-applied';
import type { CallOptions } from '../ports';
import { withRetries } from '../calls/retry';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { OnlineMeeting, OnlineMeetingInput } from '../../requests/online-meeting';

/** An existing event, and the settings of calls to it. Each call may be repeated. */
export interface EventTarget {
  readonly organizerId: string;
  readonly eventId: string;
  readonly options: CallOptions;
  readonly calendars: CalendarProvider;
  readonly deps: GraphDependencies;
}

/** Undefined if Graph says more than once that there is no such event. */
async function call<T>(
  { options, deps }: EventTarget,
  once: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await withRetries(once, { repeatable: true, deadline: options.deadline }, deps);
  } catch (thrown) {
    if (toMeetingError(thrown).code === 'meetingNotFound') return undefined;
    throw thrown;
  }
}

const read = (target: EventTarget): Promise<CalendarEvent | undefined> =>
  call(target, () => target.calendars.getEvent(target.organizerId, target.eventId, target.options));

/** Removes the event from all calendars. Attendees get a cancellation. Does nothing if the event is gone. */
export async function cancelEvent(target: EventTarget, comment?: string): Promise<void> {
  const { organizerId, eventId, options, calendars } = target;
  const event = await read(target);
  if (event === undefined) return;
  const cancellation = { options, ...(comment !== undefined && { comment }) };
  // Exchange cancels only events with attendees.
  await call(target, () =>
    event.attendees.length > 0
      ? calendars.cancelEvent(organizerId, eventId, cancellation)
      : calendars.deleteEvent(organizerId, eventId, options),
  );
}

/** A change of a meeting in a calendar. */
interface RequestedEvent {
  /** The complete requested meeting and calendar. */
  readonly requested: Pick<MeetingRequest, 'meeting' | 'calendar'>;
  readonly properties: OnlineMeetingInput;
  readonly calendar: CalendarChange;
  readonly hasWithheldInvitations: boolean;
}

/** The update of the event: subject and times, which Exchange passes on to the online meeting, and the attendees. */
export function toEventChange({
  requested,
  properties,
  calendar,
  hasWithheldInvitations,
}: RequestedEvent): EventChange {
  const { subject, startDateTime, endDateTime } = properties;
  const { invite, ...others } = calendar;
  const invitesAnew = invite !== undefined || properties.participants !== undefined;
  return {
    ...others,
    ...(subject !== undefined && { subject }),
    ...(startDateTime !== undefined && { startDateTime }),
    ...(endDateTime !== undefined && { endDateTime }),
    ...((invitesAnew || hasWithheldInvitations) && { attendees: inviteesOf(requested) }),
  };
}

/**
 * The requested values of the properties that people have changed in Outlook.
 * @throws MeetingError `meetingNotFound` if somebody has deleted it.
 */
export async function repairsOf(
  target: EventTarget,
  requested: RequestedEvent['requested'],
): Promise<EventChange> {
  const event = await read(target);
  if (event === undefined) throw eventGone();
  return differences(requested, event);
}

/** @throws MeetingError `meetingNotFound` if somebody has deleted the event. */
export async function updateEvent(target: EventTarget, change: EventChange): Promise<void> {
  const { organizerId, eventId, options, calendars } = target;
  if (Object.keys(change).length === 0) return;
  const update = { change, options };
  const updated = await call(target, () => calendars.updateEvent(organizerId, eventId, update));
  if (updated === undefined) throw eventGone();
}

/** @throws MeetingError `invitationsWithheld` if new people would get a link to a meeting without the requested options. */
export function checkBeforeInviting(
  { attendees = [] }: EventChange,
  {
    notApplied,
    meeting,
  }: { readonly notApplied: readonly string[]; readonly meeting: OnlineMeeting },
): void {
  if (attendees.length === 0) return;
  const wrong = notApplied.filter((path) => !isSilentAbout(path, meeting));
  if (wrong.length > 0) throw withheld({ notApplied: wrong });
}

const eventGone = (): MeetingError =>
  new MeetingError(
    'meetingNotFound',
    'The event of this request is no longer in the calendar: somebody has deleted it.',
    { remedy: 'Cancel the request, then send the meeting under a new requestId.' },
  );
