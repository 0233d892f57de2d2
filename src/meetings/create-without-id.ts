import { resultOf } from './outcome';
import { toMeetingError } from '../errors/meeting-error';
import { makeMeeting } from './call-graph';
import type { MeetingDependencies, Outcome } from './dependencies';
import type { MeetingRequest } from '../requests/meeting-request';
import type { Arrival, MeetingResult } from '../results/meeting-result';

/** Makes the meeting of a request without an id: one plain create, with nothing in the ledger. */
export async function createUnrepeatable(
  request: MeetingRequest,
  arrival: Arrival,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const requestId = deps.random.newId();
  const deadline = deps.clock.now().getTime() + 2 * deps.callTimeoutMs;
  const origin = {
    request: { ...request, requestId },
    arrival,
    attempts: 1,
    completed: () => deps.clock.now(),
  };
  let result: MeetingResult;
  try {
    const made = await makeMeeting(
      { request, plan: 'create', mayHaveMeeting: false, deadline },
      deps,
    );
    result = resultOf(origin, { status: 'created', made });
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.executed === 'no' && error.retryable) throw error;
    result = resultOf(origin, { status: error.executed === 'no' ? 'failed' : 'unknown', error });
  }
  await publishOrReport(result, deps);
  return { result, repeated: false };
}

/** Without a requestId the caller cannot come back for the meeting, so it gets it even if the queue is out of reach. */
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
