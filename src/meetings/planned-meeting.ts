import type { CalendarEvent } from './calendar-provider';
import type { RecordedEvent } from './calendar/recorded-event';
import type { Plan } from './plan';
import type { CallOptions, CreatedMeeting } from './ports';
import type { MeetingError } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';

/** The meeting to make: for whom, and how. */
export interface PlannedMeeting {
  readonly request: MeetingRequest;
  readonly organizerId: string;
  readonly plan: Plan;
  /** An earlier attempt may have made the meeting. */
  readonly mayHaveMeeting: boolean;
  /** Options of each call for this meeting. */
  readonly options: CallOptions;
  /** Whether no attempt follows: then a meeting without some options is better than none. */
  readonly isLastAttempt: boolean;
  /** The event recorded so far, if the meeting has one. */
  readonly event?: RecordedEvent;
  /** Writes the event into the ledger row. @throws MeetingError if another attempt holds the row now. */
  readonly recordEvent?: (event: RecordedEvent) => Promise<void>;
}

/** The current meeting in Graph, and the requested options that differ. */
export interface GraphMeeting extends CreatedMeeting {
  readonly organizerId: string;
  readonly notApplied: readonly string[];
  /** The meeting exists, but Graph refused to set options on it. */
  readonly refusal?: MeetingError;
  /** The event that the meeting belongs to. */
  readonly event?: CalendarEvent;
}
