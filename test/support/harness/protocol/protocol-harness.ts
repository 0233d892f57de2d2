import { MeetingError, toMeetingError } from '../../../../src/errors/meeting-error';
import { makeProcessMeetingRequestHandler } from '../../../../src/handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../../../../src/handlers/queue/process-poison-request';
import { retryRequest } from '../../../../src/meetings/create/retry-request';
import type { MeetingResult } from '../../../../src/results/meeting-result';
import { FakeCalendars } from '../../fakes/fake-calendars';
import { fakeRandom } from '../../fakes/fake-clock';
import { FakeGraph } from '../../fakes/fake-graph';
import { asText } from '../../protocol/as-text';
import { ChangingPools, requestId } from '../../protocol/changing-pools';
import type { Path } from '../../protocol/exploration';
import { httpHandlers, httpRequest, type HttpCall } from '../../protocol/http-call';
import { intercept, type PortCall } from '../../protocol/intercept';
import type { KnownStates } from '../../protocol/known-states';
import { MessageQueues, type Message } from '../../protocol/message-queues';
import { Scheduler, type Task } from '../../protocol/scheduler';
import {
  directoryTroubles,
  graphTroubles,
  poolTroubles,
  storageTroubles,
  Troubles,
  type Trouble,
} from '../../protocol/troubles';
import { WatchedLedger } from '../../protocol/watched-ledger';
import { FakeLog } from '../core-harness';
import { invocation } from '../queue-harness';

/** The person with the organizer's name after it has moved. */
const someoneElse = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';

export interface Bounds {
  /** Troubles in one run. */
  readonly troubles: number;
  /** Maximum number of switches between tasks; `Infinity` means every order. */
  readonly switches: number;
  /** Deliveries of a message before the host moves it to the poison queue. */
  readonly deliveries: number;
  readonly maxAgeMs: number;
  /** Kinds of trouble that may come. */
  readonly kinds: readonly Trouble[];
  /** Number of retries by a person, before any call. */
  readonly retries: number;
  /** Whether that person accepts a second meeting. */
  readonly isConfirmed: boolean;
  /** Whether somebody may cancel all batches, before any delivery: each delivery asks once. */
  readonly maySeeCancellation?: boolean;
}

/** In the messages that are rows of a batch. */
export const rowTokenOfAll = 'row';

const soonMs = 1_000;
/** Time until the host delivers a message to another instance, longer than any lease of the ledger. */
const lateMs = 600_000;
const maxSteps = 1_000;

/**
 * The real handlers and the real core between a queue, a ledger and a Graph in memory. At every external call, the path
 * decides which task continues and which fault occurs.
 */
export class ProtocolHarness {
  readonly graph = new FakeGraph();
  readonly calendars = new FakeCalendars(this.graph);
  readonly pools = new ChangingPools();
  readonly results: MeetingResult[] = [];
  /** Answers over HTTP, and refusals. */
  readonly answers: string[] = [];
  readonly trace: string[] = [];
  /** Plain creates that Graph may have carried out. */
  creates = 0;
  /** Calls that could have made a meeting once the request was cancelled. */
  readonly madeAfterCancel: string[] = [];
  /** Calls about meetings of a person who was not recorded as the organizer. */
  readonly forStrangers: string[] = [];
  /** Calls that could have made a meeting which did not count with its organizer. */
  readonly uncounted: string[] = [];
  readonly #ledger = new WatchedLedger();
  readonly #path: Path;
  readonly #bounds: Bounds;
  readonly #scheduler: Scheduler;
  readonly #troubles: Troubles;
  readonly #messages: MessageQueues;
  readonly #held = new Map<Task, Message>();
  #isTooOld = false;
  #retries: number;
  /** Undefined if they cannot be cancelled. */
  #areBatchesCancelled: boolean | undefined;

  constructor(path: Path, bounds: Bounds) {
    this.#path = path;
    this.#bounds = bounds;
    this.#retries = bounds.retries;
    if (bounds.maySeeCancellation === true) this.#areBatchesCancelled = false;
    this.#scheduler = new Scheduler(path, bounds.switches);
    this.#troubles = new Troubles(path, bounds, this.#scheduler);
    this.#messages = new MessageQueues(this.#scheduler, { ...bounds, parallel: 2 });
  }

  get left(): number {
    return this.#messages.left;
  }

  /** Ends that the ledger took. */
  get recorded(): readonly MeetingResult[] {
    return this.#ledger.ends;
  }

  /** Organizers that the request has had, in order. */
  get organizers(): readonly string[] {
    return this.#ledger.organizers;
  }

  /** A message was given up by the host, or its request is too old to go on. */
  get gaveUp(): boolean {
    return this.#messages.hasDead || this.#isTooOld;
  }

  /** Kinds of trouble that this run met. */
  get met(): Troubles['met'] {
    return this.#troubles.met;
  }

  send(text: string): void {
    this.#messages.send(text);
  }

  /** The earlier requests, one after another and without faults. */
  async prepare(texts: readonly string[]): Promise<void> {
    const { switches } = this.#scheduler;
    const left = [this.#troubles.left, this.#retries] as const;
    const areCancelled = this.#areBatchesCancelled;
    this.#areBatchesCancelled = undefined;
    this.#scheduler.switches = this.#troubles.left = this.#retries = 0;
    for (const text of texts) {
      this.send(text);
      await this.run(() => undefined);
    }
    [this.#troubles.left, this.#retries] = left;
    this.#areBatchesCancelled = areCancelled;
    this.#scheduler.switches = switches;
  }

  /** An HTTP caller that retries until it has an answer. */
  call(http: HttpCall): void {
    const what = JSON.stringify(http);
    const again = (delayMs: number): void =>
      this.#scheduler.after(delayMs, what, () => this.call(http));
    const task = this.#scheduler.start(what, async (own) => {
      const handler = httpHandlers[http.method](this.#dependencies(own));
      try {
        const { status } = await handler(httpRequest(http), invocation());
        this.answers.push(`answered ${status}`);
      } catch (thrown) {
        const { code, retryable, retryAfterMs = 5_000 } = toMeetingError(thrown);
        if (retryable) again(retryAfterMs);
        else this.answers.push(`refused ${code}`);
      }
    });
    task.onCrash = () => again(soonMs);
  }

  /** The ledger entry of a request. */
  read(id: string): ReturnType<WatchedLedger['read']> {
    return this.#ledger.read(id);
  }

  /** Delivers until nothing is left to do, or until all following states are known; `check` gets every state. */
  async run(check: () => void, known?: KnownStates): Promise<'ended' | 'known'> {
    for (let steps = 0; steps < maxSteps; steps += 1) {
      this.#messages.deliver((message) => this.#begin(message));
      await this.#scheduler.settled();
      if (this.#path.isNew) {
        check();
        if (this.#scheduler.isCrossing && known?.meets(this.#state, this.#left) === true)
          return 'known';
      }
      if (this.#messages.showNext()) continue;
      if (!this.#scheduler.step() && !this.#waitForMessage()) return 'ended';
    }
    throw new Error('The requests do not come to an end.');
  }

  /** The state that the rest of the run and its checks depend on. */
  get #state(): string {
    const seen = [
      ...[this.results, this.recorded, this.answers, this.madeAfterCancel],
      ...[this.organizers, this.forStrangers, this.uncounted],
    ].map((list) => {
      const texts = [...new Set(list.map(asText))].sort();
      return [texts.length, ...texts].join('\n');
    });
    return [
      ...seen,
      JSON.stringify([this.creates, this.answers.length, this.met, this.#isTooOld]),
      String(this.#areBatchesCancelled),
      ...[this.#scheduler, this.#messages, this.#ledger].map(({ state }) => state),
      ...[this.graph, this.calendars, this.pools].map(({ state }) => state),
    ].join('\n');
  }

  get #left(): readonly number[] {
    return [this.#troubles.left, this.#retries, this.#scheduler.switches];
  }

  #waitForMessage(): boolean {
    const isThere = this.#messages.wait();
    if (isThere && this.#scheduler.age > this.#bounds.maxAgeMs) this.#isTooOld = true;
    return isThere;
  }

  #begin(message: Message): void {
    this.#letPersonCancel();
    const { id, text, poison, deliveries, insertionTime } = message;
    const given = JSON.stringify([id, text, poison, deliveries, insertionTime]);
    const task = this.#scheduler.start(given, (own) => this.#process(message, own));
    this.#held.set(task, message);
    task.onCrash = () =>
      this.#messages.release(message, this.#path.choose(2) === 0 ? soonMs : lateMs);
  }

  async #process(message: Message, task: Task): Promise<void> {
    const deps = this.#dependencies(task);
    const make = message.poison
      ? makeProcessPoisonRequestHandler
      : makeProcessMeetingRequestHandler;
    try {
      const { id, deliveries, insertionTime } = message;
      await make(deps)(Buffer.from(message.text), invocation(id, deliveries, insertionTime));
      const effect = async (): Promise<void> => this.#messages.remove(message);
      await this.#call(task, storageTroubles, { name: `delete ${id}`, given: [], effect });
    } catch {
      this.#messages.release(message, message.poison ? lateMs : soonMs);
    }
  }

  /** One external call with its fault, if any. */
  async #call(task: Task, troubles: readonly Trouble[], call: PortCall): Promise<unknown> {
    await task.turn();
    this.#letPersonRetry();
    try {
      const answer = await this.#make(task, troubles, call);
      task.learnt.push(answer);
      return answer;
    } catch (thrown) {
      const { code, executed } = toMeetingError(thrown);
      task.learnt.push(`${code} ${executed}`);
      throw thrown;
    }
  }

  async #make(
    task: Task,
    troubles: readonly Trouble[],
    { name, given, effect }: PortCall,
  ): Promise<unknown> {
    const deadline = deadlineOf(given);
    if (this.#scheduler.now >= deadline) throw noTime();
    const trouble = this.#troubles.choose(task, name, troubles);
    this.trace.push(`${task.name}: ${name}${trouble === undefined ? '' : `, ${trouble}`}`);
    if (trouble === 'crash') return task.crash();
    if (trouble === 'throttled')
      throw new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });
    if (trouble === 'refused') throw new MeetingError('accessDenied', 'No.');
    await this.pools.change(trouble, this.#scheduler.now);
    if (trouble === 'moved') this.graph.people.set('anna@contoso.com', someoneElse);
    if (trouble === 'slow') await this.#delay(task, name);
    if (this.#scheduler.now >= deadline) throw noTime();
    if (troubles === graphTroubles) this.#watch(name, given);
    const code = troubles === graphTroubles ? 'graphUnavailable' : 'storageUnavailable';
    const broken = (): MeetingError =>
      new MeetingError(code, 'It broke off.', { executed: 'unknown' });
    if (trouble === 'lost') throw broken();
    if (trouble === 'late') {
      const what = `${name} ${JSON.stringify(given)}`;
      this.#scheduler.after(lateMs, what, () => effect().catch(() => undefined));
      throw broken();
    }
    const answer = await effect();
    if (trouble === 'answerLost') throw broken();
    return answer;
  }

  /** Records forbidden calls to Graph. */
  #watch(name: string, [organizerId]: readonly unknown[]): void {
    if (name === 'create') this.creates += 1;
    if (name.startsWith('create') && this.#ledger.isCancelled) this.madeAfterCancel.push(name);
    if (typeof organizerId !== 'string') return;
    if (organizerId !== this.organizers.at(-1)) this.forStrangers.push(name);
    if (!name.startsWith('create') || !this.#ledger.isFromPool) return;
    const counts = this.pools.counts.monthsOf(requestId);
    if (!counts.some((month) => month.startsWith(organizerId))) this.uncounted.push(name);
  }

  /** Whether the host delivers the message to another instance during the call. */
  async #delay(task: Task, name: string): Promise<void> {
    const message = this.#held.get(task);
    const isGivenAway = message !== undefined && this.#path.choose(2) === 1;
    if (isGivenAway) this.#messages.release(message, 0);
    task.learnt.push(name);
    await this.#scheduler.clockFor(task).sleep(lateMs);
    this.trace.push(`${task.name}: ${name} goes on`);
  }

  #letPersonRetry(): void {
    if (this.#retries === 0 || this.#path.choose(2) === 0) return;
    this.#retries -= 1;
    const acceptedDateTime = new Date(this.#scheduler.now).toISOString();
    this.#scheduler.start(`retry ${acceptedDateTime}`, async (own) => {
      const { isConfirmed: confirmed } = this.#bounds;
      const metadata = { attempts: 0, acceptedDateTime };
      const retry = { requestId, confirmed, metadata };
      try {
        const { result } = await retryRequest(retry, this.#dependencies(own));
        this.trace.push(`person: ${result.status}`);
      } catch (thrown) {
        this.trace.push(`person: ${toMeetingError(thrown).code}`);
      }
    });
  }

  #letPersonCancel(): void {
    if (this.#areBatchesCancelled !== false || this.#path.choose(2) === 0) return;
    this.#areBatchesCancelled = true;
    this.trace.push('person: cancelled the batches');
  }

  #dependencies(task: Task) {
    const stored = <T extends object>(port: T): T =>
      intercept(port, (call) => this.#call(task, storageTroubles, call));
    const asked = <T extends object>(port: T): T =>
      intercept(port, (call) => this.#call(task, graphTroubles, call));
    const { graph } = this;
    const messages = this.#messages;
    return {
      provider: asked(graph),
      pools: {
        members: intercept(this.pools.members, (call) => this.#call(task, poolTroubles, call)),
        counts: stored(this.pools.counts),
        maxMeetingsPerMonth: this.pools.maxMeetingsPerMonth,
      },
      calendars: asked(this.calendars),
      directory: {
        findUserId: (given: string) =>
          given.includes('@') ? this.#findUserId(task, given) : graph.findUserId(given),
      },
      ledger: stored(this.#ledger),
      results: stored({
        publish: async (result: MeetingResult): Promise<void> => void this.results.push(result),
      }),
      requests: stored({
        send: async (message: object, delayMs = 0): Promise<void> =>
          messages.send(JSON.stringify(message), { delayMs }),
      }),
      poison: stored({
        sendText: async (text: string, delayMs: number): Promise<void> =>
          messages.send(text, { delayMs, poison: true }),
      }),
      messages: { save: () => Promise.resolve('text'), load: () => Promise.resolve(undefined) },
      isCancelled: () => Promise.resolve(this.#areBatchesCancelled === true),
      isRowToken: (_batchId: string, rowToken: string | undefined) =>
        Promise.resolve(rowToken === rowTokenOfAll),
      clock: this.#scheduler.clockFor(task),
      random: fakeRandom(),
      log: new FakeLog(),
      callTimeoutMs: 30_000,
      allowPast: false,
      maxAgeMs: this.#bounds.maxAgeMs,
    };
  }

  #findUserId(task: Task, given: string): Promise<string | undefined> {
    const effect = (): Promise<string | undefined> => this.graph.findUserId(given);
    const call = { name: 'findUserId', given: [], effect };
    return this.#call(task, directoryTroubles, call) as Promise<string | undefined>;
  }
}

/** When the caller of Graph stops waiting; calls to storage have no such time. */
function deadlineOf(given: readonly unknown[]): number {
  const last = given.at(-1) as
    { readonly deadline?: number; readonly options?: { readonly deadline?: number } } | undefined;
  return last?.deadline ?? last?.options?.deadline ?? Infinity;
}

const noTime = (): MeetingError =>
  new MeetingError('graphUnavailable', 'There was not enough time left to call Microsoft Graph.');
