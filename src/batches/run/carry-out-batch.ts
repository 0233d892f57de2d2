import { toMeetingError } from '../../errors/meeting-error';
import type { RequestSender } from '../../meetings/ports';
import { chunkCount, isPreview, type Batch } from '../batch';
import { moveBatch } from '../move-batch';
import { forEachParallel } from '../../meetings/calls/parallel';
import type { BatchLedger, BatchProgress, StoredBatch } from '../ports';
import type { RowLine } from '../row-line';
import { markCarriedOut } from './chunks';
import { isHeldBy } from './claim-batch';
import type { Room } from './room';
import { readLines, sendRow, type SendDependencies } from './send-chunk';

export interface CarryOutDependencies extends SendDependencies {
  readonly batches: BatchLedger;
  readonly progress: Pick<BatchProgress, 'outcomes'>;
  readonly room: Room;
  readonly window: number;
  /** Carries out the message of a request. @throws if it has to be tried again later. */
  readonly processMessage: (message: object) => Promise<void>;
}

/** A larger batch goes by the requests queue, where other instances help. */
const maxRows = 1_000;
/** Of one batch. */
const maxRowsAtOnce = 200;
/** For the rows that one instance carries out at once, of all batches together. */
export const roomForRows = 200;
/** Rows that have not begun after this time go by the requests queue, in milliseconds. */
const maxBeginMs = 30_000;

/**
 * Carries out the rows of a small batch here, without the detour over the requests queue. Before that they are marked with the
 * lease: if this instance dies, the next holder sends what has no result. Does nothing where there is no room.
 */
export async function carryOutBatch(
  claimed: StoredBatch,
  deps: CarryOutDependencies,
): Promise<void> {
  const { batch } = claimed;
  const rowsAtOnce = Math.min(batch.total, deps.window, maxRowsAtOnce);
  if (!isSuitable(batch) || !deps.room.take(rowsAtOnce)) return;
  try {
    const marked = await mark(claimed, deps);
    if (marked !== undefined) await carryOutRows(marked.batch, rowsAtOnce, deps);
  } finally {
    deps.room.release(rowsAtOnce);
  }
}

/** Nothing of it has been sent, and all that it needs is its rows. */
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

/** An earlier holder may have sent some before it recorded that. */
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

/** Carries out what it is given to send. What cannot be carried out now goes on the queue, where the host tries it again. */
function carryingOut({
  processMessage,
  requests,
  clock,
  log,
}: CarryOutDependencies): RequestSender {
  const until = clock.now().getTime() + maxBeginMs;
  const isCarriedOut = async (message: object): Promise<boolean> => {
    if (clock.now().getTime() > until) return false;
    try {
      await processMessage(message);
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
