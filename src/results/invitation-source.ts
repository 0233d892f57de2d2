import type { OnlineMeeting } from '../requests/online-meeting';
import type { TimeZone } from '../requests/time/time-zones';

/** What an invitation is made from. */
export interface InvitationSource {
  readonly requestId: string;
  /** Object id. */
  readonly organizerId: string;
  /** The organizer's address, if it is known. */
  readonly organizerAddress?: string;
  readonly meeting: OnlineMeeting;
  /** The newest change of the request; absent while there was none. */
  readonly revision?: number;
  readonly isCancelled: boolean;
  /** The id that the event has in calendars already, if the meeting is one. */
  readonly iCalUId?: string;
  readonly acceptedDateTime: string;
  readonly completedDateTime: string;
  /** In which the time is written out, as in Accept-Language. */
  readonly language?: string;
  /** In which the time is written out; UTC by default. */
  readonly timeZone?: TimeZone;
}
