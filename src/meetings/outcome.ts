import { MeetingError, toErrorBody } from '../errors/meeting-error';
import { hasMeeting } from './ledger';
import type { MadeMeeting } from './call-graph';
import type { Log } from '../telemetry/log';
import type { MeetingRequest } from '../requests/meeting-request';
import {
  resultOrigin,
  type Arrival,
  type MeetingResult,
  type MeetingStatus,
} from '../results/meeting-result';

/** Whose ending it is, and how far it had come. */
export interface Origin {
  readonly request: MeetingRequest & { readonly requestId: string };
  readonly arrival: Arrival;
  readonly attempts: number;
  readonly completed: () => Date;
}

export interface Ending {
  readonly status: MeetingStatus;
  readonly made?: MadeMeeting;
  readonly error?: MeetingError;
}

/** The public result of an ending. */
export function resultOf(origin: Origin, { status, made, error }: Ending): MeetingResult {
  const failure = error === undefined ? made?.refusal : atEnd(error, status);
  return {
    requestId: origin.request.requestId,
    status,
    organizer: { given: origin.request.organizer, id: made?.organizerId ?? null },
    meeting: made?.meeting ?? null,
    notApplied: made?.notApplied ?? [],
    error: failure === undefined ? null : toErrorBody(failure),
    attempts: origin.attempts,
    ...resultOrigin(origin.arrival),
    completedDateTime: origin.completed().toISOString(),
  };
}

/** What broke off a call that cannot be repeated is reported as just that, with the first cause kept. */
const atEnd = (error: MeetingError, status: MeetingStatus): MeetingError =>
  status === 'unknown' && error.code !== 'outcomeUnknown'
    ? new MeetingError(
        'outcomeUnknown',
        `The call to Microsoft Graph broke off: ${error.message}`,
        {
          executed: 'unknown',
          graphRequestId: error.graphRequestId,
          cause: error,
        },
      )
    : error;

export function logEnd(result: MeetingResult, log: Log): void {
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
  if (hasMeeting(result.status)) log.info(`meeting.${result.status}`, fields);
  else log.warn(`meeting.${result.status}`, fields);
}
