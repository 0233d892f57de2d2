import { makeWorkbooks } from '../../../src/adapters/workbooks';
import type { BatchCompleted } from '../../../src/batches/ports';
import { finishedSince, type Place } from '../../../src/batches/results/finished-batches';
import { acceptBatch } from '../../../src/batches/intake/accept-batch';
import { cancelBatch } from '../../../src/batches/run/cancel-batch';
import { recountRow } from '../../../src/batches/run/recount-row';
import { startPass } from '../../../src/batches/run/start-pass';
import { roomForRows } from '../../../src/batches/run/carry-out-batch';
import { recordingProgress } from '../../../src/batches/run/record-progress';
import { makeRoom } from '../../../src/batches/run/room';
import { resumeStalledBatches } from '../../../src/batches/run/resume-stalled-batches';
import { cleanUp } from '../../../src/retention/clean-up';
import { retryRequest } from '../../../src/meetings/retry-request';
import { processMessage } from '../../../src/meetings/messages/process-message';
import { MeetingError } from '../../../src/errors/meeting-error';
import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../src/handlers/queue/process-poison-request';
import {
  makeRequeueDeadBatchHandler,
  makeRunBatchHandler,
} from '../../../src/handlers/queue/run-batch';
import type { MeetingResult } from '../../../src/results/meeting-result';
import type { Path } from '../protocol/exploration';
import { MessageQueues, type Message } from '../protocol/message-queues';
import { Scheduler, type Task } from '../protocol/scheduler';
import {
  FakeBatchIndex,
  FakeBatchLedger,
  FakeCallerBatches,
  FakeOldMessages,
  FakeProgress,
  FakeRows,
} from '../fakes/fake-batches';
import { FakeGraph } from '../fakes/fake-graph';
import { FakeLedger } from '../fakes/fake-ledger';
import { aRow, asBody, someRows } from './batch-harness';
import { FakeLog } from './core-harness';
import { canMeet, type BatchBounds, type Trouble } from '../protocol/batch-bounds';
import { invocation } from './queue-harness';

const soonMs = 10_000;
/** What the host takes to give the message of a dead instance to another one. */
const lateMs = 600_000;
const slowMs = 20_000;
const timerMs = 300_001;
const retentionMs = 30 * 86_400_000;
const maxSteps = 6_000;
const maxTimers = 30;

/**
 * The real acceptance, handlers, timer and core between queues, tables and a Graph in memory. At every call to storage the path
 * decides who goes on and what goes wrong; between any two steps somebody reads the list of finished batches.
 */
export class BatchProtocolHarness {
  readonly graph = new FakeGraph();
  readonly results: MeetingResult[] = [];
  readonly completions: BatchCompleted[] = [];
  /** Rows that had a result when each completion was published. */
  readonly rowsAtCompletion: number[] = [];
  readonly listed: string[] = [];
  readonly trace: string[] = [];
  readonly batches = new FakeBatchLedger();
  readonly index = new FakeBatchIndex();
  readonly progress = new FakeProgress();
  accepted = false;
  /** The caller of the second part was answered, or told why not. */
  answered = false;
  refusal: string | undefined;
  calls = 0;
  readonly rows = new FakeRows();
  readonly ledger = new FakeLedger();
  readonly #path: Path;
  readonly #bounds: BatchBounds;
  readonly #scheduler: Scheduler;
  readonly #messages: MessageQueues;
  #place: Place | undefined;
  readonly #sent: { readonly queue: Message['queue']; readonly text: string }[] = [];
  #isSecondPart = false;
  #troubles = 0;
  #timers = 0;
  #ids = 0;

  constructor(path: Path, bounds: BatchBounds) {
    this.#path = path;
    this.#bounds = bounds;
    this.#scheduler = new Scheduler(path, bounds.switches);
    this.#messages = new MessageQueues(this.#scheduler, { ...bounds, parallel: 3 });
    if (bounds.afterwards !== undefined) this.#refuseFirstMeeting();
  }

  #refuseFirstMeeting(): void {
    let refusals = 1;
    const before = new MeetingError('accessPolicyMissing', 'No policy.');
    this.graph.fault = (call) =>
      call.startsWith('create') && (refusals -= 1) >= 0 ? { before } : undefined;
  }

  get left(): number {
    return this.#messages.left;
  }

  /** Runs until all is quiet; `check` sees every state on the way. */
  async run(check: () => void): Promise<void> {
    await this.#read();
    this.#scheduler.now += 60_000;
    this.#accept(5);
    await this.#untilQuiet(check);
    const { afterwards, isForgotten } = this.#bounds;
    if (afterwards === undefined && isForgotten === undefined) return;
    // While they wait nothing is forgotten, so a retry beside the clean-up comes without them.
    const hasCopies = afterwards === undefined || isForgotten === undefined;
    for (const { queue, text } of hasCopies ? this.#sent.splice(0) : [])
      this.#messages.send(text, { queue });
    if (isForgotten === true) this.#passRetention();
    this.#isSecondPart = true;
    if (afterwards !== undefined) this.#callUntilAnswered(10);
    await this.#untilQuiet(check);
    if (isForgotten !== true) return;
    // Whatever went on beside it has ended by now.
    this.#passRetention();
    await this.#untilQuiet(check);
  }

  #passRetention(): void {
    this.#scheduler.now += retentionMs + 86_400_000;
    this.#timers = 0;
    this.#cleanUp(10);
  }

  /** The timer runs it again, whether it came to its end or not. */
  #cleanUp(times: number): void {
    if (times === 0) return;
    const again = (): void =>
      this.#scheduler.after(lateMs, 'clean-up', () => this.#cleanUp(times - 1));
    const task = this.#scheduler.start('clean-up', async (own) => {
      try {
        await cleanUp(this.#deps(own));
        if (this.#mayHaveMore) again();
      } catch (thrown) {
        if (!(thrown instanceof MeetingError)) throw thrown;
        again();
      }
    });
    task.onCrash = again;
  }

  get #mayHaveMore(): boolean {
    return this.index.finished.size > 0 || this.ledger.list().length > 0;
  }

  async #untilQuiet(check: () => void): Promise<void> {
    for (let steps = 0; steps < maxSteps; steps += 1) {
      this.#messages.deliver((message) => this.#begin(message));
      await this.#scheduler.settled();
      await this.#read();
      check();
      if (!this.#scheduler.step() && !this.#messages.wait() && !this.#startTimer()) break;
      if (steps === maxSteps - 1) throw new Error('The batch does not come to an end.');
    }
    this.#scheduler.now += 60_000;
    await this.#read();
  }

  /** As soon as an entry can be seen it is looked for, so that no reader could be quicker. */
  async #read(): Promise<void> {
    const now = new Date(this.#scheduler.now);
    const found = await finishedSince(this.#place, now, {
      batches: this.batches,
      finished: this.index,
    });
    this.listed.push(...found.batches.map(({ batchId }) => batchId));
    this.#place = found.next;
  }

  /** A caller with an Idempotency-Key repeats its call until it is answered. */
  #accept(tries: number): void {
    const again = (): void => (tries > 0 ? this.#accept(tries - 1) : undefined);
    const { rows, isCreateOnce } = this.#bounds;
    const body = asBody(isCreateOnce === true ? rowsWithPasscode(rows) : someRows(rows));
    const task = this.#scheduler.start('accept', async (own) => {
      try {
        await acceptBatch(
          { body, format: 'json', defaults: {}, idempotencyKey: 'key' },
          this.#deps(own),
        );
        this.accepted = true;
      } catch (thrown) {
        if (!(thrown instanceof MeetingError)) throw thrown;
        again();
      }
    });
    task.onCrash = again;
  }

  #callUntilAnswered(tries: number): void {
    const again = (): void => (tries > 0 ? this.#callUntilAnswered(tries - 1) : undefined);
    const task = this.#scheduler.start('call', async (own) => {
      try {
        await this.#secondCall(own);
        this.answered = true;
      } catch (thrown) {
        if (!(thrown instanceof MeetingError)) throw thrown;
        if (thrown.code === 'batchNotFound' || thrown.code === 'requestNotFound') {
          this.refusal = thrown.code;
          return;
        }
        await this.#scheduler.clockFor(own).sleep(slowMs);
        again();
      }
    });
    task.onCrash = again;
  }

  async #secondCall(task: Task): Promise<void> {
    const deps = this.#deps(task);
    const [batchId = ''] = this.batches.rows.keys();
    if (this.#bounds.afterwards !== 'retryRow')
      return void (await startPass(batchId, { kind: this.#bounds.afterwards ?? 'retry' }, deps));
    const metadata = { attempts: 0, acceptedDateTime: deps.now().toISOString() };
    const requestId = 'row-0';
    await retryRequest({ requestId, confirmed: false, metadata }, deps);
  }

  #startTimer(): boolean {
    if (this.index.active.size === 0 || this.#timers >= maxTimers) return false;
    this.#timers += 1;
    this.#scheduler.now += timerMs;
    this.#scheduler.start('timer', (own) => resumeStalledBatches(this.#deps(own)));
    return true;
  }

  #begin(message: Message): void {
    const { queue, text, poison } = message;
    if (!this.#isSecondPart && !poison) this.#sent.push({ queue, text });
    const task = this.#scheduler.start(message.id, (own) => this.#process(message, own));
    task.onCrash = () => this.#messages.release(message, lateMs);
  }

  async #process(message: Message, task: Task): Promise<void> {
    const core = this.#deps(task);
    const carryOut = (request: object): Promise<void> => processMessage(request, core);
    const deps = { ...core, carryOut };
    const handlers = {
      requests: [makeProcessMeetingRequestHandler, makeProcessPoisonRequestHandler],
      batches: [makeRunBatchHandler, makeRequeueDeadBatchHandler],
    } as const;
    const make =
      handlers[message.queue === 'batches' ? 'batches' : 'requests'][message.poison ? 1 : 0];
    try {
      await make(deps)(Buffer.from(message.text), invocation(message.id, message.deliveries));
      await this.#call(task, `delete ${message.id}`, async () => this.#messages.remove(message));
    } catch (thrown) {
      if (!(thrown instanceof MeetingError)) throw thrown;
      this.#messages.release(message, message.poison ? lateMs : soonMs);
    }
  }

  async #call<T>(task: Task, name: string, effect: () => Promise<T>): Promise<T> {
    await task.turn();
    if (this.#bounds.cancelAt === this.calls) await this.#cancel();
    this.calls += 1;
    const trouble = this.#chooseTrouble(name);
    this.trace.push(`${task.name}: ${name}${trouble === undefined ? '' : `, ${trouble}`}`);
    const broken = (): MeetingError => new MeetingError('storageUnavailable', 'It broke off.');
    if (trouble === 'crash') return task.crash();
    if (trouble === 'lost') throw broken();
    if (trouble === 'slow') {
      await this.#scheduler.clockFor(task).sleep(slowMs);
      // Somebody reads the list just before.
      await task.turn();
    }
    const answer = await effect();
    if (trouble === 'doubled') await effect();
    if (trouble === 'answerLost') throw broken();
    return answer;
  }

  async #cancel(): Promise<void> {
    const [stored] = this.batches.rows.values();
    if (stored === undefined) return;
    const clock = { now: () => new Date(this.#scheduler.now), sleep: () => Promise.resolve() };
    const deps = { batches: this.batches, clock, log: new FakeLog() };
    await cancelBatch(stored.batch.batchId, deps).catch(() => undefined);
  }

  #chooseTrouble(name: string): Trouble | undefined {
    if (this.#troubles >= this.#bounds.troubles) return undefined;
    const { afterwards, isForgotten } = this.#bounds;
    const isQuiet = afterwards !== undefined || isForgotten !== undefined;
    if (isQuiet && !this.#isSecondPart) return undefined;
    const kinds = this.#bounds.kinds.filter((kind) => canMeet(kind, name));
    const trouble = kinds[this.#path.choose(kinds.length + 1) - 1];
    if (trouble !== undefined) this.#troubles += 1;
    return trouble;
  }

  /** A port whose calls go wrong as the path says; lists and writers are given as they are. */
  #port<T extends object>(task: Task, port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const effect = (...given: unknown[]): unknown => Reflect.apply(method, target, given);
        if (name === 'open' || String(name).startsWith('list')) return effect;
        return (...given: unknown[]) =>
          this.#call(task, String(name), async () => effect(...given));
      },
    });
  }

  /** Looks once, then removes one row after another. */
  async #removeRequests(task: Task, before: string): Promise<number> {
    const old = this.ledger
      .list()
      .filter(
        ({ entry: { progress } }) =>
          progress.state === 'finished' && progress.result.completedDateTime < before,
      );
    for (const stored of old)
      await this.#call(task, 'remove request', () => this.ledger.remove(stored));
    return old.length;
  }

  #deps(task: Task) {
    const port = <T extends object>(target: T): T => this.#port(task, target);
    const progress = port(this.progress);
    const publish = async (result: MeetingResult): Promise<void> => void this.results.push(result);
    const publishCompleted = async (message: BatchCompleted): Promise<void> => {
      this.completions.push(structuredClone(message));
      const indexes = this.results.flatMap(({ index = [] }) => index);
      this.rowsAtCompletion.push(new Set(indexes).size);
    };
    const clock = this.#scheduler.clockFor(task);
    const counting = {
      batches: port(this.batches),
      index: port(this.index),
      completions: port({ publishCompleted }),
      progress,
      clock,
      log: new FakeLog(),
    };
    return {
      ...counting,
      rows: port(this.rows),
      queue: port({
        enqueue: async (batchId: string, sequence: number, delayMs = 0): Promise<void> =>
          this.#messages.send(JSON.stringify({ batchId, sequence }), { queue: 'batches', delayMs }),
      }),
      waitingRequests: async () => this.#messages.look({}),
      waitingPoison: async () => this.#messages.look({ poison: true }),
      callerBatches: port(new FakeCallerBatches()),
      oldMessages: new FakeOldMessages(),
      finishedRequests: { removeBefore: (time: string) => this.#removeRequests(task, time) },
      oldCounts: { removeBefore: () => Promise.resolve(0) },
      retentionMs,
      requests: port({
        send: async (message: object, delayMs = 0): Promise<void> =>
          this.#messages.send(JSON.stringify(message), { delayMs }),
      }),
      poison: port({
        sendText: async (text: string, delayMs: number): Promise<void> =>
          this.#messages.send(text, { delayMs, poison: true }),
      }),
      results: recordingProgress(port({ publish }), progress, (result) =>
        recountRow(result, counting),
      ),
      ledger: port(this.ledger),
      provider: this.graph,
      directory: this.graph,
      rights: this.graph,
      messages: { save: () => Promise.resolve('text'), load: () => Promise.resolve(undefined) },
      isCancelled: async (batchId: string): Promise<boolean> =>
        (await this.batches.read(batchId))?.batch.cancelledDateTime !== undefined,
      isRowToken: async (batchId: string, rowToken: string | undefined): Promise<boolean> =>
        (await this.batches.read(batchId))?.batch.rowToken === rowToken,
      clock,
      now: () => clock.now(),
      random: { random: () => 0.5, newId: () => `id-${(this.#ids += 1)}` },
      newToken: () => 'token',
      workbooks: makeWorkbooks(() => Number.POSITIVE_INFINITY),
      readCsv: () => {
        throw new Error('No CSV here.');
      },
      window: 100,
      room: makeRoom(this.#bounds.isCarriedOut === true ? roomForRows : 0),
      allowPast: this.#bounds.isForgotten === true,
      callTimeoutMs: 30_000,
      maxAgeMs: 86_400_000,
    };
  }
}

const rowsWithPasscode = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => {
    const times = { startDateTime: '2026-12-01T14:30:00' };
    const joinMeetingIdSettings = { isPasscodeRequired: true };
    return aRow(index, {
      meeting: { subject: `Evening ${index}`, ...times, joinMeetingIdSettings },
    });
  });
