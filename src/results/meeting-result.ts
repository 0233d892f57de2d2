import type { MeetingErrorBody, Problem } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';

/**
 * The statuses of results. `created`: the meeting was created. `existing`: Graph already had the meeting of this
 * request. `updated`, `cancelled`: the meeting was changed or cancelled. `unchanged`: the meeting already was as
 * requested. `superseded`: a newer change has won. `failed`: there is no meeting, or it is unchanged. `unknown`: a call
 * that cannot be repeated safely was interrupted. `preview`: nothing was done; the result predicts the outcome.
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

/** One of `meetingStatuses`. */
export type MeetingStatus = (typeof meetingStatuses)[number];

/** The outcomes of previews. `refuse`: the request would do nothing; `error` of the result says why. */
export const previewOutcomes = ['create', 'update', 'unchanged', 'cancel', 'refuse'] as const;

/** One of `previewOutcomes`. */
export type PreviewOutcome = (typeof previewOutcomes)[number];

/** A property that would change; `path` is a JSON path inside `meeting`. Values other than text are JSON; null means no value. */
export interface PropertyChange {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The predicted outcome of a request. */
export interface Preview {
  readonly outcome: PreviewOutcome;
  readonly changes: readonly PropertyChange[];
  /** Possible mistakes that do not stop the request. */
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
  /** The pass over finished rows of its batch that gave this result: a retry, or the cancelling of its meetings. From 1. */
  readonly pass?: number;
  readonly status: MeetingStatus;
  /** Order of the changes of one request; present for a change, and for a request that has one. */
  readonly revision?: number;
  readonly organizer: {
    readonly given: string | null;
    /** Name of the pool that the organizer was chosen from. */
    readonly pool?: string;
    readonly id: string | null;
  };
  /** As Graph returned it, including unknown properties; null if there is none. */
  readonly meeting: OnlineMeeting | null;
  /** The event of the meeting, if it is in a calendar. */
  readonly event?: ResultEvent;
  /** JSON paths inside `meeting` of options that Graph did not apply. */
  readonly notApplied: readonly string[];
  readonly error: MeetingErrorBody | null;
  /** An earlier try may also have made a meeting, whose link nobody has: it was repeated because of `ifUnknown`. */
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
