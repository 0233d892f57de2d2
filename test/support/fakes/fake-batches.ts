import {
  batchIdOf,
  chunkOf,
  type Batch,
  type BatchMessage,
  type StoredRows,
} from '../../../src/batches/batch';
import type { FinishedBatches, Place } from '../../../src/batches/results/finished-batches';
import type { OldMessages } from '../../../src/retention/clean-up-messages';
import type {
  ActiveBatch,
  BatchCompleted,
  BatchEnd,
  BatchIndex,
  BatchLedger,
  BatchProgress,
  CallerBatch,
  CallerBatches,
  BatchQueue,
  CompletionPublisher,
  ReopenedRows,
  FinishedBatch,
  RowStore,
  RowWriter,
  StoredBatch,
  StoredBlob,
} from '../../../src/batches/ports';
import { supersedes, type KeptResult } from '../../../src/batches/outcomes/supersedes';
import type { RowOutcome } from '../../../src/batches/outcomes/row-outcome';
import { MeetingError } from '../../../src/errors/meeting-error';
import type { MeetingResult } from '../../../src/results/meeting-result';

/** Batches in memory; held to the same contract as the table. */
export class FakeBatchLedger implements BatchLedger {
  readonly rows = new Map<string, StoredBatch>();
  #writes = 0;

  async insert(batch: Batch): Promise<StoredBatch & { inserted: boolean }> {
    const found = this.rows.get(batch.batchId);
    return found === undefined
      ? { ...this.#store(batch), inserted: true }
      : { ...found, inserted: false };
  }

  async read(batchId: string): Promise<StoredBatch | undefined> {
    return this.rows.get(batchId);
  }

  async replace(etag: string, next: Batch): Promise<StoredBatch | undefined> {
    return this.rows.get(next.batchId)?.etag === etag ? this.#store(next) : undefined;
  }

  async remove(batchId: string): Promise<void> {
    this.rows.delete(batchId);
  }

  #store(batch: Batch): StoredBatch {
    this.#writes += 1;
    const stored = { batch: structuredClone(batch), etag: `W/"${this.#writes}"` };
    this.rows.set(batch.batchId, stored);
    return stored;
  }
}

/** Both lists in memory, and the view of their readers; held to the same contract as the table. */
export class FakeBatchIndex implements BatchIndex, FinishedBatches {
  readonly active = new Map<string, ActiveBatch & { readonly endingDateTime?: string }>();
  readonly finished = new Map<string, FinishedBatch>();
  #writes = 0;

  async addActive(entry: string, acceptedDateTime: string): Promise<void> {
    const before = this.active.get(entry);
    const batchId = batchIdOf(entry);
    this.active.set(entry, { ...before, entry, batchId, acceptedDateTime, etag: this.#newEtag() });
  }

  async removeActive({ entry, etag }: ActiveBatch): Promise<void> {
    if (this.active.get(entry)?.etag === etag) this.active.delete(entry);
  }

  async markEnding(entry: string, time: string): Promise<void> {
    const before = this.active.get(entry);
    if (before === undefined || before.endingDateTime !== undefined) return;
    this.active.set(entry, { ...before, endingDateTime: time, etag: this.#newEtag() });
  }

  async *listActive(): AsyncGenerator<ActiveBatch> {
    yield* [...this.active.values()];
  }

  async moveToFinished(entry: string, end: BatchEnd): Promise<void> {
    const batchId = batchIdOf(entry);
    this.finished.set(`${end.completedDateTime} ${batchId}`, { batchId, ...end });
    this.active.delete(entry);
  }

  async *listFinished(before: string): AsyncGenerator<FinishedBatch> {
    yield* [...this.finished.values()].filter(
      ({ completedDateTime }) => completedDateTime < before,
    );
  }

  async removeFinished({ batchId, completedDateTime }: FinishedBatch): Promise<void> {
    this.finished.delete(`${completedDateTime} ${batchId}`);
  }

  async *listBetween(after: Place, before: string): AsyncGenerator<FinishedBatch> {
    const keyOf = ({ completedDateTime, batchId = '' }: Place): string =>
      `${completedDateTime} ${batchId}`;
    const inOrder = [...this.finished.values()].sort((one, other) =>
      keyOf(one) < keyOf(other) ? -1 : 1,
    );
    yield* inOrder.filter((each) => keyOf(each) > keyOf(after) && keyOf(each) < before);
  }

  async earliestEnding(): Promise<string | undefined> {
    return [...this.active.values()].flatMap(({ endingDateTime = [] }) => endingDateTime).sort()[0];
  }

  #newEtag(): string {
    this.#writes += 1;
    return `W/"${this.#writes}"`;
  }
}

interface KeptRow extends KeptResult {
  readonly result: MeetingResult;
}

/** Results of rows in memory; held to the same contract as the table. */
export class FakeProgress implements BatchProgress {
  readonly #chunks = new Map<string, Map<number, KeptRow>>();

  /** The first results of rows, which never change. */
  begin(results: readonly MeetingResult[]): void {
    for (const result of results) {
      const { batchId = '', index = 0, status, attempts } = result;
      this.#rowsOf(batchId, chunkOf(index)).set(index, { result, status, attempts });
    }
  }

  async record(result: MeetingResult): Promise<boolean> {
    const { batchId, index, status, attempts } = result;
    if (batchId === undefined || index === undefined) return false;
    const rows = this.#rowsOf(batchId, chunkOf(index));
    const kept = rows.get(index);
    const hadResult = kept !== undefined && kept.isAwaited !== true;
    if (kept !== undefined && !supersedes(result, kept)) return hadResult;
    const pass = kept?.pass ?? result.pass;
    rows.set(index, {
      result: structuredClone(result),
      status,
      attempts,
      ...(pass !== undefined && { pass }),
      reopenedBy: kept?.reopenedBy,
    });
    return hadResult;
  }

  async recordPreviews(results: readonly MeetingResult[]): Promise<void> {
    for (const result of results) await this.record(result);
  }

  async outcomes(batchId: string, chunk: number): Promise<readonly RowOutcome[]> {
    return this.#inOrder(batchId, chunk).map(({ result, pass, reopenedBy, isAwaited }) => ({
      index: result.index ?? 0,
      requestId: result.requestId,
      status: result.status,
      ...(result.error !== null && { code: result.error.code, message: result.error.message }),
      ...(result.preview !== undefined && { outcome: result.preview.outcome }),
      ...(pass !== undefined && { pass }),
      ...(reopenedBy !== undefined && { reopenedBy }),
      ...(isAwaited === true && { isAwaited }),
    }));
  }

  async results(batchId: string, chunk: number): Promise<readonly MeetingResult[]> {
    return this.#inOrder(batchId, chunk)
      .filter(({ isAwaited }) => isAwaited !== true)
      .map(({ result }) => result);
  }

  async reopen(batchId: string, chunk: number, { pass, indexes }: ReopenedRows): Promise<void> {
    const rows = this.#rowsOf(batchId, chunk);
    for (const index of indexes) {
      const row = rows.get(index);
      if (row !== undefined && (row.pass ?? 0) < pass.number)
        rows.set(index, { ...row, pass: pass.number, reopenedBy: pass.kind, isAwaited: true });
    }
  }

  async remove(batchId: string, chunk: number): Promise<void> {
    this.#chunks.delete(`${batchId}:${chunk}`);
  }

  #rowsOf(batchId: string, chunk: number): Map<number, KeptRow> {
    const key = `${batchId}:${chunk}`;
    const rows = this.#chunks.get(key) ?? new Map<number, KeptRow>();
    this.#chunks.set(key, rows);
    return rows;
  }

  #inOrder(batchId: string, chunk: number): readonly KeptRow[] {
    const rows = [...this.#rowsOf(batchId, chunk).values()];
    return rows.sort((one, other) => (one.result.index ?? 0) - (other.result.index ?? 0));
  }
}

/** Rows and workbooks in memory, in blobs of `day`; held to the same contract as the blobs. */
export class FakeRows implements RowStore {
  readonly blobs = new Map<string, readonly string[]>();
  readonly workbooks = new Map<string, Uint8Array>();
  day = '2026-12-01';
  #opened = 0;

  open(batchId: string): RowWriter {
    const chunks: string[] = [];
    this.#opened += 1;
    const blob = `${this.day}/${batchId}.${this.#opened}.ndjson.gz`;
    return {
      addChunk: async (text) => void chunks.push(text),
      finish: async () => {
        this.blobs.set(blob, chunks);
        return { blob, chunkBytes: chunks.map(({ length }) => length) };
      },
    };
  }

  async readChunk(rows: StoredRows, chunk: number): Promise<string> {
    const text = this.blobs.get(rows.blob)?.[chunk];
    if (text === undefined) throw new MeetingError('storageUnavailable', 'No such blob.');
    return text;
  }

  async keepWorkbook(batchId: string, bytes: Uint8Array): Promise<string> {
    this.#opened += 1;
    const blob = `${this.day}/${batchId}.${this.#opened}.xlsx`;
    this.workbooks.set(blob, bytes);
    return blob;
  }

  async readWorkbook(blob: string): Promise<Uint8Array> {
    const bytes = this.workbooks.get(blob);
    if (bytes === undefined) throw new MeetingError('storageUnavailable', 'No such blob.');
    return bytes;
  }

  async remove(blob: string): Promise<void> {
    this.blobs.delete(blob);
    this.workbooks.delete(blob);
  }

  async *listBefore(day: string): AsyncGenerator<StoredBlob> {
    for (const blob of [...this.blobs.keys(), ...this.workbooks.keys()]) {
      const [folder = '', name = ''] = blob.split('/');
      if (folder < day) yield { blob, batchId: name.split('.')[0] ?? '' };
    }
  }
}

/** Names of stored texts, each of which begins with its day. */
export class FakeOldMessages implements OldMessages {
  readonly names: Set<string>;

  constructor(names: readonly string[] = []) {
    this.names = new Set(names);
  }

  async *listBefore(day: string): AsyncGenerator<string> {
    yield* [...this.names].filter((name) => name.slice(0, 10) < day);
  }

  async remove(name: string): Promise<void> {
    this.names.delete(name);
  }
}

export interface QueuedBatch extends BatchMessage {
  readonly delayMs: number;
}

/** Keeps messages in the order in which they were put on the queue. */
export class FakeBatchQueue implements BatchQueue {
  readonly messages: QueuedBatch[] = [];
  #puts = 0;

  async enqueue(batchId: string, sequence: number, delayMs = 0): Promise<void> {
    this.#puts += 1;
    this.messages.push({ batchId, sequence, delayMs, messageId: `batch message ${this.#puts}` });
  }
}

/** Keeps copies of the announcements. */
export class FakeCompletions implements CompletionPublisher {
  readonly published: BatchCompleted[] = [];

  async publishCompleted(message: BatchCompleted): Promise<void> {
    this.published.push(structuredClone(message));
  }
}

/** Lists of users in memory; held to the same contract as the table. */
export class FakeCallerBatches implements CallerBatches {
  readonly entries = new Map<string, CallerBatch>();

  async add(batch: CallerBatch): Promise<void> {
    this.entries.set(`${batch.callerId} ${batch.batchId}`, batch);
  }

  async *list(callerId: string): AsyncGenerator<string> {
    const own = [...this.entries.values()].filter((entry) => entry.callerId === callerId);
    yield* own
      .toSorted((one, other) => (one.acceptedDateTime < other.acceptedDateTime ? 1 : -1))
      .map(({ batchId }) => batchId);
  }

  async remove({ callerId, batchId }: CallerBatch): Promise<void> {
    this.entries.delete(`${callerId} ${batchId}`);
  }
}
