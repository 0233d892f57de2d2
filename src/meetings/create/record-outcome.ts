import type { Attempt, Position } from '../attempt';
import type { CalendarEvent } from '../calendar-provider';
import { isChange, revisionOf } from '../change';
import type { Outcome } from '../outcome';
import { finished, type Decision, type LedgerEntry } from '../ledger';
import type { GraphMeeting } from '../planned-meeting';
import { publishOutcome } from './publish-outcome';
import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import { organizerOf } from '../../results/given-organizer';
import { makeResult, type ResultEnd, type ResultSubject } from '../../results/make-result';
import type { MeetingStatus, ResultEvent } from '../../results/meeting-result';

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
  return publishOutcome(result, deps);
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
  return publishOutcome(result, deps);
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
