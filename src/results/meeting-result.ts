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
