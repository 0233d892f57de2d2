import type { OnlineMeeting } from '../requests/online-meeting';
import type { TimeZone } from '../requests/time/time-zones';

/** The data of an invitation. */
export interface InvitationSource {
  readonly requestId: string;
  /** Object id. */
  readonly organizerId: string;
  /** The organizer's address, if it is known. */
  readonly organizerAddress?: string;
  readonly meeting: OnlineMeeting;
  /** Revision of the newest change; absent if there was none. */
  readonly revision?: number;
  readonly isCancelled: boolean;
  /** The iCalUId of the event, if the meeting has one. */
  readonly iCalUId?: string;
  readonly acceptedDateTime: string;
  readonly completedDateTime: string;
  /** Language of the written-out time, as in Accept-Language. */
  readonly language?: string;
  /** Time zone of the written-out time; UTC by default. */
  readonly timeZone?: TimeZone;
}
