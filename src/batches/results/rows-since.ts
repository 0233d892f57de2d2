import type { MeetingStatus } from '../../results/meeting-result';
import { isPreview, type Batch } from '../batch';
import type { BatchLedger, FinishedBatch } from '../ports';
import { readResults, type ResultDependencies, type ResultRow } from './batch-results';
import {
  findHorizon,
  formatPlace,
  parsePlace,
  type FinishedBatches,
  type Place,
} from './finished-batches';

/** A position among the rows of finished batches: a time, directly after a batch, or before one of its rows. */
export interface RowPlace extends Place {
  /** The first row of the batch that was not read; absent when all were. */
  readonly index?: number;
}

const rowOfBatch = /^(.*),(\d{1,9})$/;

/** Undefined if the text is not a valid place. */
export function parseRowPlace(text: string): RowPlace | undefined {
  const [, batch = '', index] = rowOfBatch.exec(text) ?? [];
  const place = parsePlace(batch);
  return place?.batchId === undefined ? parsePlace(text) : { ...place, index: Number(index) };
}

/** A place as text, for `completedAfter`; `parseRowPlace` reads it. */
export const formatRowPlace = ({ index, ...place }: RowPlace): string =>
  index === undefined ? formatPlace(place) : `${formatPlace(place)},${index}`;

/** The endings by which callers can list rows. */
export const rowEndings = ['made', 'failed'] as const;
/** `made`: rows with a new meeting. `failed`: rows without a meeting. */
export type RowEnding = (typeof rowEndings)[number];

const statusesOf: Readonly<Record<RowEnding, readonly MeetingStatus[]>> = {
  made: ['created'],
  failed: ['failed', 'unknown'],
};

/** Limits of one answer: rows returned, and data read for them. */
const maxRows = 200;
const maxRowsRead = 2_000;
const maxBatches = 50;

export interface RowsSinceDependencies extends ResultDependencies {
  readonly batches: Pick<BatchLedger, 'read'>;
  readonly finished: FinishedBatches;
}

/** `since`: where the last answer ended; undefined in the first call. */
interface RowQuestion {
  readonly since: RowPlace | undefined;
  readonly outcome: RowEnding;
  readonly now: Date;
}

/** A row, and the batch that it belongs to. */
interface FoundRow {
  readonly batchId: string;
  readonly row: ResultRow;
}

/** One answer. Even without rows, the next call continues at `next`: only a part of the rows may have been read. */
interface RowsSince {
  readonly rows: readonly FoundRow[];
  /** Where the next call continues. */
  readonly next: RowPlace;
}

/**
 * The rows of batches finished since the last call, each once. The first call only returns where to begin. A row that
 * was tried again has another result, so it is listed again at the end of that pass.
 */
export async function rowsSince(
  { since, outcome, now }: RowQuestion,
  deps: RowsSinceDependencies,
): Promise<RowsSince> {
  const horizon = await findHorizon(now, deps.finished);
  if (since === undefined) return { rows: [], next: { completedDateTime: horizon } };
  const reading = new Reading(since, outcome, deps);
  for await (const ended of deps.finished.listBetween(beginningOf(since), horizon)) {
    if (reading.isFull) break;
    await reading.add(ended);
  }
  return reading;
}

/** Starts at the same batch again if not all its rows were read. */
const beginningOf = ({ index, ...place }: RowPlace): Place =>
  index === undefined ? place : { completedDateTime: place.completedDateTime };

/** Collects the rows of one answer. */
class Reading implements RowsSince {
  readonly rows: FoundRow[] = [];
  next: RowPlace;
  readonly #since: RowPlace;
  readonly #outcome: RowEnding;
  readonly #deps: RowsSinceDependencies;
  #batches = 0;
  #rowsRead = 0;

  constructor(since: RowPlace, outcome: RowEnding, deps: RowsSinceDependencies) {
    this.next = since;
    this.#since = since;
    this.#outcome = outcome;
    this.#deps = deps;
  }

  get isFull(): boolean {
    const { length } = this.rows;
    return length >= maxRows || this.#rowsRead >= maxRowsRead || this.#batches >= maxBatches;
  }

  async add(ended: FinishedBatch): Promise<void> {
    const first = this.#firstRowOf(ended);
    if (first === undefined) return;
    this.#batches += 1;
    const stored = await this.#deps.batches.read(ended.batchId);
    const isWanted = stored !== undefined && this.#mayHave(stored.batch);
    const index = isWanted ? await this.#read(stored.batch, first, ended) : undefined;
    const { completedDateTime, batchId } = ended;
    this.next = { completedDateTime, batchId, ...(index !== undefined && { index }) };
  }

  /** Undefined if every row of the batch was read before. */
  #firstRowOf({ completedDateTime, batchId }: FinishedBatch): number | undefined {
    const { index, ...since } = this.#since;
    if (index === undefined || since.batchId === undefined) return 0;
    if (completedDateTime !== since.completedDateTime || batchId > since.batchId) return 0;
    return batchId === since.batchId ? index : undefined;
  }

  #mayHave(batch: Batch): boolean {
    return (
      !isPreview(batch) && statusesOf[this.#outcome].some((status) => batch.counts[status] > 0)
    );
  }

  /** Returns the row to continue with; undefined at the end of the batch. */
  async #read(batch: Batch, skip: number, { pass }: FinishedBatch): Promise<number | undefined> {
    const page = { skip, top: maxRowsRead - this.#rowsRead };
    let index = skip;
    for await (const row of readResults(batch, page, this.#deps)) {
      this.#rowsRead += 1;
      index = row.line.index + 1;
      const { result } = row;
      if (result !== undefined && result.pass === pass && this.#isOf(result.status))
        this.rows.push({ batchId: batch.batchId, row });
      if (this.isFull) break;
    }
    return index < batch.total ? index : undefined;
  }

  #isOf(status: MeetingStatus): boolean {
    return statusesOf[this.#outcome].includes(status);
  }
}
