import type { CalendarEvent } from '../calendar/calendar-provider';
import type { RecordedEvent } from '../calendar/recorded-event';
import type { Plan } from '../plan';
import type { CallOptions, CreatedMeeting } from '../ports';
import type { MeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';

/** What to make, for whom, and how. */
export interface PlannedMeeting {
  readonly request: MeetingRequest;
  readonly organizerId: string;
  readonly plan: Plan;
  /** An earlier attempt can have made the meeting. */
  readonly mayHaveMeeting: boolean;
  /** What each call for this meeting carries besides its body. */
  readonly options: CallOptions;
  /** A meeting without some of its options is better than no answer. */
  readonly isLastAttempt: boolean;
  /** What is known of its event, if it has one. */
  readonly event?: RecordedEvent;
  /** Writes the event into the ledger row. @throws MeetingError when another attempt has the row now. */
  readonly recordEvent?: (event: RecordedEvent) => Promise<void>;
}

/** A meeting as Graph has it now, and the requested options that differ. */
export interface GraphMeeting extends CreatedMeeting {
  readonly organizerId: string;
  readonly notApplied: readonly string[];
  /** The meeting is there, but Graph refused to set options on it. */
  readonly refusal?: MeetingError;
  /** The event that the meeting belongs to. */
  readonly event?: CalendarEvent;
}
