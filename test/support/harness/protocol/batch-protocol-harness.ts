import type { BatchCompleted } from '../../../../src/batches/ports';
import { finishedSince, type Place } from '../../../../src/batches/results/finished-batches';
import { acceptBatch } from '../../../../src/batches/intake/accept-batch';
import { cancelBatch } from '../../../../src/batches/run/cancel-batch';
import { recountRow } from '../../../../src/batches/run/recount-row';
import { startPass } from '../../../../src/batches/run/start-pass';
import { rowCapacity } from '../../../../src/batches/run/carry-out-batch';
import { recordingProgress } from '../../../../src/batches/run/record-progress';
import { makeCapacity } from '../../../../src/batches/run/capacity';
import { resumeStalledBatches } from '../../../../src/batches/run/resume-stalled-batches';
import { cleanUp } from '../../../../src/retention/clean-up';
import { retryRequest } from '../../../../src/meetings/create/retry-request';
import { processRow } from '../../../../src/meetings/messages/process-row';
import { MeetingError, toMeetingError } from '../../../../src/errors/meeting-error';
import { makeProcessMeetingRequestHandler } from '../../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../../src/handlers/queue/process-poison-request';
import { makeRequeueDeadBatchHandler } from '../../../../src/handlers/queue/requeue-dead-batch';
import { makeRunBatchHandler } from '../../../../src/handlers/queue/run-batch';
import type { MeetingResult } from '../../../../src/results/meeting-result';
import type { Path } from '../../protocol/exploration';
import { intercept } from '../../protocol/intercept';
import { MessageQueues, type Message } from '../../protocol/message-queues';
import { peripheralPorts, queuePorts } from '../../protocol/ports';
import { Scheduler, type Task } from '../../protocol/scheduler';
import {
  FakeBatchIndex,
  FakeBatchLedger,
  FakeCallerBatches,
  FakeProgress,
  FakeRows,
} from '../../fakes/fake-batches';
import { FakeGraph } from '../../fakes/fake-graph';
import { FakeLedger } from '../../fakes/fake-ledger';
import { asBody, rowsWithPasscode, someRows } from '../batch-harness';
import { FakeLog } from '../core-harness';
import { canMeet, type BatchBounds, type Trouble } from '../../protocol/batch-bounds';
import { invocation } from '../queue-harness';
import { leaveBehind, store, type StartedBatch } from './started-batch';

const soonMs = 10_000;
/** Time until the host delivers the message of a dead instance to another one. */
const lateMs = 600_000;
const slowMs = 20_000;
const timerMs = 300_001;
const retentionMs = 30 * 86_400_000;
const maxSteps = 6_000;
const maxTimers = 30;

/** The handlers of messages and dead messages. */
const makers = {
  requests: [makeProcessMeetingRequestHandler, makeProcessPoisonRequestHandler],
  batches: [makeRunBatchHandler, makeRequeueDeadBatchHandler],
} as const;

/**
 * The real acceptance, handlers, timer and core between queues, tables and a Graph in memory. At every call to storage,
 * the path decides which task continues and which fault occurs. Between any two steps, a reader reads the list of
 * finished batches.
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
  /** Whether the caller of the second part got an answer. */
  answered = false;
  refusal: string | undefined;
  calls = 0;
  readonly rows = new FakeRows();
  readonly ledger = new FakeLedger();
  readonly #path: Path;
  readonly #bounds: BatchBounds;
  readonly #scheduler: Scheduler;
  readonly #messages: MessageQueues;
  readonly #held = new Map<Task, Message>();
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

  /** Runs until nothing is left to do; `check` gets every state. Without a start, a caller sends the batch. */
  async run(check: () => void, start?: StartedBatch): Promise<void> {
    await this.#read();
    this.#scheduler.now += 60_000;
    if (start === undefined) this.#accept();
    else await this.#goOnFrom(start);
    await this.#untilQuiet(check);
    const { afterwards, isForgotten } = this.#bounds;
    if (afterwards === undefined && isForgotten === undefined) return;
    // While they wait nothing is forgotten, so a retry beside the clean-up comes without them.
    const hasCopies = afterwards === undefined || isForgotten === undefined;
    for (const { queue, text } of hasCopies ? this.#sent.splice(0) : [])
      this.#messages.send(text, { queue });
    if (isForgotten === true) this.#passRetention();
    this.#isSecondPart = true;
    if (afterwards !== undefined) this.#callUntilAnswered(11, (own) => this.#secondPart(own));
    await this.#untilQuiet(check);
    if (isForgotten !== true) return;
    // All concurrent work has ended by now.
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

  /** Reads as soon as an entry is visible, so no reader could be faster. */
  async #read(): Promise<void> {
    const now = new Date(this.#scheduler.now);
    const found = await finishedSince(this.#place, now, {
      batches: this.batches,
      finished: this.index,
    });
    this.listed.push(...found.batches.map(({ batchId }) => batchId));
    this.#place = found.next;
  }

  async #goOnFrom(start: StartedBatch): Promise<void> {
    const batch = this.#bounds.isLeftBehind === true ? leaveBehind(start.batch) : start.batch;
    await store({ ...start, batch }, this);
    this.accepted = true;
    const { batchId } = batch;
    this.#messages.send(JSON.stringify({ batchId, sequence: 1 }), { queue: 'batches' });
    for (const message of this.#bounds.isLeftBehind === true ? start.messages : [])
      this.#messages.send(JSON.stringify(message));
  }

  /** A caller with an Idempotency-Key. */
  #accept(): void {
    const { rows, isCreateOnce } = this.#bounds;
    const body = asBody(isCreateOnce === true ? rowsWithPasscode(rows) : someRows(rows));
    const submission = { body, format: 'json', defaults: {}, idempotencyKey: 'key' } as const;
    this.#callUntilAnswered(6, async (own) => {
      await acceptBatch(submission, this.#deps(own));
      this.accepted = true;
    });
  }

  #callUntilAnswered(tries: number, call: (own: Task) => Promise<void>): void {
    if (tries === 0) return;
    const again = (): void => this.#callUntilAnswered(tries - 1, call);
    const task = this.#scheduler.start('call', async (own) => {
      try {
        await call(own);
      } catch (thrown) {
        if (!(thrown instanceof MeetingError)) throw thrown;
        again();
      }
    });
    task.onCrash = again;
  }

  async #secondPart(task: Task): Promise<void> {
    try {
      await this.#secondCall(task);
      this.answered = true;
    } catch (thrown) {
      const { code } = toMeetingError(thrown);
      if (code === 'batchNotFound' || code === 'requestNotFound') {
        this.refusal = code;
        return;
      }
      await this.#scheduler.clockFor(task).sleep(slowMs);
      throw thrown;
    }
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
    const { queue, text, poison, deliveries } = message;
    if (!this.#isSecondPart && !poison) this.#sent.push({ queue, text });
    const task = this.#scheduler.start(message.id, (own) => this.#process(message, own));
    this.#held.set(task, message);
    task.onCrash = () => this.#release(message, { deliveries, delayMs: lateMs });
  }

  /** Once another has it, the delivery before can do nothing to it. */
  #release(
    message: Message,
    { deliveries, delayMs }: { deliveries: number; delayMs: number },
  ): void {
    if (message.deliveries === deliveries) this.#messages.release(message, delayMs);
  }

  async #process(message: Message, task: Task): Promise<void> {
    const core = this.#deps(task);
    const deps = {
      ...core,
      processRow: (request: object): Promise<void> => processRow(request, core),
    };
    const { deliveries } = message;
    const make = makers[message.queue][message.poison ? 1 : 0];
    try {
      await make(deps)(Buffer.from(message.text), invocation(message.id, deliveries));
      await this.#call(task, `delete ${message.id}`, async () => {
        if (message.deliveries === deliveries) this.#messages.remove(message);
      });
    } catch (thrown) {
      if (!(thrown instanceof MeetingError)) throw thrown;
      this.#release(message, { deliveries, delayMs: message.poison ? lateMs : soonMs });
    }
  }

  async #call<T>(task: Task, name: string, effect: () => Promise<T>): Promise<T> {
    await task.turn();
    if (this.#bounds.cancelAt === this.calls) await this.#cancel();
    this.calls += 1;
    const trouble = this.#chooseTrouble(task, name);
    this.trace.push(`${task.name}: ${name}${trouble === undefined ? '' : `, ${trouble}`}`);
    const broken = (): MeetingError => new MeetingError('storageUnavailable', 'It broke off.');
    if (trouble === 'crash') return task.crash();
    if (trouble === 'lost') throw broken();
    const message = this.#held.get(task);
    if (trouble === 'overtaken' && message !== undefined) this.#messages.release(message, 0);
    if (trouble === 'slow' || trouble === 'overtaken') {
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

  #chooseTrouble(task: Task, name: string): Trouble | undefined {
    if (this.#troubles >= this.#bounds.troubles) return undefined;
    const { afterwards, isForgotten } = this.#bounds;
    const isQuiet = afterwards !== undefined || isForgotten !== undefined;
    if (isQuiet && !this.#isSecondPart) return undefined;
    const kinds = this.#bounds.kinds.filter(
      (kind) => canMeet(kind, name) && (kind !== 'overtaken' || this.#held.has(task)),
    );
    const trouble = kinds[this.#path.choose(kinds.length + 1) - 1];
    if (trouble !== undefined) this.#troubles += 1;
    return trouble;
  }

  /** A port whose calls fail as the path decides; lists and writers are unchanged. */
  #port<T extends object>(task: Task, port: T): T {
    return intercept(
      port,
      ({ name, effect }) => this.#call(task, name, effect),
      (name) => name !== 'open' && !name.startsWith('list'),
    );
  }

  /** Looks once, then removes one row after another. */
  async #removeRequests(task: Task, before: string): Promise<number> {
    const old = this.ledger.finishedBefore(before);
    for (const stored of old)
      await this.#call(task, 'remove request', () => this.ledger.remove(stored));
    return old.length;
  }

  #deps(task: Task) {
    const port = <T extends object>(target: T): T => this.#port(task, target);
    const { queue, requests, poison } = queuePorts(this.#messages);
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
      ...peripheralPorts,
      ...counting,
      rows: port(this.rows),
      queue: port(queue),
      requests: port(requests),
      poison: port(poison),
      waitingRequests: async () => this.#messages.look({}),
      waitingPoison: async () => this.#messages.look({ poison: true }),
      callerBatches: port(new FakeCallerBatches()),
      finishedRequests: { removeBefore: (time: string) => this.#removeRequests(task, time) },
      retentionMs,
      results: recordingProgress(port({ publish }), progress, (row) => recountRow(row, counting)),
      ledger: port(this.ledger),
      provider: this.graph,
      directory: this.graph,
      rights: this.graph,
      isCancelled: async (batchId: string): Promise<boolean> =>
        (await this.batches.read(batchId))?.batch.cancelledDateTime !== undefined,
      isRowToken: async (batchId: string, rowToken: string | undefined): Promise<boolean> =>
        (await this.batches.read(batchId))?.batch.rowToken === rowToken,
      clock,
      now: () => clock.now(),
      random: { random: () => 0.5, newId: () => `id-${(this.#ids += 1)}` },
      window: 100,
      capacity: makeCapacity(this.#bounds.isCarriedOut === true ? rowCapacity : 0),
      allowPast: this.#bounds.isForgotten === true,
      callTimeoutMs: 30_000,
      maxAgeMs: 86_400_000,
    };
  }
}
