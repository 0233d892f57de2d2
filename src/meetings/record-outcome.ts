import type { Attempt, Position, Step } from './attempt';
import type { CalendarEvent } from './calendar-provider';
import { isChange, revisionOf } from './changes/change';
import type { Outcome } from './outcome';
import { finished, hasMeeting, type Decision, type LedgerEntry } from './ledger';
import type { GraphMeeting } from './planned-meeting';
import { MeetingError, toErrorBody } from '../errors/meeting-error';
import { organizerOf } from '../results/given-organizer';
import { makeResult, type ResultEnd, type ResultSubject } from '../results/make-result';
import type { MeetingResult, MeetingStatus, ResultEvent } from '../results/meeting-result';
import { fitResult } from '../results/result-message';
import type { Log } from '../telemetry/log';
import { markRoutine } from '../telemetry/tracing';

/** Records and publishes the end of the request; undefined if another attempt has changed the row. */
export async function recordOutcome(
  { request, metadata, deps }: Attempt,
  { stored: { etag, entry }, step }: Position,
  { status, error }: Extract<Decision, { readonly kind: 'finish' }>,
): Promise<Outcome | undefined> {
  const made = step.kind === 'made' ? step.made : undefined;
  const result = makeResult(
    {
      requestId: request.requestId,
      organizer: organizerOf(request, entry.organizerId),
      revision: entry.revision,
      metadata: { ...metadata, acceptedDateTime: entry.acceptedDateTime },
    },
    {
      ...endOf(status, { made, error }),
      ...(made !== undefined && mayHaveUnused(entry) && { mayHaveUnusedMeeting: true }),
      attempts: entry.attempts,
      completedDateTime: deps.clock.now().toISOString(),
    },
  );
  if ((await deps.ledger.replace(etag, finished(entry, result))) === undefined) return undefined;
  await deps.results.publish(result);
  logResult(result, deps.log);
  return { result, repeated: false };
}

/** Whether a plain create was repeated although an earlier one may have had an effect. */
const mayHaveUnused = ({ plan, mayHaveMeeting }: LedgerEntry): boolean =>
  plan === 'createOnce' && mayHaveMeeting === true;

/** Ends a request that was cancelled before it arrived, or during its attempt. */
export async function refuseCancelledRequest(
  { request, metadata, deps }: Attempt,
  { organizerId }: LedgerEntry,
): Promise<Outcome> {
  const result = makeResult(subjectOf({ request, metadata }, organizerId), {
    status: 'cancelled',
    error: toErrorBody(requestCancelled()),
    attempts: metadata.attempts + 1,
    completedDateTime: deps.clock.now().toISOString(),
  });
  await deps.results.publish(result);
  logResult(result, deps.log);
  return { result, repeated: false };
}

/** What a result is about, as the request itself says. */
export const subjectOf = (
  { request, metadata }: Pick<Attempt, 'request' | 'metadata'>,
  organizerId: string | undefined,
): ResultSubject => ({
  requestId: request.requestId,
  organizer: organizerOf(request, organizerId),
  revision: isChange(request) ? revisionOf(request, metadata) : request.revision,
  metadata,
});

/** Returns the error of a request to make a meeting whose cancellation was asked for. */
export const requestCancelled = (): MeetingError =>
  new MeetingError('requestCancelled', 'This request was cancelled. This is final.', {
    target: 'requestId',
  });

/** Publishes the recorded result again. */
export async function replayOutcome(
  { metadata, deps }: Attempt,
  step: Step,
  recorded: MeetingResult,
): Promise<Outcome> {
  if (step.kind === 'made') logOtherMeeting(step.made, recorded, deps.log);
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

/** The part of a result that comes from the calls to Graph. */
export function endOf(
  status: MeetingStatus,
  {
    made,
    error,
  }: { readonly made?: GraphMeeting | undefined; readonly error?: MeetingError | undefined },
): Pick<ResultEnd, 'status' | 'meeting' | 'event' | 'notApplied' | 'error'> {
  const failure = error === undefined ? made?.refusal : explained(error, status);
  return {
    status,
    meeting: made?.meeting ?? null,
    ...(made?.event !== undefined && { event: toResultEvent(made.event) }),
    notApplied: made?.notApplied ?? [],
    error: failure === undefined ? null : toErrorBody(failure),
  };
}

const toResultEvent = ({ id, webLink }: CalendarEvent): ResultEvent => ({
  id,
  webLink: webLink ?? null,
});

/** Reports an interrupted call that cannot be repeated as `outcomeUnknown`, with the original cause. */
const explained = (error: MeetingError, status: MeetingStatus): MeetingError =>
  status === 'unknown' && error.code !== 'outcomeUnknown'
    ? new MeetingError(
        'outcomeUnknown',
        `The call to Microsoft Graph was interrupted: ${error.message}`,
        { executed: 'unknown', graphRequestId: error.graphRequestId, cause: error },
      )
    : error;

/** Logs a result as `meeting.<status>`, without personal data or links. */
export function logResult(result: MeetingResult, log: Log): void {
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
function logOtherMeeting({ meeting }: GraphMeeting, recorded: MeetingResult, log: Log): void {
  const recordedId = recorded.meeting?.id;
  if (recordedId === meeting.id) return;
  log.error('meeting.surplus', {
    requestId: recorded.requestId,
    status: recorded.status,
    meetingId: meeting.id,
    recordedMeetingId: recordedId,
  });
}
