import type { MeetingErrorBody } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';

/**
 * How a request ended. `created`: the meeting was made for it. `existing`: Graph already had the meeting of this request.
 * `failed`: nothing was made. `unknown`: Graph broke off a call that cannot be repeated safely.
 */
export type MeetingStatus = 'created' | 'existing' | 'failed' | 'unknown';

/** The public result of one request: a message on the results queue, and the answer of `createMeeting`. */
export interface MeetingResult {
  readonly requestId: string;
  readonly batchId?: string;
  readonly index?: number;
  readonly status: MeetingStatus;
  readonly organizer: { readonly given: string | null; readonly id: string | null };
  /** As Graph returned it, unknown properties included; null when there is none. */
  readonly meeting: OnlineMeeting | null;
  /** JSON paths inside `meeting` of what was asked for and is not what Graph returned. */
  readonly notApplied: readonly string[];
  readonly error: MeetingErrorBody | null;
  /** How often the request was tried. */
  readonly attempts: number;
  readonly acceptedDateTime: string;
  readonly completedDateTime: string;
  readonly traceparent?: string;
  /** JSON paths that were left out to keep the message under the limit of a queue message. */
  readonly truncated?: readonly string[];
  /** What the message said that could not be processed: as text, or by the name of a blob when it is long. */
  readonly original?: { readonly text: string } | { readonly blob: string };
}

/** Where a request came from and how far it has come: carried along when it is put back. */
export interface Delivery {
  /** Tries before this one. */
  readonly attempts: number;
  /** When the request was first seen, ISO 8601 UTC. */
  readonly acceptedDateTime: string;
  readonly batchId?: string;
  readonly index?: number;
  /** W3C trace context: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
}

/** A delivery at the moment it is worked on. */
export interface Arrival extends Delivery {
  /** The request is too old to be put back: this attempt ends it. */
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
