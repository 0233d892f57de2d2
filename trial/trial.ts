import { setTimeout as sleep } from 'node:timers/promises';
import { AppVariant } from './variants/app-variant';
import { runCleanUp } from './clean-up-phase';
import type { Progress, TrialOptions, TrialReport } from './options';
import { keyOf } from './plan/changes';
import { keyOfItem, planTrial, type TrialPlan } from './plan/trial-plan';
import { earlierRequests } from './pool';
import { Queues } from './storage/queues';
import { ResultCollector } from './results/result-collector';
import type { EndpointDependencies, SentBatch } from './sending/endpoints';
import { People } from './sending/people';
import { Sender } from './sending/sender';
import type { CallerAnswer } from './sending/caller-answer';
import { readStoredState, type StoredState } from './storage/stored-state';
import { TrialHarness } from './trial-harness';
import { toReport } from './trial-report';
import { makeTrouble } from './trouble/trouble';
import { untilStill } from './until-still';
import { judge, type Verdict } from './verdict/verdict';

/** Maximum number of leases without progress before a trial ends, unless its options allow more. */
const maxStillLeases = 4;
/** Pause before the state is read again while a batch is active, in milliseconds. */
const activePauseMs = 2_000;

/** Runs a trial from an empty storage account to the verdict. */
export async function runTrial(options: TrialOptions): Promise<TrialReport> {
  const variant = new AppVariant(options.changes);
  const harness = await TrialHarness.start({
    ...options,
    appFolder: variant.folder,
    logCapacity: options.requests * 40,
  });
  try {
    return await new Trial(options, harness).run();
  } finally {
    await harness.close();
    variant.remove();
  }
}

class Trial {
  readonly #options: TrialOptions;
  readonly #harness: TrialHarness;
  readonly #plan: TrialPlan;
  readonly #queues: Queues;
  readonly #collector: ResultCollector;
  readonly #people: People;
  readonly #sender: Sender;
  readonly #started = Date.now();
  readonly #end = new AbortController();
  readonly #keys: ReadonlySet<string>;
  /** Keys of the items that have a result or an answer. */
  readonly #ended = new Set<string>();
  readonly #answers: CallerAnswer[] = [];
  readonly #batches: SentBatch[] = [];
  #urls = 0;

  constructor(options: TrialOptions, harness: TrialHarness) {
    this.#options = options;
    this.#harness = harness;
    this.#plan = planTrial(options.requests, options.seed);
    this.#keys = new Set(this.#plan.items.map(keyOfItem));
    this.#queues = new Queues(harness.connectionString);
    const deps = this.#endpointDependencies();
    this.#people = new People({ ...deps, ...options });
    this.#collector = new ResultCollector(this.#queues.client('meeting-results'), {
      result: (result) => {
        this.#noteEnd(result);
        this.#people.onResult(result);
      },
      completed: (message) => this.#people.onCompleted(message),
    });
    const { pace } = harness;
    this.#sender = new Sender(this.#plan, { deps, pace, ended: this.#ended });
  }

  async run(): Promise<TrialReport> {
    const { kills, storageRestarts, poolChanges } = this.#options;
    await this.#queues.create();
    this.#collector.start();
    const course = {
      total: this.#plan.items.length,
      done: () => this.#ended.size,
      signal: this.#end.signal,
    };
    const trouble = [
      makeTrouble(kills, course, () => this.#harness.killOne()),
      makeTrouble(storageRestarts, course, () => this.#harness.restartStorage()),
      makeTrouble(poolChanges, course, async () => this.#harness.changePool()),
    ];
    const sending = this.#sender.sendAll();
    await this.#untilStill(sending);
    this.#end.abort();
    await Promise.all([...trouble, sending.catch(this.#noteFailure)]);
    const state = await this.#endedState();
    const left = await this.#queues.left();
    const verdict = this.#judge(state);
    const before = this.#made;
    const leftByCleanUp = await runCleanUp(this.#harness, {
      changes: this.#options.changes,
      blobs: new Set([...state.batches.values()].map(({ rows }) => rows.blob)),
    });
    await this.#collector.stop();
    return toReport({
      ...{ ...left, verdict, state, leftByCleanUp, madeByCleanUp: this.#made - before },
      ...{ plan: this.#plan, people: this.#people, harness: this.#harness },
      batches: this.#batches.length,
      resultMessages: this.#collector.results.length,
      seconds: this.#seconds,
    });
  }

  readonly #noteFailure = (thrown: unknown): void => {
    if (!this.#end.signal.aborted || !isAbort(thrown)) this.#options.onFailure?.(String(thrown));
  };

  /** Ignores results of undone batches, which belong to no item. */
  #noteEnd({ requestId, revision }: Pick<CallerAnswer, 'requestId' | 'revision'>): void {
    const key = keyOf(requestId, revision);
    if (this.#keys.has(key)) this.#ended.add(key);
  }

  /** Number of meetings and results so far. */
  get #made(): number {
    return this.#harness.graph.meetings.list().length + this.#collector.results.length;
  }

  #endpointDependencies(): EndpointDependencies {
    return {
      requests: new Queues(this.#harness.appConnectionString).client('meeting-requests'),
      url: () => {
        const { urls } = this.#harness;
        return urls[(this.#urls += 1) % urls.length] ?? 'http://127.0.0.1:1';
      },
      signal: this.#end.signal,
      tell: (answer) => {
        if (answer.isRetry !== true) this.#noteEnd(answer);
        this.#answers.push(answer);
      },
      onBatch: (batch) => {
        this.#batches.push(batch);
        this.#people.onBatch(batch);
      },
    };
  }

  /** Waits until everything is sent, every item has a result and no message is left, or nothing has changed for a long time. */
  async #untilStill(sending: Promise<void>): Promise<void> {
    let allSent = false;
    sending.then(
      () => (allSent = true),
      () => undefined,
    );
    await untilStill({
      isDone: () =>
        allSent && this.#people.areIdle && this.#allHaveResults && this.#queues.areEmpty(),
      state: () => JSON.stringify([this.#made, this.#answers.length]),
      maxStillMs: () => this.#maxStillMs,
      until: this.#started + this.#options.limitSeconds * 1000,
      onLook: () => this.#options.onProgress?.(this.#progress()),
    });
  }

  get #allHaveResults(): boolean {
    return this.#ended.size >= this.#plan.items.length;
  }

  get #maxStillMs(): number {
    const { leaseSeconds } = this.#harness.pace.timesFor(this.#options);
    return Math.max(this.#options.maxStillSeconds, leaseSeconds * maxStillLeases) * 1000;
  }

  #progress(): Progress {
    return {
      seconds: this.#seconds,
      sent: this.#sender.sent.size,
      total: this.#plan.items.length,
      withResult: this.#ended.size,
      meetings: this.#harness.graph.meetings.list().length,
      kills: this.#harness.kills,
    };
  }

  get #seconds(): number {
    return Math.round((Date.now() - this.#started) / 1000);
  }

  /** The state once no batch is active: a timer of the app continues one whose message was lost. */
  async #endedState(): Promise<StoredState> {
    for (const until = Date.now() + this.#maxStillMs; ; await sleep(activePauseMs)) {
      const state = await this.#readState();
      if (state.active.length === 0 || Date.now() > until) return state;
    }
  }

  #readState(): Promise<StoredState> {
    const ids = this.#plan.requests.map(({ requestId }) => requestId);
    return readStoredState(this.#harness.connectionString, ids);
  }

  #judge(state: StoredState): Verdict {
    const { graph, watch } = this.#harness;
    const { results, completions } = this.#collector;
    const { cancelled, undone, retried } = this.#people;
    return judge({
      ...{ state, graph, results, completions, cancelled, undone, retried },
      items: this.#plan.items,
      earlier: earlierRequests(this.#options.requests),
      answers: this.#answers,
      sent: this.#batches,
      tooEarly: watch.order.tooEarly,
    });
  }
}

const isAbort = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'AbortError';
