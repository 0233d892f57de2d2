import { MeetingError } from '../../errors/meeting-error';
import { shorten } from '../../errors/problems';

/** Returns `invalidRequest` for a query parameter. `why` completes the sentence, as `must be true or false`; `hint` follows it. */
export const wrongQuery = (target: string, why: string, hint = ''): MeetingError =>
  new MeetingError('invalidRequest', `The query parameter ${shorten(target)} ${why}.${hint}`, {
    target,
    remedy: `Correct the query parameter ${shorten(target)} or leave it out, then send the request again.`,
  });
