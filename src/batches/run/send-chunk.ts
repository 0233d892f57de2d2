import type { RequestSender } from '../../meetings/ports';
import {
  refuseCancelled,
  type BatchRow,
  type RefuseCancelledDependencies,
} from '../../meetings/create/refuse-cancelled';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import { toMessage } from '../../requests/parse/queue-message';
import type { Batch } from '../batch';
import { failedRow, rowError } from '../failed-row';
import { forEachParallel } from '../../meetings/for-each-parallel';
import type { RowStore } from '../ports';
import { inputOf } from '../row-input';
import { readLines } from '../read-lines';
import type { RowLine } from '../row-line';

/** `results` records the batch's progress too. */
export interface SendDependencies extends RefuseCancelledDependencies {
  readonly rows: RowStore;
  /** The requests queue; for a small batch, a sender that carries out each request at once. */
  readonly requests: RequestSender;
}

/** Number of parallel storage calls. */
export const parallelSends = 16;

/**
 * Puts the rows of a chunk on the requests queue. Invalid rows and rows of a cancelled batch get their results at once.
 * May be repeated: a request that is sent twice is still one request.
 */
export async function sendChunk(
  batch: Batch,
  chunk: number,
  {
    deps,
    except = new Set(),
  }: { readonly deps: SendDependencies; readonly except?: ReadonlySet<number> },
): Promise<void> {
  const lines = await readLines(batch, chunk, deps);
  await forEachParallel(
    lines.filter(({ index }) => !except.has(index)),
    parallelSends,
    (line) => sendRow(line, batch, deps),
  );
}

/** Gives the request of a row to `requests`. An invalid row, or one of a cancelled batch, gets its result at once instead. */
export async function sendRow(line: RowLine, batch: Batch, deps: SendDependencies): Promise<void> {
  const now = deps.clock.now().toISOString();
  if (line.problems !== undefined)
    return deps.results.publish(failedRow(line, rowError(line), { ...batch, now }));
  const metadata = metadataOf(line, batch, deps);
  if (batch.cancelledDateTime !== undefined && (await isRefused(line, metadata, deps))) return;
  return deps.requests.send(toMessage(inputOf(line, batch), line.requestId, metadata));
}

/** The age of a row's request counts from now, not from the submission: a large batch may take longer than one request may wait. */
export const metadataOf = (
  { index }: RowLine,
  { batchId, rowToken, traceparent }: Batch,
  { clock }: Pick<SendDependencies, 'clock'>,
): BatchRow['metadata'] => ({
  batchId,
  index,
  ...(rowToken !== undefined && { rowToken }),
  attempts: 0,
  acceptedDateTime: clock.now().toISOString(),
  ...(traceparent !== undefined && { traceparent }),
});

/** A request that has begun is sent even so, so that it gets its own result. */
async function isRefused(
  { input, requestId }: RowLine,
  metadata: BatchRow['metadata'],
  deps: SendDependencies,
): Promise<boolean> {
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok) return false;
  return refuseCancelled({ request: { ...parsed.request, requestId }, metadata }, deps);
}
