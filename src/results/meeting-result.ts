import type { MeetingErrorBody } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';

/**
 * How a request ended. `created`: the meeting was created for it. `existing`: Graph already had the meeting of this request.
 * `failed`: there is no meeting. `unknown`: Graph broke off a call that cannot be repeated safely.
 */
export type MeetingStatus = 'created' | 'existing' | 'failed' | 'unknown';

/** The public result of one request: a message on the results queue, and the answer of `createMeeting`. */
export interface MeetingResult {
  readonly requestId: string;
  readonly batchId?: string;
  readonly index?: number;
  readonly status: MeetingStatus;
  readonly organizer: { readonly given: string | null; readonly id: string | null };
  /** As Graph returned it, including unknown properties; null if there is none. */
  readonly meeting: OnlineMeeting | null;
  /** JSON paths inside `meeting` of options that Graph did not apply. */
  readonly notApplied: readonly string[];
  readonly error: MeetingErrorBody | null;
  /** Number of attempts. */
  readonly attempts: number;
  readonly acceptedDateTime: string;
  readonly completedDateTime: string;
  readonly traceparent?: string;
  /** JSON paths that were left out to fit into a queue message. */
  readonly truncated?: readonly string[];
  /** The message that could not be processed: as text, or as the name of a blob if it is long. */
  readonly original?: { readonly text: string } | { readonly blob: string };
}

/** Where a request came from, and its progress. Kept when it is put back. */
export interface Delivery {
  /** Attempts before this one. */
  readonly attempts: number;
  /** When the request was first seen, ISO 8601 UTC. */
  readonly acceptedDateTime: string;
  readonly batchId?: string;
  readonly index?: number;
  /** W3C trace context: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
}

/** A delivery that is being processed. */
export interface Arrival extends Delivery {
  /** The request is too old to be put back, so this attempt is the last. */
  readonly final?: boolean;
}

/** The part of a result that comes from the delivery. */
export const resultOrigin = (
  delivery: Delivery,
): Pick<MeetingResult, 'batchId' | 'index' | 'acceptedDateTime' | 'traceparent'> => ({
  ...(delivery.batchId !== undefined && { batchId: delivery.batchId }),
  ...(delivery.index !== undefined && { index: delivery.index }),
  acceptedDateTime: delivery.acceptedDateTime,
  ...(delivery.traceparent !== undefined && { traceparent: delivery.traceparent }),
});
