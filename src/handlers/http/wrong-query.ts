import { MeetingError } from '../../errors/meeting-error';

/** Returns `invalidRequest` for a query parameter. `why` completes the sentence, as `must be true or false`. */
export const wrongQuery = (target: string, why: string): MeetingError =>
  new MeetingError('invalidRequest', `The query parameter ${target} ${why}.`, {
    target,
    remedy: `Correct the query parameter ${target} or leave it out, then send the request again.`,
  });
