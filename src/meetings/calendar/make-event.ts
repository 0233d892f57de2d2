import { hasCode, notYet, readEventOnce, repeatably, type EventWork } from './call-calendar';
import type { CalendarEvent } from '../calendar-provider';
import { ensureEvent, withdraw } from './ensure-event';
import { withheld } from './withheld';
import { inRequest, inviteesOf, notInvited, optionsOf } from './invitees';
import type { GraphDependencies } from '../dependencies';
import { isSilentAbout } from '../calls/not-applied';
import type { GraphMeeting, PlannedMeeting } from '../planned-meeting';
import type { StoredMeeting } from '../ports';
import { setOptions } from '../calls/set-options';
import { MeetingError, toMeetingError, withExecuted } from '../../errors/meeting-error';

/**
 * Makes a meeting through an event in its organizer's calendar: event without attendees → join link → online meeting →
 * options → attendees, to whom Exchange sends the invitations. Each step looks at what Graph has and does only what is
 * missing, so the whole can be repeated from the start after any interruption; the event's id is in the ledger row
 * before anybody is invited.
 */
export async function makeEvent(
  planned: PlannedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const work = toWork(planned, deps);
  let event: CalendarEvent | undefined;
  try {
    event = await ensureEvent(work);
    const linked = await waitForLink(work, event);
    const meeting = await waitForMeeting(work, linked.joinUrl);
    return await inviteTo(work, linked, await setOptionsOf(work, meeting));
  } catch (thrown) {
    throw await cleanedUp(work, event, toMeetingError(thrown));
  }
}

function toWork(planned: PlannedMeeting, deps: GraphDependencies): EventWork {
  const { calendars } = deps;
  if (calendars === undefined) throw calendarNotEnabled();
  return { planned, calendars, deps, record: planned.recordEvent ?? (() => Promise.resolve()) };
}

/** Returns the error of a request with a `calendar` where the operator has not set up calendars. */
export const calendarNotEnabled = (): MeetingError =>
  new MeetingError('calendarNotEnabled', 'Calendars are not set up for this app.', {
    target: 'calendar',
  });

/** Waits for the link, which may appear a few seconds after the event. */
async function waitForLink(
  work: EventWork,
  event: CalendarEvent,
): Promise<CalendarEvent & { readonly joinUrl: string }> {
  let isFirst = true;
  return repeatably(work, async (options) => {
    const now = isFirst ? event : ((await readEventOnce(work, event.id, options)) ?? event);
    isFirst = false;
    const { joinUrl } = now;
    if (joinUrl !== undefined) return { ...now, joinUrl };
    if (!now.isOnlineMeeting) throw teamsNotInMailbox();
    throw notYet('The event has no join link yet.');
  });
}

const teamsNotInMailbox = (): MeetingError =>
  new MeetingError(
    'teamsNotInMailbox',
    'The organizer’s mailbox does not allow Teams meetings, so the event was removed again.',
    { target: 'organizer' },
  );

/** Waits until Graph finds the meeting by its link, a few seconds after the event. */
const waitForMeeting = (work: EventWork, joinUrl: string): Promise<StoredMeeting> =>
  repeatably(work, async (options) => {
    const { planned, deps } = work;
    const key = { property: 'JoinWebUrl', value: joinUrl } as const;
    try {
      const { value } = await deps.provider.find(planned.organizerId, key, options);
      const [meeting] = value;
      if (meeting !== undefined) return meeting;
    } catch (thrown) {
      if (!hasCode(thrown, 'meetingNotFound')) throw thrown;
    }
    throw notYet('Microsoft Graph cannot find the event’s meeting yet.');
  });

async function setOptionsOf(
  { planned, deps }: EventWork,
  meeting: StoredMeeting,
): Promise<GraphMeeting> {
  const { request } = planned;
  const withOptions = { ...request, meeting: optionsOf(request.meeting) };
  const made = await setOptions(
    { ...planned, request: withOptions },
    { meeting, created: true },
    deps,
  );
  return { ...made, notApplied: made.notApplied.map(inRequest(request.meeting)) };
}

/** Invites people only to a meeting with the requested options: an email cannot be recalled. */
async function inviteTo(
  work: EventWork,
  event: CalendarEvent,
  made: GraphMeeting,
): Promise<GraphMeeting> {
  const people = inviteesOf(work.planned.request);
  if (notInvited(people, event).length === 0) return { ...made, event };
  if (!isAsRequested(made)) return { ...made, event, refusal: withheld(made) };
  const invited = await invite(work, event);
  return { ...made, event: invited };
}

/** Whether the meeting is as requested. If Graph accepts an option and then omits it from its answer, the option counts as set. */
const isAsRequested = ({ refusal, notApplied, meeting }: GraphMeeting): boolean =>
  refusal === undefined && notApplied.every((path) => isSilentAbout(path, meeting));

/** Invites those who are missing: after a call whose response was lost, the event shows who is already invited. */
async function invite(work: EventWork, event: CalendarEvent): Promise<CalendarEvent> {
  const { planned, calendars } = work;
  const attendees = inviteesOf(planned.request);
  let current = event;
  let isInDoubt = false;
  return repeatably(work, async (options) => {
    if (isInDoubt) current = (await readEventOnce(work, event.id, options)) ?? current;
    if (notInvited(attendees, current).length === 0) return current;
    isInDoubt = true;
    const update = { change: { attendees }, options };
    return calendars.updateEvent(planned.organizerId, event.id, update);
  });
}

/** Removes the event of a meeting that cannot succeed, as long as nobody has been invited. */
async function cleanedUp(
  work: EventWork,
  event: CalendarEvent | undefined,
  error: MeetingError,
): Promise<MeetingError> {
  const mayBeThere =
    event !== undefined || work.planned.mayHaveMeeting || work.planned.event?.id !== undefined;
  const mayGoOn = error.retryable || error.code === 'internalError' || event === undefined;
  if (error.code === 'eventDeleted') return withExecuted(error, 'no');
  if (mayGoOn || event.attendees.length > 0)
    return mayBeThere ? withExecuted(error, 'unknown') : error;
  try {
    await withdraw(work, event);
    return withExecuted(error, 'no');
  } catch (thrown) {
    return withExecuted(toMeetingError(thrown), 'unknown');
  }
}
