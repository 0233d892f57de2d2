import type { MeetingResult } from '../../results/meeting-result';
import { chunkOf, type Batch } from '../batch';
import type { BatchProgress, RowStore } from '../ports';
import { fromText, type RowLine } from '../row-line';

/** A row, with its result if it has one. */
export interface ResultRow {
  readonly line: RowLine;
  readonly result?: MeetingResult;
}

export interface ResultDependencies {
  readonly rows: RowStore;
  readonly progress: BatchProgress;
}

/** A page of rows: how many to skip, and how many to return. */
export interface Page {
  readonly skip: number;
  readonly top: number;
}

/** Number of chunks read at a time. */
const parallelChunks = 4;

/** Reads the rows of a batch in order, each with its result. Holds only a few chunks in memory. */
export async function* readResults(
  batch: Batch,
  page: Page,
  deps: ResultDependencies,
): AsyncGenerator<ResultRow> {
  const end = Math.min(batch.total, page.skip + page.top);
  const lastChunk = chunkOf(end - 1);
  for (let chunk = chunkOf(page.skip); chunk <= lastChunk; chunk += parallelChunks) {
    const count = Math.min(parallelChunks, lastChunk - chunk + 1);
    const chunks = await Promise.all(
      Array.from({ length: count }, (_, more) => readChunk(batch, chunk + more, deps)),
    );
    yield* chunks.flat().filter(({ line: { index } }) => index >= page.skip && index < end);
  }
}

async function readChunk(
  batch: Batch,
  chunk: number,
  { rows, progress }: ResultDependencies,
): Promise<readonly ResultRow[]> {
  const [text, results] = await Promise.all([
    rows.readChunk(batch.rows, chunk),
    batch.lease.sequence > 0 ? progress.results(batch.batchId, chunk) : [],
  ]);
  const byIndex = new Map(results.map((result) => [result.index, result]));
  return fromText(text).map((line) => {
    const result = byIndex.get(line.index);
    return result === undefined ? { line } : { line, result };
  });
}

/** The next page, if there is one. */
export const nextPage = (batch: Batch, { skip, top }: Page): Page | undefined =>
  skip + top < batch.total ? { skip: skip + top, top } : undefined;

/** A row as JSON: its result, or a note that it has none yet. */
export const toJsonRow = ({ line, result }: ResultRow, batchId: string): object =>
  result === undefined
    ? {
        requestId: line.requestId,
        batchId,
        index: line.index,
        row: line.row,
        status: 'pending',
        meeting: null,
        error: null,
      }
    : { ...result, row: line.row };
