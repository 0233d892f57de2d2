import type { Attempt } from '../attempt';
import type { MeetingDependencies } from '../dependencies';
import { hasMeeting } from '../ledger';
import type { Outcome } from '../outcome';
import type { GraphMeeting } from '../planned-meeting';
import type { MeetingResult } from '../../results/meeting-result';
import { fitResult } from '../../results/result-message';
import type { Log } from '../../telemetry/log';
import { markRoutine } from '../../telemetry/tracing';

/** Publishes the result with which a request or one of its changes has just ended. */
export async function publishOutcome(
  result: MeetingResult,
  { results, log }: Pick<MeetingDependencies, 'results' | 'log'>,
): Promise<Outcome> {
  await results.publish(result);
  logResult(result, log);
  return { result, repeated: false };
}

/** Publishes the recorded result of a request or of one of its changes again. */
export async function replayOutcome(
  { metadata, deps }: Pick<Attempt, 'metadata' | 'deps'>,
  recorded: MeetingResult,
): Promise<Outcome> {
  const result = addressedTo(metadata, recorded);
  await deps.results.publish(result);
  deps.log.info('meeting.repeated', { requestId: result.requestId, status: result.status });
  return { result, repeated: true };
}

/** Addresses a result to a batch row with its batchId and index, even if the request arrived by another route first. */
export function addressedTo(
  { batchId, index, pass }: Attempt['metadata'],
  recorded: MeetingResult,
): MeetingResult {
  if (batchId === undefined || index === undefined) return recorded;
  const isSameRow = recorded.batchId === batchId && recorded.index === index;
  if (isSameRow && recorded.pass === pass) return recorded;
  const status = recorded.status === 'created' && !isSameRow ? 'existing' : recorded.status;
  const { pass: _, ...others } = recorded;
  return fitResult({ ...others, batchId, index, status, ...(pass !== undefined && { pass }) });
}

/** Logs a result as `meeting.<status>`, without personal data or links. */
function logResult(result: MeetingResult, log: Log): void {
  const fields = {
    requestId: result.requestId,
    batchId: result.batchId,
    status: result.status,
    attempts: result.attempts,
    ageMs: Date.parse(result.completedDateTime) - Date.parse(result.acceptedDateTime),
    notApplied: result.notApplied.length,
    code: result.error?.code,
    graphRequestId: result.error?.graphRequestId,
  };
  const isAsRequested = hasMeeting(result.status) || result.error === null;
  if (!isAsRequested) return log.warn(`meeting.${result.status}`, fields);
  log.info(`meeting.${result.status}`, fields);
  if (result.attempts <= 1) markRoutine();
}

/** If Graph ever returns two meetings for one key, logs the one that is not recorded. */
export function logOtherMeeting(
  { meeting }: GraphMeeting,
  recorded: MeetingResult,
  log: Log,
): void {
  const recordedId = recorded.meeting?.id;
  if (recordedId === meeting.id) return;
  log.error('meeting.surplus', {
    requestId: recorded.requestId,
    status: recorded.status,
    meetingId: meeting.id,
    recordedMeetingId: recordedId,
  });
}
