import { hasMeeting } from '../../src/meetings/ledger';
import type { CollectedResult } from '../results/result-collector';
import type { Told } from '../sending/told';
import type { History } from './history';

/** A row of a batch that was cancelled before the row was begun. */
export const isRefusedRow = ({ code }: CollectedResult): boolean => code === 'cancelled';

/** What came after the request had been cancelled. */
export const cameTooLate = ({ status, code }: CollectedResult): boolean =>
  status === 'cancelled' && code === 'requestCancelled';

/** An upsert has made the meeting, with a subject of its own: to the request itself the id is another one's. */
const isOtherRequest = ({ revision, code }: CollectedResult): boolean =>
  revision === undefined && code === 'requestIdReused';

/** What was said of the request itself, or of a change of it, by those who worked on it. */
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

/** Undefined when all that was said of the request, and of each of its changes, agrees. */
export function disagreement(history: History): string | undefined {
  const { results, told, changes } = history;
  const ids = new Set(results.flatMap(({ meetingId }) => meetingId ?? []));
  if (ids.size > 1) return `it was given ${ids.size} meetings`;
  for (const revision of [undefined, ...changes.map((change) => change.revision)]) {
    const own = ownResults(history, revision);
    if (!own.every((one) => own.every((other) => agreeWithEachOther(one, other, history))))
      return `${nameOf(revision)}: results differ: ${own.map(describe).join(', ')}`;
  }
  const liar = told.find((answer) => !isTrue(answer, results));
  return liar === undefined
    ? cancelledWrongly(history)
    : `${nameOf(liar.revision)}: a caller was told ${describe(liar)}, and the results are ${results.map(describe).join(', ')}`;
}

/** For a row of a batch, a meeting that the same request was given elsewhere is an existing one. */
function agreeWithEachOther(
  one: CollectedResult,
  other: CollectedResult,
  { isRetried }: History,
): boolean {
  if (isRetried && one.attempts !== other.attempts) return true;
  const isElsewhere = one.row !== other.row && hasMeeting(one.status) && hasMeeting(other.status);
  return one.meetingId === other.meetingId && (isElsewhere || one.status === other.status);
}

/** Refusals that leave no trace, because the same call may be answered otherwise later. */
const untraced = new Set([
  'requestNotFound',
  'requestIdReused',
  'requestCancelled',
  'confirmationNeeded',
]);

function isTrue(told: Told, results: readonly CollectedResult[]): boolean {
  if (told.code !== undefined && untraced.has(told.code)) return true;
  return results.some(
    (result) =>
      (told.isRetry === true || result.revision === told.revision) && agrees(told, result),
  );
}

function agrees(told: Told, { status, meetingId }: CollectedResult): boolean {
  if (told.status < 300)
    return told.meetingId === meetingId && status !== 'failed' && status !== 'unknown';
  return told.status === 424 ? status === 'unknown' : status === 'failed';
}

/** A row that was refused stays so, unless a person retries it. */
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

export const describe = ({ status, meetingId, code, revision }: CollectedResult | Told): string =>
  [revision ?? 'itself', status, code, meetingId?.slice(-12)].filter(Boolean).join(' ');
