import { MeetingError } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';
import { pastMeetingProblem } from '../requests/past-meeting';
import type { MeetingDependencies } from './dependencies';

/**
 * Refuses a request that came after its meeting was over, unless it is known: then it has a result already, or gets the one
 * that it was accepted for.
 * @throws MeetingError `invalidRequest`, `storageUnavailable`.
 */
export async function refusePastMeeting(
  { requestId, meeting }: MeetingRequest,
  acceptedDateTime: string,
  { allowPast, ledger }: Pick<MeetingDependencies, 'allowPast' | 'ledger'>,
): Promise<void> {
  const problem = allowPast ? undefined : pastMeetingProblem(meeting, acceptedDateTime);
  if (problem === undefined) return;
  if (requestId !== undefined && (await ledger.read(requestId)) !== undefined) return;
  throw new MeetingError('invalidRequest', problem.message, {
    target: problem.target,
    details: [problem],
  });
}
