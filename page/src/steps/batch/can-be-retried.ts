import type { BatchStatus, RowResult } from '../../api/answers';

/** Errors that stay the same until the row itself is changed. */
const needsChange: ReadonlySet<string> = new Set([
  'invalidRequest',
  'requestNotFound',
  'requestIdReused',
  'requestCancelled',
  'meetingExpired',
]);

/** Whether trying the failed rows of a list again can help: not in a stopped list, nor where a row must be changed. */
export const canBeRetried = (
  { state }: Pick<BatchStatus, 'state'>,
  rows: readonly RowResult[],
): boolean =>
  state === 'finished' &&
  rows.some(({ status, error }) => status === 'failed' && !needsChange.has(error?.code ?? ''));
