import type { OnlineMeetingInput } from './online-meeting';

/** One meeting asked for, parsed: the only form in which a request travels inside the app. */
export interface MeetingRequest {
  /** Absent only for a plain HTTP call, which is then not repeatable. 1–256 characters. */
  readonly requestId?: string;
  /** Object id, user principal name or e-mail address, as given. */
  readonly organizer: string;
  /** Becomes Accept-Language; decides the language of `joinInformation`. */
  readonly language?: string;
  /**
   * The caller's own key for Graph's createOrGet. With it a meeting that Graph already has under that key is given back
   * whatever else was asked for, as Graph does; without it Convoke derives the key from the requestId.
   */
  readonly externalId?: string;
  /** Strict and normalised: times are UTC with up to seven fractional digits, attendees a list of participants. */
  readonly meeting: OnlineMeetingInput;
}
