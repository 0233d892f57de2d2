import type { CalendarInput } from './calendar';
import type { OnlineMeetingInput } from './online-meeting';

/**
 * What a request is for. `create`: a meeting; the same id never gets a second one. `upsert`: the meeting as it is written here,
 * whether it is there already or not. `update`: the meeting that is there, with the properties that are written here. `cancel`:
 * no meeting, whatever comes later.
 */
export const actions = ['create', 'upsert', 'update', 'cancel'] as const;

export type Action = (typeof actions)[number];

export const ifUnknowns = ['report', 'retry'] as const;

export type IfUnknown = (typeof ifUnknowns)[number];

/** One meeting asked for, parsed: the only form in which a request travels inside the app. */
export interface MeetingRequest {
  /** Absent only for a plain HTTP call, which is then not repeatable. 1–256 characters. */
  readonly requestId?: string;
  /** Absent: `create`. Every other action needs a requestId. */
  readonly action?: Action;
  /** Order of the changes of one requestId. Absent: the time of acceptance, in milliseconds since 1970. */
  readonly revision?: number;
  /**
   * Object id, user principal name or e-mail address, as given. Empty where an organizer pool is named instead, and where an
   * update or a cancel leaves it out.
   */
  readonly organizer: string;
  /** Name of the pool that the organizer is chosen from, as given. */
  readonly organizerPool?: string;
  /** Becomes Accept-Language; decides the language of `joinInformation`. */
  readonly language?: string;
  /**
   * The caller's own key for Graph's createOrGet. With it a meeting that Graph already has under that key is given back
   * whatever else was asked for, as Graph does; without it Convoke derives the key from the requestId.
   */
  readonly externalId?: string;
  /** Of an update or upsert: Graph is asked how the meeting is, since people change meetings in Teams too. */
  readonly refresh?: boolean;
  /** What becomes of a plain create whose answer is lost: `unknown`, by default, or another meeting, so that one may stay unused. */
  readonly ifUnknown?: IfUnknown;
  /** Of a cancel: what the invited people are told. */
  readonly comment?: string;
  /** Strict and normalised: times are UTC with up to seven fractional digits, attendees a list of participants. Of an update: what changes. */
  readonly meeting: OnlineMeetingInput;
  /** The meeting is made by an event in the organizer's calendar, to which people are invited by mail. */
  readonly calendar?: CalendarInput;
}
