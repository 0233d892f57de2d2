import { toMeetingError } from '../../errors/meeting-error';
import type { RequestSender } from '../../meetings/ports';
import { chunkCount, isPreview, type Batch } from '../batch';
import { moveBatch } from '../move-batch';
import { forEachParallel } from '../../meetings/for-each-parallel';
import type { BatchLedger, BatchProgress, StoredBatch } from '../ports';
import type { RowLine } from '../row-line';
import { markCarriedOut } from './chunks';
import { isHeldBy } from './claim-batch';
import type { Capacity } from './capacity';
import { readLines } from '../read-lines';
import { sendRow, type SendDependencies } from './send-chunk';

export interface CarryOutDependencies extends SendDependencies {
  readonly batches: BatchLedger;
  readonly progress: Pick<BatchProgress, 'outcomes'>;
  readonly capacity: Capacity;
  readonly window: number;
  /** Carries out the message of a request. @throws if it has to be tried again later. */
  readonly processRow: (message: object) => Promise<void>;
}

/** Maximum number of rows. A larger batch goes through the requests queue, where other instances help. */
const maxRows = 1_000;
/** Maximum number of rows of one batch at a time. */
const maxRowsAtOnce = 200;
/** Maximum number of rows that an instance carries out at a time, over all batches. */
export const rowCapacity = 200;
/** After this time, in milliseconds, rows that have not begun go to the requests queue. */
const maxBeginMs = 30_000;

/**
 * Carries out the rows of a small batch in this process instead of sending them through the requests queue. First marks
 * them with the lease: if this instance dies, the next holder sends the rows without a result. Does nothing if there is
 * no room.
 */
export async function carryOutBatch(
  claimed: StoredBatch,
  deps: CarryOutDependencies,
): Promise<void> {
  const { batch } = claimed;
  const rowsAtOnce = Math.min(batch.total, deps.window, maxRowsAtOnce);
  if (!isSuitable(batch) || !deps.capacity.take(rowsAtOnce)) return;
  try {
    const marked = await mark(claimed, deps);
    if (marked !== undefined) await carryOutRows(marked.batch, rowsAtOnce, deps);
  } finally {
    deps.capacity.release(rowsAtOnce);
  }
}

/** Whether no row has been sent and the batch is small enough. */
const isSuitable = (batch: Batch): boolean =>
  batch.total <= maxRows &&
  batch.state === 'running' &&
  batch.sentChunks === 0 &&
  batch.pass === undefined &&
  batch.cancelledDateTime === undefined &&
  !isPreview(batch);

const mark = (claimed: StoredBatch, deps: CarryOutDependencies): Promise<StoredBatch | undefined> =>
  moveBatch(
    claimed,
    (batch) =>
      isHeldBy(batch, claimed.batch.lease.fencingToken) && isSuitable(batch)
        ? markCarriedOut(batch, deps.clock.now().toISOString())
        : undefined,
    deps.batches,
  );

async function carryOutRows(
  batch: Batch,
  rowsAtOnce: number,
  deps: CarryOutDependencies,
): Promise<void> {
  const chunks = Array.from({ length: chunkCount(batch) }, (_, chunk) => chunk);
  const lines = await Promise.all(chunks.map((chunk) => missingLines(batch, chunk, deps)));
  const carrying = { ...deps, requests: carryingOut(deps) };
  await forEachParallel(lines.flat(), rowsAtOnce, (line) => sendRow(line, batch, carrying));
}

/** An earlier holder may have sent rows without recording it. */
async function missingLines(
  batch: Batch,
  chunk: number,
  deps: CarryOutDependencies,
): Promise<readonly RowLine[]> {
  const [lines, known] = await Promise.all([
    readLines(batch, chunk, deps),
    deps.progress.outcomes(batch.batchId, chunk),
  ]);
  const ended = new Set(known.map(({ index }) => index));
  return lines.filter(({ index }) => !ended.has(index));
}

/** A sender that carries out each message itself. A message that fails now goes to the queue, where the host retries it. */
function carryingOut({ processRow, requests, clock, log }: CarryOutDependencies): RequestSender {
  const until = clock.now().getTime() + maxBeginMs;
  const isCarriedOut = async (message: object): Promise<boolean> => {
    if (clock.now().getTime() > until) return false;
    try {
      await processRow(message);
      return true;
    } catch (thrown) {
      log.warn('batch.row-queued', { code: toMeetingError(thrown).code });
      return false;
    }
  };
  return {
    async send(message, delayMs) {
      if (!(await isCarriedOut(message))) await requests.send(message, delayMs);
    },
  };
}
