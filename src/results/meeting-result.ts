import type { MeetingErrorBody, Problem } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';

/**
 * How a request ended. `created`: the meeting was created for it. `existing`: Graph already had the meeting of this request.
 * `updated`, `cancelled`: its meeting was. `unchanged`: it already was as asked. `superseded`: a newer change holds. `failed`:
 * there is no meeting, or it is as it was. `unknown`: Graph broke off a call that cannot be repeated safely. `preview`: nothing
 * was done; the result says what would be.
 */
export const meetingStatuses = [
  'created',
  'existing',
  'updated',
  'unchanged',
  'superseded',
  'cancelled',
  'failed',
  'unknown',
  'preview',
] as const;

export type MeetingStatus = (typeof meetingStatuses)[number];

/** What a request would do. `refuse`: nothing; the result's `error` says why. */
export const previewOutcomes = ['create', 'update', 'unchanged', 'cancel', 'refuse'] as const;

export type PreviewOutcome = (typeof previewOutcomes)[number];

/** A property that would change; `path` is a JSON path inside `meeting`. Anything but text is given as JSON; null is nothing. */
export interface PropertyChange {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What would happen to a request, found out without changing anything. */
export interface Preview {
  readonly outcome: PreviewOutcome;
  readonly changes: readonly PropertyChange[];
  /** What does not stop the request, but may not be meant. */
  readonly warnings: readonly Problem[];
}

/** An event in the organizer's calendar; `webLink` opens it in Outlook on the web. */
export interface ResultEvent {
  readonly id: string;
  readonly webLink: string | null;
}

/** The public result of one request: a message on the results queue, and the answer of `createMeeting`. */
export interface MeetingResult {
  readonly requestId: string;
  readonly batchId?: string;
  readonly index?: number;
  /** Which pass over the ended rows of its batch brought it: a retry, or the cancelling of its meetings. From 1. */
  readonly pass?: number;
  readonly status: MeetingStatus;
  /** Order of the changes of one request; there for a change, and for a request that was sent with one. */
  readonly revision?: number;
  readonly organizer: {
    readonly given: string | null;
    /** Name of the pool that the organizer was chosen from. */
    readonly pool?: string;
    readonly id: string | null;
  };
  /** As Graph returned it, including unknown properties; null if there is none. */
  readonly meeting: OnlineMeeting | null;
  /** The event that the meeting belongs to, if it stands in a calendar. */
  readonly event?: ResultEvent;
  /** JSON paths inside `meeting` of options that Graph did not apply. */
  readonly notApplied: readonly string[];
  readonly error: MeetingErrorBody | null;
  /** An earlier try may have made a meeting too, which nobody has the link of: it was repeated as `ifUnknown` says. */
  readonly mayHaveUnusedMeeting?: true;
  /** Set if, and only if, the status is `preview`. */
  readonly preview?: Preview;
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
