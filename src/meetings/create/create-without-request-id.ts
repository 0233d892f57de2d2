import type { MeetingDependencies } from '../dependencies';
import type { Outcome } from '../outcome';
import { makeMeeting } from './make-meeting';
import { findOrganizer } from '../calls/people';
import { endOf } from './record-outcome';
import { toMeetingError, type MeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import { makeResult, type ResultEnd } from '../../results/make-result';
import type { MeetingResult } from '../../results/meeting-result';

/** Makes the meeting of a request without an id: one plain create, without a ledger row. */
export async function createWithoutRequestId(
  request: MeetingRequest,
  metadata: MessageMetadata,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const requestId = deps.random.newId();
  const deadline = deps.clock.now().getTime() + 2 * deps.callTimeoutMs;
  const options = { deadline, language: request.language };
  let organizerId: string | null = null;
  const call = async (): Promise<ReturnType<typeof endOf>> => {
    try {
      organizerId = await findOrganizer(request.organizer, { deadline }, deps);
      const planned = { plan: 'create', mayHaveMeeting: false, isLastAttempt: true } as const;
      const made = await makeMeeting({ ...planned, request, organizerId, options }, deps);
      return endOf('created', { made });
    } catch (thrown) {
      return endAfter(toMeetingError(thrown));
    }
  };
  const end = await call();
  const completedDateTime = deps.clock.now().toISOString();
  const organizer = { given: request.organizer, id: organizerId };
  const result = makeResult(
    { requestId, organizer, metadata },
    { ...end, attempts: 1, completedDateTime },
  );
  await publishOrReport(result, deps);
  return { result, repeated: false };
}

/** @throws MeetingError if nothing was created and the caller may try again. */
function endAfter(error: MeetingError): Pick<ResultEnd, 'status' | 'error'> {
  if (error.executed === 'no' && error.retryable) throw error;
  return endOf(error.executed === 'no' ? 'failed' : 'unknown', { error });
}

/** Without a requestId the caller cannot ask again, so it gets its meeting even if the queue is unavailable. */
async function publishOrReport(
  result: MeetingResult,
  { results, log }: MeetingDependencies,
): Promise<void> {
  try {
    await results.publish(result);
  } catch (thrown) {
    log.error('result.not-published', {
      requestId: result.requestId,
      reason: toMeetingError(thrown).code,
    });
  }
}
