import type { Batch } from '../../../../src/batches/batch';
import { markCarriedOut } from '../../../../src/batches/run/chunks';
import { sendChunk } from '../../../../src/batches/run/send-chunk';
import type { MeetingResult } from '../../../../src/results/meeting-result';
import type {
  FakeBatchIndex,
  FakeBatchLedger,
  FakeProgress,
  FakeRows,
} from '../../fakes/fake-batches';
import { accepted, created, indexes, someRows } from '../batch-harness';

/** A batch in storage at the time of a fault. */
export interface StartedBatch {
  readonly batch: Batch;
  /** Its rows, as in their blob. */
  readonly chunks: readonly string[];
  /** Results of the first rows, which had a meeting before. */
  readonly earlier: readonly MeetingResult[];
  /** Messages for the other rows of its first chunk. */
  readonly messages: readonly object[];
}

/** The first message of a batch. */
const firstMessage = { sequence: 1, messageId: 'message-1' };

/** A batch of which only the last rows are still to be made, so that it can have chunks that are soon complete. */
export async function startBatch(earlier: number, rows: number): Promise<StartedBatch> {
  const { batch, rows: stored, deps, sent } = await accepted(someRows(earlier + rows));
  const [chunks = []] = stored.blobs.values();
  const except = new Set(indexes(earlier));
  await sendChunk(batch, 0, { deps, except });
  const { batchId } = batch;
  const results = indexes(earlier).map((index): MeetingResult => {
    const result = created(`row-${index}`, { batchId, index });
    return { ...result, status: 'existing' };
  });
  return { batch, chunks, earlier: results, messages: sent };
}

/** The same after an instance began to carry it out and lost it. */
export function leaveBehind(batch: Batch): Batch {
  const lease = { ...firstMessage, fencingToken: 'of an instance that is gone' };
  return markCarriedOut({ ...batch, state: 'running', lease }, batch.acceptedDateTime);
}

interface BatchStorage {
  readonly batches: FakeBatchLedger;
  readonly index: FakeBatchIndex;
  readonly rows: FakeRows;
  readonly progress: FakeProgress;
}

/** Puts a batch into storage, with its rows and the results that it has already. */
export async function store(
  { batch, chunks, earlier }: StartedBatch,
  { batches, index, rows, progress }: BatchStorage,
): Promise<void> {
  await batches.insert(batch);
  await index.addActive(batch.batchId, batch.acceptedDateTime);
  rows.blobs.set(batch.rows.blob, chunks);
  progress.begin(earlier);
}
