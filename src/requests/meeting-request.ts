import type { CalendarInput } from './calendar';
import type { OnlineMeetingInput } from './online-meeting';

/**
 * The actions of requests. `create`: make a meeting; the same id never gets a second one. `upsert`: make the meeting,
 * or change it to match the request. `update`: change the given properties of an existing meeting. `cancel`: delete the
 * meeting, for good.
 */
export const actions = ['create', 'upsert', 'update', 'cancel'] as const;

/** One of `actions`. */
export type Action = (typeof actions)[number];

/** What to do about a plain create whose response is lost; see `MeetingRequest.ifUnknown`. */
export const ifUnknowns = ['report', 'retry'] as const;

/** One of `ifUnknowns`. */
export type IfUnknown = (typeof ifUnknowns)[number];

/** A parsed request for one meeting: the only form of requests inside the app. */
export interface MeetingRequest {
  /** Absent only for a plain HTTP call, which is then not repeatable. 1–256 characters. */
  readonly requestId?: string;
  /** Absent: `create`. Every other action needs a requestId. */
  readonly action?: Action;
  /** Order of the changes of one requestId. Absent: the time of acceptance, in milliseconds since 1970. */
  readonly revision?: number;
  /**
   * Object id, user principal name or email address, as given. Empty if the request names an organizer pool, or if an
   * update or cancel omits it.
   */
  readonly organizer: string;
  /** Name of the pool that the organizer is chosen from, as given. */
  readonly organizerPool?: string;
  /** Becomes Accept-Language; decides the language of `joinInformation`. */
  readonly language?: string;
  /**
   * The caller's own key for Graph's createOrGet. If Graph already has a meeting under this key, that one is returned
   * even if other properties differ, as Graph does. Without it, Convoke derives the key from the requestId.
   */
  readonly externalId?: string;
  /** For an update or upsert: read the meeting from Graph first, because people also change meetings in Teams. */
  readonly refresh?: boolean;
  /**
   * For a plain create whose response is lost: report `unknown`, the default, or make another meeting, so that one may
   * stay unused.
   */
  readonly ifUnknown?: IfUnknown;
  /** For a cancel: message to the invited people. */
  readonly comment?: string;
  /**
   * Strict and normalised: times are UTC with up to seven fractional digits, attendees a list of participants. For an
   * update: the properties to change.
   */
  readonly meeting: OnlineMeetingInput;
  /** Make the meeting through an event in the organizer's calendar, and invite people by email. */
  readonly calendar?: CalendarInput;
}
