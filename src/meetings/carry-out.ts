import { calendarNotEnabled } from './calendar/make-event';
import { isChange } from './changes/change';
import { changeMeeting } from './changes/change-meeting';
import { createMeeting } from './create-meeting';
import type { MeetingDependencies, Outcome } from './dependencies';
import { refusePastMeeting } from './refuse-past-meeting';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';

/**
 * Does what a request asks for, whatever that is, and publishes its result.
 * @throws MeetingError as `createMeeting` and `changeMeeting`, and for a new meeting that is over already.
 */
export async function carryOut(
  request: MeetingRequest,
  metadata: MessageMetadata,
  deps: MeetingDependencies,
): Promise<Outcome> {
  if (request.calendar !== undefined && deps.calendars === undefined) throw calendarNotEnabled();
  if (isChange(request)) return changeMeeting(request, metadata, deps);
  await refusePastMeeting(request, metadata.acceptedDateTime, deps);
  return createMeeting(request, metadata, deps);
}
