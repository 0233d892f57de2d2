import { setTimeout as sleep } from 'node:timers/promises';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { endpoints, gather, type EndpointDependencies, type Told } from './endpoints';
import { ResultCollector } from './result-collector';
import { TrialHarness } from './trial-harness';
import { faultsByKind } from './trial-faults';
import { planTrial, type Endpoint, type TrialPlan, type TrialRequest } from './trial-plan';
import { judge, type Verdict } from './verdict';

export interface TrialOptions {
  readonly requests: number;
  readonly seed: number;
  readonly hosts: number;
  readonly killEverySeconds: number;
  readonly restartStorageEverySeconds: number;
  readonly graphTimeoutSeconds: number;
  /** Probability that a call to storage is lost, and that its answer is. */
  readonly storageFaults: number;
  /** Time limit of the trial. */
  readonly limitSeconds: number;
  readonly appFolder?: string;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly seconds: number;
  readonly sent: number;
  readonly withResult: number;
  readonly meetings: number;
  readonly kills: number;
}

export interface TrialReport extends Verdict {
  readonly requests: number;
  readonly sendings: number;
  readonly resultMessages: number;
  readonly poisonLeft: number;
  readonly messagesLeft: number;
  readonly kills: number;
  readonly storageRestarts: number;
  readonly graphFaults: Readonly<Record<string, number>>;
  readonly storageFaults: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const workQueues = ['meeting-requests', 'meeting-batches', 'meeting-results'] as const;
const poisonQueues = ['meeting-requests-poison', 'meeting-batches-poison'] as const;
const callers = 128;
/**
 * Maximum number of requests under way. Azurite's queues get slower as they grow; and if requests wait longer than an
 * instance lives, none of them is ever finished.
 */
const maxInFlight = 160;
/** Instances are killed until this many requests have results. */
const busyShare = 0.98;
/**
 * This many requests get their result between two faults of a kind, on a slow machine too: instances that die before
 * they have finished anything prove nothing, and only multiply messages.
 */
const leastBetween = 64;
const leastShareBetween = 0.08;
const lookEveryMs = 250;
/** A trial without progress for this long is over, good or bad. */
const stillMs = 90_000;

/** Runs a trial from an empty storage account to the verdict. */
export async function runTrial(options: TrialOptions): Promise<TrialReport> {
  const harness = await TrialHarness.start({
    ...options,
    leaseSeconds: 5,
    logCapacity: options.requests * 20,
  });
  try {
    return await new Trial(options, harness).run();
  } finally {
    await harness.close();
  }
}

class Trial {
  readonly #options: TrialOptions;
  readonly #harness: TrialHarness;
  readonly #plan: TrialPlan;
  readonly #queues: QueueServiceClient;
  readonly #collector: ResultCollector;
  readonly #started = Date.now();
  readonly #end = new AbortController();
  readonly #sent = new Set<string>();
  readonly #told: Told[] = [];
  #turn = 0;

  constructor(options: TrialOptions, harness: TrialHarness) {
    this.#options = options;
    this.#harness = harness;
    this.#plan = planTrial(options.requests, options.seed);
    this.#queues = QueueServiceClient.fromConnectionString(harness.connectionString, {
      retryOptions: { maxTries: 10, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
    });
    this.#collector = new ResultCollector(this.#queue('meeting-results'));
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
    const sending = this.#sendAll();
    await this.#untilStill(sending);
    this.#end.abort();
    await Promise.all([...trouble, sending.catch(() => undefined)]);
    const left = await this.#messagesLeft();
    await this.#collector.stop();
    return this.#report(left);
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

  get #allHaveResults(): boolean {
    return this.#plan.requests.every(({ requestId }) => this.#collector.requestIds.has(requestId));
  }

  async #sendAll(): Promise<void> {
    const pending = this.#plan.sendings.values();
    const waiting = new Map<Endpoint, TrialRequest[]>();
    const caller = async (): Promise<void> => {
      for (const sending of pending) {
        await this.#roomForOneMore();
        const group = gather(waiting, sending);
        if (group !== undefined) await this.#send(sending.endpoint, group);
      }
      const rest = [...waiting];
      waiting.clear();
      await Promise.all(rest.map(([endpoint, group]) => this.#send(endpoint, group)));
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }

  async #roomForOneMore(): Promise<void> {
    while (
      this.#sent.size - this.#collector.requestIds.size > maxInFlight &&
      !this.#end.signal.aborted
    ) {
      await sleep(lookEveryMs);
    }
  }

  async #send(endpoint: Endpoint, [first, ...others]: readonly TrialRequest[]): Promise<void> {
    if (first === undefined) return;
    for (const { requestId } of [first, ...others]) this.#sent.add(requestId);
    await endpoints[endpoint].send([first, ...others], this.#endpointDependencies());
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
    for (; Date.now() < Math.min(limit, since + stillMs); await sleep(lookEveryMs)) {
      this.#options.onProgress?.(this.#progress());
      const left = await this.#messagesLeft().catch(() => undefined);
      const isDone = left !== undefined && left.poison + left.others === 0;
      if (isDone && allSent && this.#allHaveResults) return;
      const state = JSON.stringify([this.#collector.results.length, this.#told.length, left]);
      if (state !== latest) since = Date.now();
      latest = state;
    }
  }

  async #messagesLeft(): Promise<{ readonly poison: number; readonly others: number }> {
    const count = async (name: string): Promise<number> =>
      (await this.#queue(name).getProperties()).approximateMessagesCount ?? 0;
    const sum = async (names: readonly string[]): Promise<number> =>
      (await Promise.all(names.map(count))).reduce((total, left) => total + left, 0);
    return { poison: await sum(poisonQueues), others: await sum(workQueues) };
  }

  #progress(): Progress {
    return {
      seconds: Math.round((Date.now() - this.#started) / 1000),
      sent: this.#sent.size,
      withResult: this.#collector.requestIds.size,
      meetings: this.#harness.graph.meetings.list().length,
      kills: this.#harness.kills,
    };
  }

  #report({ poison, others }: { readonly poison: number; readonly others: number }): TrialReport {
    const { graph, answered, faults, kills, storageRestarts } = this.#harness;
    const { requests, sendings } = this.#plan;
    const { results } = this.#collector;
    return {
      ...judge({ requests, graph, results, told: this.#told, answered }),
      requests: requests.length,
      sendings: sendings.length,
      resultMessages: results.length,
      poisonLeft: poison,
      messagesLeft: others,
      kills,
      storageRestarts,
      graphFaults: faultsByKind(graph.faultReport()),
      storageFaults: { 'request lost': faults.requestsLost, 'answer lost': faults.answersLost },
      seconds: Math.round((Date.now() - this.#started) / 1000),
    };
  }
}
