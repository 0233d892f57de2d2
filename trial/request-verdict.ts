import { hasMeeting, type LedgerEntry } from '../src/meetings/ledger';
import type { Told } from './endpoints';
import { toCollected, type CollectedResult } from './result-collector';

/** All that is known of one request in the end. */
export interface Ending {
  /** Ids of its meetings in Graph. */
  readonly made: readonly string[];
  readonly results: readonly CollectedResult[];
  readonly told: readonly Told[];
  /** Its row; undefined if there is none. */
  readonly entry: LedgerEntry | undefined;
  /** Whether a person retried it. Then results of later attempts may say something else. */
  readonly isRetried: boolean;
  /** Batches that somebody has asked to cancel. */
  readonly cancelled: ReadonlyMap<string, boolean>;
}

/** The result that counts: that of the last attempt. Undefined when the request was never begun, or has none. */
export function finalResult({ results }: Ending): CollectedResult | undefined {
  return results
    .filter((result) => !isCancelled(result))
    .reduce<CollectedResult | undefined>(
      (last, next) => (last === undefined || next.attempts > last.attempts ? next : last),
      undefined,
    );
}

/** Undefined when everything that was said of a request agrees and is true. */
export function contradiction(ending: Ending): string | undefined {
  const { made, told, results } = ending;
  const final = finalResult(ending);
  const cancelled = cancelledWrongly(ending);
  if (cancelled !== undefined) return cancelled;
  if (final === undefined)
    return made.length > 0 ? 'cancelled, but there is a meeting' : rowDiffers(ending, results[0]);
  const own = results.filter((result) => !isCancelled(result));
  const { status, meetingId } = final;
  if (!own.every((one) => own.every((other) => agreeWithEachOther(one, other, ending))))
    return `results differ: ${own.map(describe).join(', ')}`;
  if (hasMeeting(status) && (meetingId === undefined || !made.includes(meetingId)))
    return `${status}, but Graph does not have the meeting`;
  if (status === 'failed' && made.length > 0) return 'failed, but there is a meeting';
  const liar = told.find((answer) => !results.some((result) => agrees(answer, result)));
  if (liar !== undefined)
    return `the result is ${describe(final)}, a caller was told ${describe(liar)}`;
  return rowDiffers(ending, final);
}

const isCancelled = ({ code }: CollectedResult): boolean => code === 'cancelled';

/** A row that was refused stays so, unless a person retries it. */
function cancelledWrongly({ results, cancelled, isRetried }: Ending): string | undefined {
  for (const { row = '' } of results.filter(isCancelled)) {
    if (!cancelled.has(row.split(':')[0] ?? '')) return `${row} is cancelled, and its batch is not`;
    const others = results.filter((other) => other.row === row && !isCancelled(other));
    if (others.length > 0 && !isRetried)
      return `${row} is cancelled, and ${others.map(describe).join(', ')}`;
  }
  return undefined;
}

/** For a row of a batch, a meeting that the same request was given elsewhere is an existing one. */
function agreeWithEachOther(
  one: CollectedResult,
  other: CollectedResult,
  { isRetried }: Ending,
): boolean {
  if (isRetried && one.attempts !== other.attempts) return true;
  const elsewhere = one.row !== other.row && hasMeeting(one.status) && hasMeeting(other.status);
  return one.meetingId === other.meetingId && (elsewhere || one.status === other.status);
}

function agrees(told: Told, { status, meetingId }: CollectedResult): boolean {
  if (told.status === 200 || told.status === 201) return told.meetingId === meetingId;
  return told.status === 424 ? status === 'unknown' : status === 'failed';
}

/** The row must have ended, with the result that counts. */
function rowDiffers({ entry }: Ending, final: CollectedResult | undefined): string | undefined {
  if (entry?.progress.state !== 'finished') return `its row is ${entry?.progress.state ?? 'gone'}`;
  const kept = toCollected(entry.progress.result);
  const isSame =
    kept.meetingId === final?.meetingId &&
    (kept.status === final?.status ||
      (hasMeeting(kept.status) && hasMeeting(final?.status ?? 'failed')));
  return isSame
    ? undefined
    : `its row says ${describe(kept)}, and its result ${final && describe(final)}`;
}

const describe = ({ status, meetingId }: CollectedResult | Told): string =>
  `${status} ${meetingId?.slice(-12) ?? ''}`.trim();
