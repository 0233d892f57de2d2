import type { HttpRequest } from '@azure/functions';
import { makeProcessMeetingRequestHandler } from '../../../src/handlers/queue/process-meeting-request';
import {
  makeProcessPoisonRequestHandler,
  type PoisonDependencies,
} from '../../../src/handlers/queue/process-poison-request';
import { MeetingError, toMeetingError } from '../../../src/errors/meeting-error';
import { makeCreateMeetingHandler } from '../../../src/handlers/http/meetings/create-meeting';
import type { LedgerEntry } from '../../../src/meetings/ledger';
import type { CallOptions } from '../../../src/meetings/ports';
import { retryRequest } from '../../../src/meetings/retry-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { FakeLog } from './core-harness';
import type { Path } from '../protocol/exploration';
import { fakeRandom } from '../fakes/fake-clock';
import { FakeGraph } from '../fakes/fake-graph';
import { FakeLedger } from '../fakes/fake-ledger';
import { invocation } from './queue-harness';
import { MessageQueues, type Message } from '../protocol/message-queues';
import { Scheduler, type Task } from '../protocol/scheduler';

/** Who has the name of the organizer once it has moved. */
const someoneElse = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';

/**
 * What can go wrong at a call: nothing, or one of these. `slow`: the call leaves the process after its lease is over, and the
 * host may have given the message to another by then. `late`: the caller gives up, and Graph carries the call out long after.
 * `moved`: the organizer's name belongs to another person from now on.
 */
export type Trouble =
  'crash' | 'lost' | 'answerLost' | 'throttled' | 'refused' | 'slow' | 'late' | 'moved';

export interface Bounds {
  /** Troubles in one run. */
  readonly troubles: number;
  /** How often a task is stopped to let another one go on. */
  readonly switches: number;
  /** Deliveries of a message before the host moves it to the poison queue. */
  readonly deliveries: number;
  readonly maxAgeMs: number;
  /** Kinds of trouble that may come. */
  readonly kinds: readonly Trouble[];
  /** How often a person asks for another try, before any call of anybody's. */
  readonly retries: number;
  /** Whether that person accepts a second meeting. */
  readonly isConfirmed: boolean;
}

const storageTroubles: readonly Trouble[] = ['crash', 'lost', 'answerLost', 'slow'];
const graphTroubles: readonly Trouble[] = [...storageTroubles, 'throttled', 'refused', 'late'];
const directoryTroubles: readonly Trouble[] = ['crash', 'lost', 'throttled', 'moved'];
const soonMs = 1_000;
/** Longer than any lease of the ledger: what the host takes to give a message to somebody else. */
const lateMs = 600_000;
const maxSteps = 1_000;

/**
 * The real handlers and the real core between a queue, a ledger and a Graph in memory. At every call that leaves the process
 * the path decides who goes on and what goes wrong.
 */
export class ProtocolHarness {
  readonly graph = new FakeGraph();
  readonly results: MeetingResult[] = [];
  /** Ends that the ledger took. */
  readonly recorded: MeetingResult[] = [];
  /** Answers over HTTP, and refusals. */
  readonly answers: string[] = [];
  readonly trace: string[] = [];
  /** Plain creates that Graph may have carried out. */
  readonly creates: string[] = [];
  /** Requests that are cancelled, and calls that could have made a meeting since. */
  readonly cancelled = new Set<string>();
  readonly madeAfterCancel: string[] = [];
  readonly #ledger = new FakeLedger();
  readonly #path: Path;
  readonly #bounds: Bounds;
  readonly #scheduler: Scheduler;
  readonly #messages: MessageQueues;
  readonly #held = new Map<Task, Message>();
  #isTooOld = false;
  #troubles = 0;
  #retries = 0;

  constructor(path: Path, bounds: Bounds) {
    this.#path = path;
    this.#bounds = bounds;
    this.#scheduler = new Scheduler(path, bounds.switches);
    this.#messages = new MessageQueues(this.#scheduler, { ...bounds, parallel: 2 });
  }

  get left(): number {
    return this.#messages.left;
  }

  /** A message was given up by the host, or its request is too old to go on. */
  get gaveUp(): boolean {
    return this.#messages.hasDead || this.#isTooOld;
  }

  /** Kinds of trouble that this run met. */
  readonly met = new Set<Trouble>();

  send(text: string): void {
    this.#messages.send(text);
  }

  /** A caller over HTTP, who comes again until there is an answer. */
  call(text: string): void {
    const again = (delayMs: number): void => this.#scheduler.after(delayMs, () => this.call(text));
    const task = this.#scheduler.start(async (own) => {
      const handler = makeCreateMeetingHandler(this.#dependencies(own));
      try {
        const { status } = await handler(httpRequest(text), invocation());
        this.answers.push(`answered ${status}`);
      } catch (thrown) {
        const { code, retryable, retryAfterMs = 5_000 } = toMeetingError(thrown);
        if (retryable) again(retryAfterMs);
        else this.answers.push(`refused ${code}`);
      }
    });
    task.onCrash = () => again(soonMs);
  }

  /** What the ledger knows of a request. */
  read(requestId: string): ReturnType<FakeLedger['read']> {
    return this.#ledger.read(requestId);
  }

  /** Delivers until all is quiet; `check` sees every state on the way. */
  async run(check: () => void): Promise<void> {
    for (let steps = 0; steps < maxSteps; steps += 1) {
      this.#messages.deliver((message) => this.#begin(message));
      await this.#scheduler.settled();
      check();
      if (this.#messages.showNext()) continue;
      if (!this.#scheduler.step() && !this.#waitForMessage()) return;
    }
    throw new Error('The requests do not come to an end.');
  }

  #waitForMessage(): boolean {
    const isThere = this.#messages.wait();
    if (isThere && this.#scheduler.age > this.#bounds.maxAgeMs) this.#isTooOld = true;
    return isThere;
  }

  #begin(message: Message): void {
    const task = this.#scheduler.start((own) => this.#process(message, own));
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
      await this.#call(task, `delete ${message.id}`, storageTroubles, async () =>
        this.#messages.remove(message),
      );
    } catch {
      this.#messages.release(message, message.poison ? lateMs : soonMs);
    }
  }

  /** One call out of the process, with whatever becomes of it. */
  async #call<T>(
    task: Task,
    name: string,
    troubles: readonly Trouble[],
    effect: () => Promise<T>,
    deadline = Infinity,
  ): Promise<T> {
    await task.turn();
    this.#letPersonRetry();
    if (this.#scheduler.now >= deadline) throw noTime();
    const trouble = this.#chooseTrouble(troubles);
    this.trace.push(`${task.name}: ${name}${trouble === undefined ? '' : `, ${trouble}`}`);
    if (trouble === 'crash') return task.crash();
    if (trouble === 'throttled')
      throw new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });
    if (trouble === 'refused') throw new MeetingError('accessDenied', 'No.');
    if (trouble === 'moved') this.graph.people.set('anna@contoso.com', someoneElse);
    if (trouble === 'slow') await this.#delay(task, name);
    if (this.#scheduler.now >= deadline) throw noTime();
    if (name === 'create') this.creates.push(task.name);
    if (name.startsWith('create') && this.cancelled.size > 0) this.madeAfterCancel.push(task.name);
    const code = troubles === graphTroubles ? 'graphUnavailable' : 'storageUnavailable';
    const broken = (): MeetingError =>
      new MeetingError(code, 'It broke off.', { executed: 'unknown' });
    if (trouble === 'lost') throw broken();
    if (trouble === 'late') {
      this.#scheduler.after(lateMs, async () => void (await effect()));
      throw broken();
    }
    const answer = await effect();
    if (trouble === 'answerLost') throw broken();
    return answer;
  }

  /** The host takes the message for lost meanwhile, and gives it to another, or does not. */
  async #delay(task: Task, name: string): Promise<void> {
    const message = this.#held.get(task);
    const isGivenAway = message !== undefined && this.#path.choose(2) === 1;
    if (isGivenAway) this.#messages.release(message, 0);
    await this.#scheduler.clockFor(task).sleep(lateMs);
    this.trace.push(`${task.name}: ${name} goes on`);
  }

  #letPersonRetry(): void {
    if (this.#retries >= this.#bounds.retries || this.#path.choose(2) === 0) return;
    this.#retries += 1;
    this.#scheduler.start(async (own) => {
      const { isConfirmed: confirmed } = this.#bounds;
      const acceptedDateTime = new Date(this.#scheduler.now).toISOString();
      const retry = {
        requestId: 'request-1',
        confirmed,
        metadata: { attempts: 0, acceptedDateTime },
      };
      try {
        const { result } = await retryRequest(retry, this.#dependencies(own));
        this.trace.push(`person: ${result.status}`);
      } catch (thrown) {
        this.trace.push(`person: ${toMeetingError(thrown).code}`);
      }
    });
  }

  #chooseTrouble(possible: readonly Trouble[]): Trouble | undefined {
    if (this.#troubles >= this.#bounds.troubles) return undefined;
    const troubles = possible.filter((kind) => this.#bounds.kinds.includes(kind));
    const trouble = troubles[this.#path.choose(troubles.length + 1) - 1];
    if (trouble !== undefined) {
      this.#troubles += 1;
      this.met.add(trouble);
    }
    return trouble;
  }

  #dependencies(task: Task): PoisonDependencies {
    const { graph } = this;
    const ledger = this.#ledger;
    const stored = <T>(name: string, effect: () => Promise<T>) =>
      this.#call(task, name, storageTroubles, effect);
    const asked = <T>(name: string, effect: () => Promise<T>, { deadline }: CallOptions) =>
      this.#call(task, name, graphTroubles, effect, deadline);
    const kept = ({ requestId, progress, isCancelled }: LedgerEntry): void => {
      if (progress.state === 'finished') this.recorded.push(progress.result);
      if (isCancelled === true) this.cancelled.add(requestId);
    };
    return {
      provider: {
        create: (id, meeting, options) => asked('create', () => graph.create(id, meeting), options),
        createOrGet: (id, meeting, options) =>
          asked('createOrGet', () => graph.createOrGet(id, meeting), options),
        get: (id, meetingId, options) => asked('get', () => graph.get(id, meetingId), options),
        find: (id, key, options) => asked('find', () => graph.find(id, key), options),
        delete: (id, meetingId, options) =>
          asked('delete', () => graph.delete(id, meetingId), options),
        update: (id, meetingId, change) =>
          asked('update', () => graph.update(id, meetingId, change), change.options),
      },
      directory: {
        findUserId: (given) =>
          given.includes('@')
            ? this.#call(task, 'find user', directoryTroubles, () => graph.findUserId(given))
            : graph.findUserId(given),
      },
      ledger: {
        begin: (entry) =>
          stored('begin', async () => {
            const begun = await ledger.begin(entry);
            if (begun.inserted) kept(entry);
            return begun;
          }),
        read: (id) => stored('read', () => ledger.read(id)),
        replace: (etag, next) =>
          stored(`replace: ${next.progress.state}`, async () => {
            const written = await ledger.replace(etag, next);
            if (written !== undefined) kept(next);
            return written;
          }),
        readWithChange: (id, key) => stored('read', () => ledger.readWithChange(id, key)),
        readWithChanges: (id) => stored('read', () => ledger.readWithChanges(id)),
        replaceWithChange: (etag, next, change) =>
          stored(`replace both: ${change.result.status}`, async () => {
            const written = await ledger.replaceWithChange(etag, next, change);
            if (written === undefined) return undefined;
            kept(next);
            this.recorded.push(change.result);
            return written;
          }),
      },
      results: {
        publish: (result) =>
          stored(`publish: ${result.status}`, async () => void this.results.push(result)),
      },
      requests: {
        send: (message, delayMs = 0) =>
          stored('put back', async () => this.#messages.send(JSON.stringify(message), { delayMs })),
      },
      poison: {
        sendText: (text, delayMs) =>
          stored('back to poison', async () =>
            this.#messages.send(text, { delayMs, poison: true }),
          ),
      },
      messages: { save: () => Promise.resolve('text'), load: () => Promise.resolve(undefined) },
      isCancelled: () => Promise.resolve(false),
      isRowToken: () => Promise.resolve(false),
      clock: this.#scheduler.clockFor(task),
      random: fakeRandom(),
      log: new FakeLog(),
      callTimeoutMs: 30_000,
      allowPast: false,
      maxAgeMs: this.#bounds.maxAgeMs,
    };
  }
}

const noTime = (): MeetingError =>
  new MeetingError('graphUnavailable', 'There was no time to call Microsoft Graph.');

/** The part of a request that the handler looks at. */
const httpRequest = (text: string): HttpRequest =>
  ({
    headers: new Headers(),
    query: new URLSearchParams(),
    body: [Buffer.from(text)],
  }) as unknown as HttpRequest;
