import type { CalendarProvider } from './calendar-provider';
import type { OrganizerPools } from './pools/organizer-pools';
import type { Clock, Directory, MeetingProvider, Random, ResultPublisher } from './ports';
import type { RequestLedger } from './request-ledger';
import type { IfUnknown } from '../requests/meeting-request';
import type { Log } from '../telemetry/log';

/** Dependencies of calls to Graph. */
export interface GraphDependencies {
  readonly provider: MeetingProvider;
  readonly directory: Directory;
  /** Absent if the operator has not set up calendars. */
  readonly calendars?: CalendarProvider | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

/** Dependencies of creating meetings. */
export interface MeetingDependencies extends GraphDependencies {
  readonly ledger: RequestLedger;
  /** Absent if the operator has set up no pools. */
  readonly pools?: OrganizerPools | undefined;
  readonly results: ResultPublisher;
  readonly log: Log;
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
  /** Whether requests may ask for meetings that are over. */
  readonly allowPast: boolean;
  /** For requests without `ifUnknown`; default `report`. */
  readonly ifUnknown?: IfUnknown;
  /** Age from which an attempt at a request is the last one, in milliseconds. */
  readonly maxAgeMs: number;
  /** How long finished requests are remembered, in milliseconds. Absent: without limit. */
  readonly retentionMs?: number;
}
