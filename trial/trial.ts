import { setTimeout as sleep } from 'node:timers/promises';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { AppVariant } from './app-variant';
import { runCleanUp } from './clean-up-phase';
import type { EndpointDependencies, SentBatch, Told } from './endpoints';
import type { Progress, TrialOptions, TrialReport } from './options';
import { People } from './people';
import { ResultCollector } from './result-collector';
import { Sender } from './sender';
import { readStoredState, type StoredState } from './stored-state';
import { TrialHarness } from './trial-harness';
import { faultsByKind } from './trial-faults';
import { planTrial, type TrialPlan } from './trial-plan';
import { judge, type Verdict } from './verdict';

const workQueues = ['meeting-requests', 'meeting-batches', 'meeting-results'] as const;
const poisonQueues = ['meeting-requests-poison', 'meeting-batches-poison'] as const;
/** Of a message while an instance works on it, on an idle machine. */
const leaseSeconds = 5;
/** Instances are killed until this many requests have results. */
const busyShare = 0.98;
/**
 * This many requests get their result between two faults of a kind, on a slow machine too: instances that die before
 * they have finished anything prove nothing, and only multiply messages.
 */
const leastBetween = 64;
const leastShareBetween = 0.08;
const lookEveryMs = 250;
/** A trial without progress for this long, or for this many leases, ends, whatever its outcome. */
const stillMs = 90_000;
const stillLeases = 4;

/** Runs a trial from an empty storage account to the verdict. */
export async function runTrial(options: TrialOptions): Promise<TrialReport> {
  const variant = new AppVariant(options.changes);
  const harness = await TrialHarness.start({
    ...options,
    appFolder: variant.folder,
    leaseSeconds,
    logCapacity: options.requests * 20,
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
  readonly #queues: QueueServiceClient;
  readonly #collector: ResultCollector;
  readonly #people: People;
  readonly #sender: Sender;
  readonly #started = Date.now();
  readonly #end = new AbortController();
  readonly #told: Told[] = [];
  readonly #batches: SentBatch[] = [];
  #turn = 0;

  constructor(options: TrialOptions, harness: TrialHarness) {
    this.#options = options;
    this.#harness = harness;
    this.#plan = planTrial(options.requests, options.seed);
    this.#queues = QueueServiceClient.fromConnectionString(harness.connectionString, {
      retryOptions: { maxTries: 10, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
    });
    const deps = this.#endpointDependencies();
    this.#people = new People({ ...deps, seed: options.seed });
    this.#collector = new ResultCollector(this.#queue('meeting-results'), (result) =>
      this.#people.onResult(result),
    );
    this.#sender = new Sender(this.#plan, this.#collector, { deps, pace: harness.pace });
  }

  async run(): Promise<TrialReport> {
    await Promise.all(
      [...workQueues, ...poisonQueues].map((name) => this.#queue(name).createIfNotExists()),
    );
    this.#collector.start();
    const trouble = [
      this.#every(this.#options.killEverySeconds, () => this.#harness.killOne()),
      this.#every(this.#options.restartStorageEverySeconds, () => this.#harness.restartStorage()),
    ];
    const sending = this.#sender.sendAll();
    await this.#untilStill(sending);
    this.#end.abort();
    await Promise.all([...trouble, sending.catch(() => undefined)]);
    const left = await this.#messagesLeft();
    const state = await this.#readState();
    const verdict = this.#judge(state);
    const before = this.#made;
    const leftByCleanUp = await runCleanUp(this.#harness, {
      changes: this.#options.changes,
      blobs: new Set([...state.batches.values()].map(({ rows }) => rows.blob)),
    });
    await this.#collector.stop();
    return this.#report(verdict, { ...left, leftByCleanUp, madeByCleanUp: this.#made - before });
  }

  /** Meetings and results so far. */
  get #made(): number {
    return this.#harness.graph.meetings.list().length + this.#collector.results.length;
  }

  #queue(name: string): QueueClient {
    return this.#queues.getQueueClient(name);
  }

  /** Faults last until nearly every request has a result, and then stop, so that the rest can finish. */
  async #every(seconds: number, make: () => Promise<void>): Promise<void> {
    if (seconds === 0) return;
    const { signal } = this.#end;
    const between = Math.min(leastBetween, leastShareBetween * this.#plan.requests.length);
    while (!signal.aborted && this.#isBusy) {
      const before = this.#done;
      await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
      while (!signal.aborted && this.#isBusy && this.#done < before + between)
        await sleep(lookEveryMs);
      if (!signal.aborted && this.#isBusy) await make();
    }
  }

  /** Requests that have a result. */
  get #done(): number {
    return this.#collector.requestIds.size;
  }

  get #isBusy(): boolean {
    return this.#done < busyShare * this.#plan.requests.length;
  }

  #endpointDependencies(): EndpointDependencies {
    return {
      requests: this.#queue('meeting-requests'),
      url: () => {
        const { urls } = this.#harness;
        return urls[(this.#turn += 1) % urls.length] ?? 'http://127.0.0.1:1';
      },
      signal: this.#end.signal,
      tell: (told) => this.#told.push(told),
      onBatch: (batch) => {
        this.#batches.push(batch);
        this.#people.onBatch(batch);
      },
    };
  }

  /** Everything is sent, every request has a result and no message is left; or nothing has changed for a long time. */
  async #untilStill(sending: Promise<void>): Promise<void> {
    let allSent = false;
    sending.then(
      () => (allSent = true),
      () => undefined,
    );
    let latest = '';
    const limit = this.#started + this.#options.limitSeconds * 1000;
    let since = Date.now();
    for (; Date.now() < Math.min(limit, since + this.#stillMs); await sleep(lookEveryMs)) {
      this.#options.onProgress?.(this.#progress());
      if (allSent && this.#people.areIdle && this.#allHaveResults && (await this.#areQueuesEmpty()))
        return;
      const state = JSON.stringify([this.#made, this.#told.length]);
      if (state !== latest) since = Date.now();
      latest = state;
    }
  }

  async #areQueuesEmpty(): Promise<boolean> {
    try {
      const { poisonLeft, messagesLeft } = await this.#messagesLeft();
      return poisonLeft + messagesLeft === 0;
    } catch {
      return false;
    }
  }

  get #allHaveResults(): boolean {
    return this.#plan.requests.every(({ requestId }) => this.#collector.requestIds.has(requestId));
  }

  get #stillMs(): number {
    const times = this.#harness.pace.timesFor({ ...this.#options, leaseSeconds });
    return Math.max(stillMs, times.leaseSeconds * stillLeases * 1000);
  }

  async #messagesLeft(): Promise<{ readonly poisonLeft: number; readonly messagesLeft: number }> {
    const count = async (name: string): Promise<number> =>
      (await this.#queue(name).getProperties()).approximateMessagesCount ?? 0;
    const sum = async (names: readonly string[]): Promise<number> =>
      (await Promise.all(names.map(count))).reduce((total, left) => total + left, 0);
    return { poisonLeft: await sum(poisonQueues), messagesLeft: await sum(workQueues) };
  }

  #progress(): Progress {
    return {
      seconds: this.#seconds,
      sent: this.#sender.sent.size,
      withResult: this.#done,
      meetings: this.#harness.graph.meetings.list().length,
      kills: this.#harness.kills,
    };
  }

  get #seconds(): number {
    return Math.round((Date.now() - this.#started) / 1000);
  }

  #readState(): Promise<StoredState> {
    const ids = this.#plan.requests.map(({ requestId }) => requestId);
    return readStoredState(this.#harness.connectionString, ids);
  }

  #judge(state: StoredState): Verdict {
    const { graph, answered, watch } = this.#harness;
    const { results, completions } = this.#collector;
    return judge({
      state,
      requests: this.#plan.requests,
      graph,
      answered,
      results,
      completions,
      told: this.#told,
      sent: this.#batches,
      tooEarly: watch.order.tooEarly,
      cancelled: this.#people.cancelled,
      retried: this.#people.retried,
    });
  }

  #report(
    verdict: Verdict,
    ends: Pick<TrialReport, 'poisonLeft' | 'messagesLeft' | 'leftByCleanUp' | 'madeByCleanUp'>,
  ): TrialReport {
    const { graph, faults, kills, storageRestarts, timerRuns, watch, pace } = this.#harness;
    const { requests, sendings } = this.#plan;
    return {
      ...verdict,
      ...ends,
      requests: requests.length,
      sendings: sendings.length,
      resultMessages: this.#collector.results.length,
      batches: this.#batches.length,
      cancelledBatches: [...this.#people.cancelled.values()].filter(Boolean).length,
      retriedRequests: this.#people.retried.size,
      kills,
      storageRestarts,
      timerRuns,
      graphFaults: faultsByKind(graph.faultReport()),
      storageFaults: { 'request lost': faults.requestsLost, 'answer lost': faults.answersLost },
      messages: Object.fromEntries(watch.messages),
      slowestCallMs: Math.round(pace.slowestMs),
      seconds: this.#seconds,
    };
  }
}
