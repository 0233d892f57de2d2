import { isBatchId, isPreview, type Batch } from '../batch';
import type { BatchLedger, FinishedBatch } from '../ports';

/** Finished batches by their time of completion. */
export interface FinishedBatches {
  /** Ordered by time; after the given place and before the given time. */
  listBetween(after: Place, before: string): AsyncIterable<FinishedBatch>;
  /** The earliest completion time of the batches that are about to be listed. */
  earliestEnding(): Promise<string | undefined>;
}

/** A position in the list: a time, or directly after a batch. */
export interface Place {
  readonly completedDateTime: string;
  readonly batchId?: string;
}

/** Maximum difference between the clocks of instances, in milliseconds. */
const clockSkewMs = 10_000;
/** Maximum number of batches in an answer. */
const maxBatches = 50;

const place = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z)(?:,(.*))?$/;

/** Undefined if the text is not a valid place. */
export function parsePlace(text: string): Place | undefined {
  const [, time = '', batchId] = place.exec(text) ?? [];
  if (!isDate(time)) return undefined;
  if (batchId === undefined) return { completedDateTime: new Date(time).toISOString() };
  return isBatchId(batchId) ? { completedDateTime: time, batchId } : undefined;
}

/** The 30th of February is a Date too: in March. */
const isDate = (time: string): boolean => {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time.slice(0, 19));
};

/** A place as text, for `completedAfter`; `parsePlace` reads it. */
export const formatPlace = ({ completedDateTime, batchId }: Place): string =>
  batchId === undefined ? completedDateTime : `${completedDateTime},${batchId}`;

/** A batch that was retried since is listed again at the end of the retry. */
const isListed = (batch: Batch, { completedDateTime }: FinishedBatch): boolean =>
  !isPreview(batch) && batch.completedDateTime === completedDateTime;

/** One answer: at most 50 batches, oldest first. */
interface FinishedSince {
  readonly batches: readonly Batch[];
  /** Where the next call continues. */
  readonly next: Place;
}

/** A time before which no more batches can be added to the list. */
export async function findHorizon(
  now: Date,
  finished: Pick<FinishedBatches, 'earliestEnding'>,
): Promise<string> {
  const ending = await finished.earliestEnding();
  const latest = new Date(now.getTime() - clockSkewMs).toISOString();
  // Both have the same format, so comparing the texts compares the times.
  return ending !== undefined && ending < latest ? ending : latest;
}

/** The batches finished since the last call. The first call only returns where to begin. */
export async function finishedSince(
  since: Place | undefined,
  now: Date,
  { batches, finished }: { readonly batches: BatchLedger; readonly finished: FinishedBatches },
): Promise<FinishedSince> {
  const horizon = await findHorizon(now, finished);
  if (since === undefined) return { batches: [], next: { completedDateTime: horizon } };
  const found: FinishedBatch[] = [];
  for await (const batch of finished.listBetween(since, horizon)) {
    found.push(batch);
    if (found.length === maxBatches) break;
  }
  const stored = await Promise.all(
    found.map(async (entry) => [entry, await batches.read(entry.batchId)] as const),
  );
  return {
    batches: stored.flatMap(([entry, each]) =>
      each !== undefined && isListed(each.batch, entry) ? [each.batch] : [],
    ),
    next: found.at(-1) ?? since,
  };
}
