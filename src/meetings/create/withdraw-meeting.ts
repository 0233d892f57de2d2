import { toMeetingError } from '../../errors/meeting-error';
import type { Attempt } from '../attempt';
import { cancelEvent } from '../calendar/change-event';
import type { GraphMeeting } from '../planned-meeting';
import { deleteMeeting } from '../calls/stored-meetings';

/** Deletes a meeting whose request was cancelled meanwhile: nobody has its link. */
export async function withdrawMeeting(
  { request, deps }: Attempt,
  { organizerId, meeting, event }: GraphMeeting,
): Promise<void> {
  const { requestId } = request;
  const { calendars } = deps;
  const options = { deadline: deps.clock.now().getTime() + 2 * deps.callTimeoutMs, requestId };
  try {
    if (event === undefined || calendars === undefined)
      await deleteMeeting({ organizer: organizerId, meetingId: meeting.id, options }, deps);
    else await cancelEvent({ organizerId, eventId: event.id, options, calendars, deps });
  } catch (thrown) {
    const { code } = toMeetingError(thrown);
    if (code !== 'meetingNotFound')
      deps.log.error('meeting.surplus', { requestId, meetingId: meeting.id, code });
  }
}
