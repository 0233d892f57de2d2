import { hasMeeting } from '../../meetings/ledger';
import type { MeetingResult } from '../../results/meeting-result';

/** What decides between two results of one row. */
export type RankedResult = Pick<MeetingResult, 'status' | 'attempts'>;

/**
 * Whether a result takes the place of the one that its row has: results may come late, and in any order. No attempt follows a
 * meeting, so a result with one stays; otherwise the one of the later attempt counts.
 */
export const supersedes = (next: RankedResult, kept: RankedResult): boolean =>
  hasMeeting(next.status) === hasMeeting(kept.status)
    ? next.attempts >= kept.attempts
    : hasMeeting(next.status);
