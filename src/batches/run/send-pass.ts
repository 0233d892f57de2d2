import { toMessage } from '../../requests/parse/queue-message';
import type { Batch, Pass } from '../batch';
import { forEachParallel } from '../../meetings/for-each-parallel';
import type { BatchProgress } from '../ports';
import { inputOf } from '../row-input';
import type { RowLine } from '../row-line';
import { isNotUndone, type RowOutcome } from '../outcomes/row-outcome';
import { readLines } from '../read-lines';
import { metadataOf, parallelSends, type SendDependencies } from './send-chunk';

interface SendPassDependencies extends SendDependencies {
  readonly progress: BatchProgress;
}

/**
 * Sends the rows of a chunk that a pass covers. First marks their results as out of date, in one transaction: after any
 * later crash, each of them is still sent and waited for. May be repeated.
 */
export async function sendPass(
  batch: Batch & { readonly pass: Pass },
  chunk: number,
  { deps, known }: { readonly deps: SendPassDependencies; readonly known: readonly RowOutcome[] },
): Promise<void> {
  const { batchId, pass } = batch;
  const lines = await readLines(batch, chunk, deps);
  const valid = new Set(lines.filter(isRequest).map(({ index }) => index));
  const isStopped = pass.kind === 'retry' && batch.cancelledDateTime !== undefined;
  const indexes = isStopped
    ? []
    : known.filter((row) => valid.has(row.index) && isCovered(row, pass)).map(({ index }) => index);
  if (indexes.length > 0) await deps.progress.reopen(batchId, chunk, { pass, indexes });
  const awaited = known.filter(({ isAwaited }) => isAwaited === true).map(({ index }) => index);
  const toSend = new Set([...indexes, ...awaited]);
  await forEachParallel(
    lines.filter(({ index }) => toSend.has(index)),
    parallelSends,
    (line) => sendAgain(line, batch, deps),
  );
}

const isRequest = ({ problems }: RowLine): boolean => problems === undefined;

/** Whether a pass covers the row and has not reopened it yet. */
function isCovered(row: RowOutcome, { kind, number, isConfirmed }: Pass): boolean {
  if ((row.pass ?? 0) >= number) return false;
  if (kind === 'retry')
    return (
      row.reopenedBy !== 'undo' &&
      (row.status === 'failed' || (row.status === 'unknown' && isConfirmed === true))
    );
  // A row whose meeting an earlier undo could not cancel has failed.
  return row.status === 'created' || isNotUndone(row);
}

function sendAgain(
  line: RowLine,
  batch: Batch & { readonly pass: Pass },
  deps: SendPassDependencies,
): Promise<void> {
  const { number, kind, startedDateTime, isConfirmed, comment } = batch.pass;
  const metadata = {
    ...metadataOf(line, batch, deps),
    pass: number,
    ...(isConfirmed === true && { isConfirmed }),
  };
  const input =
    kind === 'retry'
      ? inputOf(line, batch)
      : { action: 'cancel', revision: Date.parse(startedDateTime), comment };
  return deps.requests.send(toMessage(input, line.requestId, metadata));
}
