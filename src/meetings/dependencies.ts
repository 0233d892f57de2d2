import type { MakingDependencies } from './call-graph';
import type { RequestLedger, ResultPublisher } from './ports';
import type { Log } from '../telemetry/log';
import type { MeetingResult } from '../results/meeting-result';

/** All that making meetings needs from outside. */
export interface MeetingDependencies extends MakingDependencies {
  readonly ledger: RequestLedger;
  readonly results: ResultPublisher;
  readonly log: Log;
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** How a call of `createMeeting` ended. */
export interface Outcome {
  readonly result: MeetingResult;
  /** The request had ended before; this is the recorded result. */
  readonly repeated: boolean;
}
