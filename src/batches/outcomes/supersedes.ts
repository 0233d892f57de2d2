import { hasMeeting } from '../../meetings/ledger';
import type { MeetingResult } from '../../results/meeting-result';
import type { Pass } from '../batch';

/** The properties that decide between two results of one row. */
type RankedResult = Pick<MeetingResult, 'status' | 'attempts' | 'pass'>;

/** The result of a row, and the last pass that reopened it. */
export type KeptResult = RankedResult & {
  readonly reopenedBy?: Pass['kind'] | undefined;
  readonly isAwaited?: boolean | undefined;
};

/**
 * Whether a result replaces the one that its row has: results may arrive late and in any order. During a pass, only
 * that pass's own result counts, or a meeting if the pass is a retry. Otherwise a result with a meeting stays, because
 * no attempt follows a meeting; else the later attempt counts.
 */
export function supersedes(next: RankedResult, kept: KeptResult): boolean {
  const isOfLatestPass = (next.pass ?? 0) >= (kept.pass ?? 0);
  if (kept.reopenedBy === 'undo') return isOfLatestPass;
  if (kept.isAwaited === true) return isOfLatestPass || hasMeeting(next.status);
  return hasMeeting(kept.status) === hasMeeting(next.status)
    ? next.attempts >= kept.attempts
    : hasMeeting(next.status);
}
