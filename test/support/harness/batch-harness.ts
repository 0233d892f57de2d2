import { readCsv } from '../../../src/adapters/csv';
import { makeWorkbooks } from '../../../src/adapters/workbooks';
import { acceptBatch } from '../../../src/batches/intake/accept-batch';
import type { Submission } from '../../../src/batches/intake/write-rows';
import type { OpenedBatch } from '../../../src/batches/issue-token';
import type { Batch, BatchMessage } from '../../../src/batches/batch';
import { runBatch } from '../../../src/batches/run/run-batch';
import { recountRow } from '../../../src/batches/run/recount-row';
import { makeCapacity } from '../../../src/batches/run/capacity';
import { recordingProgress } from '../../../src/batches/run/record-progress';
import { MeetingError, toErrorBody } from '../../../src/errors/meeting-error';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { FakeLog, FakeResults } from './core-harness';
import { FakeClock } from '../fakes/fake-clock';
import {
  FakeBatchIndex,
  FakeBatchLedger,
  FakeBatchQueue,
  FakeCallerBatches,
  FakeCompletions,
  FakeProgress,
  FakeRows,
} from '../fakes/fake-batches';
import { FakeGraph } from '../fakes/fake-graph';
import { FakeLedger } from '../fakes/fake-ledger';

interface RequestMessage {
  readonly requestId: string;
  readonly metadata: { readonly batchId: string; readonly index: number; readonly pass?: number };
}

/** The external call that fails, counted from 0, and whether it has its effect. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Batches with all their dependencies in memory, and queues that deliver at least once. */
export class BatchHarness {
  readonly time = new FakeClock();
  readonly batches = new FakeBatchLedger();
  readonly index = new FakeBatchIndex();
  readonly progress = new FakeProgress();
  readonly rows = new FakeRows();
  readonly callerBatches = new FakeCallerBatches();
  readonly queue = new FakeBatchQueue();
  readonly completions = new FakeCompletions();
  readonly ledger = new FakeLedger();
  readonly graph = new FakeGraph();
  readonly results = new FakeResults();
  readonly log = new FakeLog();
  readonly sent: RequestMessage[] = [];
  readonly carriedOut: RequestMessage[] = [];
  readonly #pending: RequestMessage[] = [];
  crash: Crash | undefined;
  /** Requests that get no meeting for now. */
  readonly failing = new Set<string>();
  /** In bytes. */
  freeMemory = Number.POSITIVE_INFINITY;
  /** Names of the external calls so far. */
  readonly called: string[] = [];
  #tokens = 0;
  #ids = 0;

  /** Number of these calls. */
  get calls(): number {
    return this.called.length;
  }

  /** Whether the crash has happened. */
  get crashed(): boolean {
    return this.crash !== undefined && this.calls > this.crash.at;
  }

  readonly deps = {
    batches: this.#breaking(this.batches),
    index: this.#breaking(this.index),
    progress: this.#breaking(this.progress),
    rows: this.#breaking(this.rows),
    callerBatches: this.#breaking(this.callerBatches),
    queue: this.#breaking(this.queue),
    completions: this.#breaking(this.completions),
    results: this.#breaking(this.#recording()),
    ledger: this.ledger,
    requests: this.#breaking({
      send: async (message: object): Promise<void> => {
        this.sent.push(message as RequestMessage);
        this.#pending.push(message as RequestMessage);
      },
    }),
    clock: {
      now: () => this.time.now(),
      // The requests queue is processed while other work sleeps.
      sleep: async (milliseconds: number): Promise<void> => {
        await this.makeMeetings();
        this.time.advance(milliseconds);
      },
    },
    now: () => this.time.now(),
    random: { random: () => 0.5, newId: () => this.#newId() },
    newToken: () => `token-${(this.#tokens += 1)}`,
    readCsv,
    freeMemory: () => this.freeMemory,
    workbooks: makeWorkbooks(() => this.freeMemory),
    log: this.log,
    directory: this.graph,
    rights: this.graph,
    callTimeoutMs: 30_000,
    allowPast: true,
    window: 400,
    /** No room, so that every row goes through the requests queue. */
    capacity: makeCapacity(0),
    processRow: this.#breaking({
      processRow: async (message: object): Promise<void> => {
        this.carriedOut.push(message as RequestMessage);
        await this.#finish(message as RequestMessage);
      },
    }).processRow,
  };

  accept(submission: Partial<Submission> & { readonly body: Uint8Array }): Promise<OpenedBatch> {
    return acceptBatch({ format: 'json', defaults: {}, ...submission }, this.deps);
  }

  /** Delivers the batch messages until there are none; a failed one is delivered again. */
  async run({ maxDeliveries = 200, capacity = this.deps.capacity } = {}): Promise<void> {
    for (let deliveries = 0; deliveries < maxDeliveries; deliveries += 1) {
      const [message] = this.queue.messages;
      if (message === undefined) return;
      try {
        await runBatch(message, { ...this.deps, capacity });
        this.queue.messages.splice(this.queue.messages.indexOf(message), 1);
      } catch (thrown) {
        if (!(thrown instanceof Error && thrown.message === 'crash')) throw thrown;
        // The host waits before it delivers a message again.
        this.time.advance(10_000);
      }
      await this.makeMeetings();
      this.time.advance(message.delayMs);
    }
    throw new Error('The batch does not come to an end.');
  }

  /** The same, while nothing works on the requests queue. */
  get stillDeps(): BatchHarness['deps'] {
    const sleep = async (milliseconds: number): Promise<void> => this.time.advance(milliseconds);
    return { ...this.deps, clock: { ...this.deps.clock, sleep } };
  }

  /** Takes the oldest message off the batches queue. */
  takeMessage(): BatchMessage {
    const message = this.queue.messages.shift();
    if (message === undefined) throw new Error('The batches queue is empty.');
    return message;
  }

  /** Every request that waits on the requests queue gets its result. */
  async makeMeetings(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (const message of this.#pending.splice(0, most)) await this.#finish(message);
  }

  async #finish({ requestId, metadata }: RequestMessage): Promise<void> {
    const result = created(requestId, metadata);
    await this.#recording().publish(this.failing.has(requestId) ? asFailed(result) : result);
  }

  #recording(): ReturnType<typeof recordingProgress> {
    const { batches, index, completions, progress, log } = this;
    const clock = { now: () => this.time.now(), sleep: () => Promise.resolve() };
    const counting = { batches, index, completions, progress, log, clock };
    return recordingProgress(this.results, progress, (row) => recountRow(row, counting));
  }

  get batch(): Batch {
    const [stored] = this.batches.rows.values();
    if (stored === undefined) throw new Error('There is no batch.');
    return stored.batch;
  }

  #newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  #breaking<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const call = (...given: unknown[]): unknown => Reflect.apply(method, target, given);
        return name === 'open' || String(name).startsWith('list')
          ? (...given: unknown[]) => {
              const result = call(...given) as object;
              return name === 'open' ? this.#breaking(result) : result;
            }
          : (...given: unknown[]) => this.#break(String(name), () => call(...given));
      },
    });
  }

  async #break(name: string, call: () => unknown): Promise<unknown> {
    const breaks = this.crash?.at === this.calls;
    this.called.push(name);
    if (breaks && this.crash?.when === 'before') throw new Error('crash');
    const result = await call();
    if (breaks) throw new Error('crash');
    return result;
  }
}

/** The first indexes of rows. */
export const indexes = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => index);

/** Indexes of the rows that have a result, in order. */
export const publishedIndexes = ({ results }: BatchHarness): number[] =>
  [...new Set(results.published.map(({ index = -1 }) => index))].sort((a, b) => a - b);

/** A harness that has taken a batch of these rows. */
export async function accepted(rows: readonly object[]): Promise<BatchHarness> {
  const harness = new BatchHarness();
  await harness.accept({ body: asBody(rows) });
  return harness;
}

/** Returns the result of a row whose meeting was made. */
export const created = (
  requestId: string,
  { batchId, index, pass }: RequestMessage['metadata'],
): MeetingResult => ({
  requestId,
  batchId,
  index,
  ...(pass !== undefined && { pass }),
  status: 'created',
  organizer: { given: 'anna@contoso.com', id: null },
  meeting: { id: `meeting of ${requestId}`, joinWebUrl: `https://teams.example/${index}` },
  notApplied: [],
  error: null,
  attempts: 1,
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  completedDateTime: '2026-12-01T08:00:01.000Z',
});

const asFailed = (result: MeetingResult): MeetingResult => ({
  ...result,
  status: 'failed',
  meeting: null,
  error: toErrorBody(new MeetingError('accessPolicyMissing', 'There is no policy.')),
});

/** A row as a caller writes it, changed by `change`. */
export const aRow = (index: number, change: object = {}): object => ({
  requestId: `row-${index}`,
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { subject: `Evening ${index}`, startDateTime: '2026-12-01T14:30:00' },
  ...change,
});

/** Returns this many valid rows, with different ids. */
export const someRows = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => aRow(index));

/** For meetings that Graph makes again at each call. */
export const rowsWithPasscode = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => {
    const times = { startDateTime: '2026-12-01T14:30:00' };
    const joinMeetingIdSettings = { isPasscodeRequired: true };
    return aRow(index, {
      meeting: { subject: `Evening ${index}`, ...times, joinMeetingIdSettings },
    });
  });

/** Returns the body of a call: a text as it is, anything else as JSON. */
export const asBody = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
