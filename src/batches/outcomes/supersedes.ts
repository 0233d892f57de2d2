import { hasMeeting } from '../../meetings/ledger';
import type { MeetingResult } from '../../results/meeting-result';
import type { Pass } from '../batch';

/** What decides between two results of one row. */
export type RankedResult = Pick<MeetingResult, 'status' | 'attempts' | 'pass'>;

/** The result that a row has, and which pass has reopened it last. */
export type KeptResult = RankedResult & {
  readonly reopenedBy?: Pass['kind'] | undefined;
  readonly isAwaited?: boolean | undefined;
};

/**
 * Whether a result takes the place of the one that its row has: results may come late, and in any order. What a pass waits for
 * is its own result, or a meeting where it tries again. Otherwise no attempt follows a meeting, so a result with one stays, and
 * else the one of the later attempt counts.
 */
export function supersedes(next: RankedResult, kept: KeptResult): boolean {
  const isOfLatestPass = (next.pass ?? 0) >= (kept.pass ?? 0);
  if (kept.reopenedBy === 'undo') return isOfLatestPass;
  if (kept.isAwaited === true) return isOfLatestPass || hasMeeting(next.status);
  return hasMeeting(kept.status) === hasMeeting(next.status)
    ? next.attempts >= kept.attempts
    : hasMeeting(next.status);
}
