import {
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
  BatchIndex,
  BatchLedger,
  BatchProgress,
  CallerBatch,
  CallerBatches,
  BatchQueue,
  CompletionPublisher,
  FinishedBatch,
  RowStore,
  RowWriter,
  StoredBatch,
  StoredBlob,
} from '../../../src/batches/ports';
import { supersedes } from '../../../src/batches/run/supersedes';
import type { RowOutcome } from '../../../src/batches/run/chunks';
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

  async addActive(batchId: string, acceptedDateTime: string): Promise<void> {
    const before = this.active.get(batchId);
    this.active.set(batchId, { ...before, batchId, acceptedDateTime, etag: this.#newEtag() });
  }

  async removeActive({ batchId, etag }: ActiveBatch): Promise<void> {
    if (this.active.get(batchId)?.etag === etag) this.active.delete(batchId);
  }

  async markEnding(batchId: string, time: string): Promise<void> {
    const entry = this.active.get(batchId);
    if (entry === undefined || entry.endingDateTime !== undefined) return;
    this.active.set(batchId, { ...entry, endingDateTime: time, etag: this.#newEtag() });
  }

  async *listActive(): AsyncGenerator<ActiveBatch> {
    yield* [...this.active.values()];
  }

  async moveToFinished(batchId: string, completedDateTime: string): Promise<void> {
    this.finished.set(batchId, { batchId, completedDateTime });
    this.active.delete(batchId);
  }

  async *listFinished(before: string): AsyncGenerator<FinishedBatch> {
    yield* [...this.finished.values()].filter(
      ({ completedDateTime }) => completedDateTime < before,
    );
  }

  async removeFinished({ batchId }: FinishedBatch): Promise<void> {
    this.finished.delete(batchId);
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

export class FakeProgress implements BatchProgress {
  readonly #chunks = new Map<string, Map<number, MeetingResult>>();

  async record(result: MeetingResult): Promise<void> {
    const { batchId, index } = result;
    if (batchId === undefined || index === undefined) return;
    const key = `${batchId}:${chunkOf(index)}`;
    const kept = this.#chunks.get(key)?.get(index);
    if (kept !== undefined && !supersedes(result, kept)) return;
    this.#chunks.set(
      key,
      new Map([...(this.#chunks.get(key) ?? []), [index, structuredClone(result)]]),
    );
  }

  async outcomes(batchId: string, chunk: number): Promise<readonly RowOutcome[]> {
    const results = await this.results(batchId, chunk);
    return results.map(({ index = 0, requestId, status, error, preview }) => ({
      index,
      requestId,
      status,
      ...(error !== null && { code: error.code, message: error.message }),
      ...(preview !== undefined && { outcome: preview.outcome }),
    }));
  }

  async results(batchId: string, chunk: number): Promise<readonly MeetingResult[]> {
    const results = this.#chunks.get(`${batchId}:${chunk}`)?.values() ?? [];
    return [...results].sort((one, other) => (one.index ?? 0) - (other.index ?? 0));
  }

  async remove(batchId: string, chunk: number): Promise<void> {
    this.#chunks.delete(`${batchId}:${chunk}`);
  }
}

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

export class FakeBatchQueue implements BatchQueue {
  readonly messages: QueuedBatch[] = [];
  #puts = 0;

  async enqueue(batchId: string, sequence: number, delayMs = 0): Promise<void> {
    this.#puts += 1;
    this.messages.push({ batchId, sequence, delayMs, messageId: `batch message ${this.#puts}` });
  }
}

export class FakeCompletions implements CompletionPublisher {
  readonly published: BatchCompleted[] = [];

  async publishCompleted(message: BatchCompleted): Promise<void> {
    this.published.push(structuredClone(message));
  }
}

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
