import { calendarNotEnabled } from './calendar/make-event';
import { isChange } from './change';
import { changeMeeting } from './changes/change-meeting';
import { createMeeting } from './create/create-meeting';
import type { MeetingDependencies } from './dependencies';
import type { Outcome } from './outcome';
import { isUnbegun } from './ledger';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';
import { pastMeetingError } from '../requests/past-meeting';

/**
 * Carries out a request of any action and publishes its result.
 * @throws MeetingError as `createMeeting` and `changeMeeting`, and for a new meeting that would already be over.
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

/**
 * Refuses a request that arrived after its meeting was over, unless it has begun: then it has a result, or will get
 * one.
 * @throws MeetingError `invalidRequest`, `storageUnavailable`.
 */
export async function refusePastMeeting(
  { requestId, meeting }: MeetingRequest,
  acceptedDateTime: string,
  { allowPast, ledger }: Pick<MeetingDependencies, 'allowPast' | 'ledger'>,
): Promise<void> {
  const error = allowPast ? undefined : pastMeetingError(meeting, acceptedDateTime);
  if (error === undefined) return;
  const stored = requestId === undefined ? undefined : await ledger.read(requestId);
  if (stored === undefined || isUnbegun(stored.entry)) throw error;
}
