import type { MeetingError } from '../../errors/meeting-error';
import type { Clock, RequestLedger, RequestSender, ResultPublisher } from '../../meetings/ports';
import { toMessage } from '../../requests/queue-message';
import type { Batch } from '../batch';
import { cancelledError, failedRow, rowError } from './failed-row';
import { forEachParallel } from '../parallel';
import type { RowStore } from '../ports';
import { fromText, type RowLine } from '../row-line';

export interface SendDependencies {
  readonly rows: RowStore;
  readonly requests: RequestSender;
  /** Records the batch's progress too. */
  readonly results: ResultPublisher;
  readonly ledger: Pick<RequestLedger, 'read'>;
  readonly clock: Clock;
}

/** Storage calls at a time. */
const parallelSends = 16;

/**
 * Puts the rows of a chunk on the requests queue; rows that are wrong, or of a batch that was cancelled, get their results at
 * once. May be repeated: a request that is sent twice is one request still.
 */
export async function sendChunk(
  batch: Batch,
  chunk: number,
  {
    deps,
    except = new Set(),
  }: { readonly deps: SendDependencies; readonly except?: ReadonlySet<number> },
): Promise<void> {
  const lines = fromText(await deps.rows.readChunk(batch.rows, chunk));
  await forEachParallel(
    lines.filter(({ index }) => !except.has(index)),
    parallelSends,
    (line) => sendRow(line, batch, deps),
  );
}

async function sendRow(line: RowLine, batch: Batch, deps: SendDependencies): Promise<void> {
  const now = deps.clock.now().toISOString();
  const error = await errorBefore(line, batch, deps);
  if (error !== undefined) return deps.results.publish(failedRow(line, error, { ...batch, now }));
  // Its age counts from now, not from when the batch came: a large batch may take longer than one request may wait.
  const metadata = {
    batchId: batch.batchId,
    index: line.index,
    attempts: 0,
    acceptedDateTime: now,
    ...(batch.traceparent !== undefined && { traceparent: batch.traceparent }),
  };
  return deps.requests.send(toMessage(line.input as object, line.requestId, metadata));
}

/** Why a row is not sent. A request that the ledger knows has begun, and what was begun runs to its end. */
async function errorBefore(
  line: RowLine,
  batch: Batch,
  { ledger }: SendDependencies,
): Promise<MeetingError | undefined> {
  if (line.problems !== undefined) return rowError(line);
  if (batch.cancelledDateTime === undefined) return undefined;
  return (await ledger.read(line.requestId)) === undefined ? cancelledError() : undefined;
}
