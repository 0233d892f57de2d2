import { isBatchId, isPreview, type Batch } from '../batch';
import type { BatchLedger, FinishedBatch } from '../ports';

/** Finished batches by the time when they were. */
export interface FinishedBatches {
  /** In the order of their times, after this place and before that time. */
  listBetween(after: Place, before: string): AsyncIterable<FinishedBatch>;
  /** Of the batches on their way into the list, the earliest time that one of them can have in it. */
  earliestEnding(): Promise<string | undefined>;
}

/** A place in the list: a time, or right behind one batch. */
export interface Place {
  readonly completedDateTime: string;
  readonly batchId?: string;
}

/** Clocks of the instances may differ by so much, in milliseconds. */
const clockSkewMs = 10_000;
/** Batches of one answer. */
const maxBatches = 50;

const place = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z)(?:,(.*))?$/;

/** Undefined when it is not a valid place. */
export function parsePlace(text: string): Place | undefined {
  const [, time = '', batchId] = place.exec(text) ?? [];
  if (Number.isNaN(Date.parse(time))) return undefined;
  if (batchId === undefined) return { completedDateTime: new Date(time).toISOString() };
  return isBatchId(batchId) ? { completedDateTime: time, batchId } : undefined;
}

export const formatPlace = ({ completedDateTime, batchId }: Place): string =>
  batchId === undefined ? completedDateTime : `${completedDateTime},${batchId}`;

/** A batch that was retried since is listed again when that is finished. */
const isListed = (batch: Batch, { completedDateTime }: FinishedBatch): boolean =>
  !isPreview(batch) && batch.completedDateTime === completedDateTime;

export interface FinishedSince {
  readonly batches: readonly Batch[];
  /** Where the next question begins. */
  readonly next: Place;
}

/** Nothing that is listed later can have a time before this one. */
export async function findHorizon(
  now: Date,
  finished: Pick<FinishedBatches, 'earliestEnding'>,
): Promise<string> {
  const ending = await finished.earliestEnding();
  const latest = new Date(now.getTime() - clockSkewMs).toISOString();
  // Both in the same form, so that their order is that of the times.
  return ending !== undefined && ending < latest ? ending : latest;
}

/** The batches that were finished since the last question; a first question only learns where to begin. */
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
