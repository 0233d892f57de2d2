import type { Plan } from './plan';
import type { CallOptions, CreatedMeeting } from './ports';
import type { MeetingError } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';

/** What to make, for whom, and how. */
export interface PlannedMeeting {
  readonly request: MeetingRequest;
  readonly organizerId: string;
  readonly plan: Plan;
  /** An earlier attempt can have made the meeting. */
  readonly mayHaveMeeting: boolean;
  /** The last moment to begin a call, in milliseconds since 1970. */
  readonly deadline: number;
  /** A meeting without some of its options is better than no answer. */
  readonly isLastAttempt: boolean;
}

/** A meeting as Graph has it now, and the requested options that differ. */
export interface GraphMeeting extends CreatedMeeting {
  readonly organizerId: string;
  readonly notApplied: readonly string[];
  /** The meeting is there, but Graph refused to set options on it. */
  readonly refusal?: MeetingError;
}

/** What each call for this meeting carries besides its body. */
export const callOptions = ({ request, deadline }: PlannedMeeting): CallOptions => ({
  language: request.language,
  deadline,
  requestId: request.requestId,
});
