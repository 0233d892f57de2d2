import type { MeetingResult } from '../results/meeting-result';

/** The end of `carryOut`. */
export interface Outcome {
  readonly result: MeetingResult;
  /** The request had ended before; this is the recorded result. */
  readonly repeated: boolean;
}
