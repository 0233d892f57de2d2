import { MeetingError } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';
import type { OnlineMeetingInput } from '../requests/online-meeting';
import { pastMeetingProblem } from '../requests/past-meeting';
import type { MeetingDependencies } from './dependencies';
import { isUnbegun } from './ledger';

/**
 * Refuses a request that came after its meeting was over, unless it has begun: then it has a result already, or gets the one
 * that it was accepted for.
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

/** The error of a meeting that was over at this time (ISO 8601); undefined for one that was not. */
export function pastMeetingError(
  meeting: OnlineMeetingInput,
  acceptedDateTime: string,
): MeetingError | undefined {
  const problem = pastMeetingProblem(meeting, acceptedDateTime);
  if (problem === undefined) return undefined;
  const { target, message } = problem;
  return new MeetingError('invalidRequest', message, { target, details: [problem] });
}
