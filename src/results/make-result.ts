import type { MessageMetadata } from '../requests/message-metadata';
import type { MeetingResult } from './meeting-result';
import { fitResult } from './result-message';

/** The request that a result is about. */
export interface ResultSubject {
  readonly requestId: string;
  readonly organizer: MeetingResult['organizer'];
  readonly revision?: number | undefined;
  readonly metadata: MessageMetadata;
}

/** The end of a request; without a meeting unless given. */
export type ResultEnd = Pick<MeetingResult, 'status' | 'attempts' | 'completedDateTime'> &
  Partial<
    Pick<
      MeetingResult,
      | 'meeting'
      | 'event'
      | 'notApplied'
      | 'error'
      | 'preview'
      | 'mayHaveUnusedMeeting'
      | 'truncated'
    >
  >;

/** Builds the public result of one request, shortened to fit into one queue message. */
export function makeResult(
  { requestId, organizer, revision, metadata }: ResultSubject,
  end: ResultEnd,
): MeetingResult {
  const { status, meeting = null, event, notApplied = [], error = null, preview } = end;
  const { batchId, index, pass, acceptedDateTime, traceparent } = metadata;
  return fitResult({
    requestId,
    status,
    ...(revision !== undefined && { revision }),
    organizer,
    meeting,
    ...(event !== undefined && { event }),
    notApplied,
    error,
    ...(end.mayHaveUnusedMeeting === true && { mayHaveUnusedMeeting: true }),
    ...(preview !== undefined && { preview }),
    attempts: end.attempts,
    ...(batchId !== undefined && { batchId }),
    ...(index !== undefined && { index }),
    ...(pass !== undefined && { pass }),
    acceptedDateTime,
    ...(traceparent !== undefined && { traceparent }),
    completedDateTime: end.completedDateTime,
    ...(end.truncated !== undefined && { truncated: end.truncated }),
  });
}
