import { chunkCount, sizeOfChunk, type Batch, type OpenChunk, type Pass } from '../batch';
import type { Outcomes } from '../outcomes/row-outcome';

/** Maximum number of open chunks, because every poll reads each of them. */
const maxOpenChunks = 40;

/** Number of rows that are on the requests queue and have no result yet. */
export const outstandingRows = (batch: Batch, outcomes: Outcomes): number =>
  batch.openChunks.reduce(
    (sum, { chunk }) => sum + sizeOfChunk(batch, chunk) - (outcomes.get(chunk)?.length ?? 0),
    0,
  );

/**
 * The chunk to send next, if the window of outstanding rows has room for it. Rows of a cancelled batch get their
 * results at once, so they need no room.
 */
export function nextChunk(batch: Batch, outstanding: number, window: number): number | undefined {
  const chunk = batch.pass?.waitingChunks[0] ?? batch.sentChunks;
  if (chunk >= chunkCount(batch)) return undefined;
  const fits =
    outstanding + sizeOfChunk(batch, chunk) <= window && batch.openChunks.length < maxOpenChunks;
  return fits || batch.cancelledDateTime !== undefined ? chunk : undefined;
}

const withoutChunk = (pass: Pass, chunk: number): Pass => ({
  ...pass,
  waitingChunks: pass.waitingChunks.filter((other) => other !== chunk),
});

/** Records that this chunk was sent, for the first time or again. Returns the same object if the chunk has been counted since. */
export function markSent(batch: Batch, chunk: number, now: string): Batch {
  if (isCounted(batch, chunk)) return batch;
  const before = batch.openChunks.find((open) => open.chunk === chunk);
  return {
    ...batch,
    sentChunks: Math.max(batch.sentChunks, chunk + 1),
    ...(batch.pass !== undefined && { pass: withoutChunk(batch.pass, chunk) }),
    openChunks: [
      ...batch.openChunks.filter((open) => open.chunk !== chunk),
      { chunk, firstSentDateTime: before?.firstSentDateTime ?? now, sentDateTime: now },
    ],
    movedDateTime: now,
  };
}

/** Whether all its results are in the counts: opening it again would count them twice. */
const isCounted = ({ sentChunks, openChunks, pass }: Batch, chunk: number): boolean =>
  chunk < sentChunks &&
  !openChunks.some((open) => open.chunk === chunk) &&
  pass?.waitingChunks.includes(chunk) !== true;

/** Records that the holder of the lease is about to carry out every chunk itself. */
export function markCarriedOut(batch: Batch, now: string): Batch {
  const carried = {
    firstSentDateTime: now,
    sentDateTime: now,
    carriedOutUnder: batch.lease.fencingToken,
  };
  const count = chunkCount(batch);
  return {
    ...batch,
    sentChunks: count,
    openChunks: Array.from({ length: count }, (_, chunk) => ({ chunk, ...carried })),
    movedDateTime: now,
  };
}

/**
 * Records that the holder has carried out its chunks: rows without a result are on the requests queue. Returns the same
 * object if there were none.
 */
export function handOver(batch: Batch): Batch {
  const { openChunks, lease } = batch;
  const isOwn = ({ carriedOutUnder }: OpenChunk): boolean => carriedOutUnder === lease.fencingToken;
  if (!openChunks.some(isOwn)) return batch;
  return {
    ...batch,
    openChunks: openChunks.map((open) => {
      const { carriedOutUnder: _, ...handedOver } = open;
      return isOwn(open) ? handedOver : open;
    }),
  };
}

/** A chunk that an earlier holder was carrying out when it lost the batch. */
export const abandonedChunk = ({ openChunks, lease }: Batch): number | undefined =>
  openChunks.find(
    ({ carriedOutUnder = lease.fencingToken }) => carriedOutUnder !== lease.fencingToken,
  )?.chunk;

/** Time after which a chunk without all its results is sent again, in milliseconds. */
const overdueMs = 2 * 3_600_000;

/**
 * A chunk whose results are overdue: somebody may have removed its messages from the queue. More often they still wait
 * there, and every copy makes the queue longer, so the time doubles.
 */
export const overdueChunk = ({ openChunks }: Batch, now: number): number | undefined =>
  openChunks.find(({ firstSentDateTime, sentDateTime }) => {
    const sent = Date.parse(sentDateTime);
    return now - sent > Math.max(overdueMs, sent - Date.parse(firstSentDateTime));
  })?.chunk;

/** Minimum and maximum pause between two polls of a batch without progress, in milliseconds. */
const minPauseMs = 1_000;
const maxPauseMs = 15_000;

/** Pause until the next poll of a batch that has made no progress for `idleMs`, in milliseconds. */
export const pauseFor = (idleMs: number): number =>
  Math.min(maxPauseMs, Math.max(minPauseMs, Math.round(idleMs / 4)));
