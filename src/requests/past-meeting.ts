import { MeetingError, type Problem } from '../errors/meeting-error';
import type { OnlineMeetingInput } from './online-meeting';
import { compareTimes, parseGraphTime } from './time/time';

/**
 * The problem of a meeting that is over at `now` (ISO 8601); undefined if it is not over. Dates from workbooks in the
 * 1904 date system may be 1,462 days early:
 * https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system
 */
export function pastMeetingProblem(
  { endDateTime }: OnlineMeetingInput,
  now: string,
): Problem | undefined {
  const at = parseGraphTime(now);
  if (endDateTime === undefined || !at.ok || compareTimes(endDateTime, at.time) >= 0)
    return undefined;
  return {
    code: 'inThePast',
    target: 'meeting.endDateTime',
    message: `The meeting is already over: it ends at ${endDateTime}. Check the year. If the workbook uses the 1904 date system, its dates are four years early.`,
  };
}

/** `allowPast`: whether requests may ask for meetings that are over. */
export interface PastRule {
  readonly now: Date;
  readonly allowPast: boolean;
}

/**
 * All problems of a request that is refused, also that its meeting is over. For a valid request, only the ledger can say:
 * a known one is answered as before. `meeting`: as far as it could be read.
 */
export function withPastProblem(
  problems: readonly Problem[],
  meeting: OnlineMeetingInput | undefined,
  { now, allowPast }: PastRule,
): readonly Problem[] {
  if (problems.length === 0 || allowPast || meeting === undefined) return problems;
  const past = pastMeetingProblem(meeting, now.toISOString());
  return past === undefined ? problems : [...problems, past];
}

/** The error of a meeting that was over at this time (ISO 8601); undefined if it was not. */
export function pastMeetingError(
  meeting: OnlineMeetingInput,
  acceptedDateTime: string,
): MeetingError | undefined {
  const problem = pastMeetingProblem(meeting, acceptedDateTime);
  if (problem === undefined) return undefined;
  const { target, message } = problem;
  return new MeetingError('invalidRequest', message, { target, details: [problem] });
}
