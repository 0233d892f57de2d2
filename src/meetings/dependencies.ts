import type { CalendarProvider } from './calendar/calendar-provider';
import type { OrganizerPools } from './pools/organizer-pools';
import type {
  Clock,
  Directory,
  MeetingProvider,
  Random,
  RequestLedger,
  ResultPublisher,
} from './ports';
import type { IfUnknown } from '../requests/meeting-request';
import type { Log } from '../telemetry/log';
import type { MeetingResult } from '../results/meeting-result';

/** What calls to Graph need from outside. */
export interface GraphDependencies {
  readonly provider: MeetingProvider;
  readonly directory: Directory;
  /** Absent where the operator has not set calendars up. */
  readonly calendars?: CalendarProvider | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

/** Everything that creating meetings needs from outside. */
export interface MeetingDependencies extends GraphDependencies {
  readonly ledger: RequestLedger;
  /** Absent where the operator has named none. */
  readonly pools?: OrganizerPools | undefined;
  readonly results: ResultPublisher;
  readonly log: Log;
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
  /** Meetings may be asked for that are over. */
  readonly allowPast: boolean;
  /** Of requests that do not say it themselves; `report` by default. */
  readonly ifUnknown?: IfUnknown;
  /** Age from which an attempt at a request is the last one, in milliseconds. */
  readonly maxAgeMs: number;
  /** How long ended requests are known, in milliseconds. Absent: for good. */
  readonly retentionMs?: number;
}

/** How a call of `createMeeting` ended. */
export interface Outcome {
  readonly result: MeetingResult;
  /** The request had ended before; this is the recorded result. */
  readonly repeated: boolean;
}
