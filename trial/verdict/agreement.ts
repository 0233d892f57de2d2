import { hasMeeting } from '../../src/meetings/ledger';
import type { CollectedResult } from '../results/result-collector';
import type { CallerAnswer } from '../sending/caller-answer';
import type { History } from './history';

/** Whether the batch of the row was cancelled before the row began. */
const isRefusedRow = ({ code }: CollectedResult): boolean => code === 'cancelled';

/** Whether the item came after its request had been cancelled. */
export const cameTooLate = ({ status, code }: CollectedResult): boolean =>
  status === 'cancelled' && code === 'requestCancelled';

/** Whether an upsert with another subject made the meeting, so that the id belongs to another request. */
const isOtherRequest = ({ revision, code }: CollectedResult): boolean =>
  revision === undefined && code === 'requestIdReused';

/** The results of the request itself, or of one of its changes, from the attempts at it. */
export const ownResults = (
  { results }: Pick<History, 'results'>,
  revision: number | undefined,
): readonly CollectedResult[] =>
  results.filter(
    (result) =>
      result.revision === revision &&
      !isRefusedRow(result) &&
      !cameTooLate(result) &&
      !isOtherRequest(result),
  );

/** The contradiction between results of the request or of one of its changes; undefined if all agree. */
export function disagreement(history: History): string | undefined {
  const { results, answers, changes } = history;
  const ids = new Set(results.flatMap(({ meetingId }) => meetingId ?? []));
  if (ids.size > 1) return `it was given ${ids.size} meetings`;
  for (const revision of [undefined, ...changes.map((change) => change.revision)]) {
    const own = ownResults(history, revision);
    if (!own.every((one) => own.every((other) => agreeWithEachOther(one, other, history))))
      return `${nameOf(revision)}: results differ: ${own.map(describe).join(', ')}`;
  }
  const liar = answers.find((answer) => !isTrue(answer, results));
  return liar === undefined
    ? cancelledWrongly(history)
    : `${nameOf(liar.revision)}: a caller was told ${describe(liar)}, and the results are ${results.map(describe).join(', ')}`;
}

/** Whether results agree. For a batch row, a meeting from another source counts as existing. */
function agreeWithEachOther(
  one: CollectedResult,
  other: CollectedResult,
  { isRetried }: History,
): boolean {
  if (isRetried && one.attempts !== other.attempts) return true;
  const isElsewhere = one.row !== other.row && hasMeeting(one.status) && hasMeeting(other.status);
  return one.meetingId === other.meetingId && (isElsewhere || one.status === other.status);
}

/** Refusals that are not recorded, because the same call may get another answer later. */
const untraced = new Set([
  'requestNotFound',
  'requestIdReused',
  'requestCancelled',
  'confirmationNeeded',
]);

function isTrue(answer: CallerAnswer, results: readonly CollectedResult[]): boolean {
  if (answer.code !== undefined && untraced.has(answer.code)) return true;
  return results.some(
    (result) =>
      (answer.isRetry === true || result.revision === answer.revision) && agrees(answer, result),
  );
}

function agrees(answer: CallerAnswer, { status, meetingId }: CollectedResult): boolean {
  if (answer.status < 300)
    return answer.meetingId === meetingId && status !== 'failed' && status !== 'unknown';
  return answer.status === 424 ? status === 'unknown' : status === 'failed';
}

/** A refused row stays refused unless a person retries it. */
function cancelledWrongly({ results, cancelled, isRetried }: History): string | undefined {
  for (const { row = '' } of results.filter(isRefusedRow)) {
    if (!cancelled.has(row.split(':')[0] ?? '')) return `${row} is cancelled, and its batch is not`;
    const others = results.filter((other) => other.row === row && !isRefusedRow(other));
    if (others.length > 0 && !isRetried)
      return `${row} is cancelled, and ${others.map(describe).join(', ')}`;
  }
  return undefined;
}

const nameOf = (revision: number | undefined): string =>
  revision === undefined ? 'the request itself' : `revision ${revision}`;

/** Returns a result in a few words, with the last 12 characters of its meeting's id. */
export const describe = ({
  status,
  meetingId,
  code,
  revision,
}: CollectedResult | CallerAnswer): string =>
  [revision ?? 'itself', status, code, meetingId?.slice(-12)].filter(Boolean).join(' ');
