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
