import type { HostEvent } from '../local/functions-host/events';
import { FunctionsHostProcess, type FunctionsHostOptions } from '../local/functions-host-process';
import { ProbeClient, type CpuProfile } from './probe-client';

/** What some work cost the worker process. */
export interface Spent {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Share of the time that the event loop was busy, 0–1. */
  readonly utilization: number;
}

/** Messages that an instance processes at the same time: at most their sum. */
export interface QueueConcurrency {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
}

/** Returns the maximum number of messages that one instance processes at the same time. */
export const atOnce = ({ batchSize, newBatchThreshold }: QueueConcurrency): number =>
  batchSize + newBatchThreshold;

/** How a measured host is started. */
interface MeasuredHostOptions extends FunctionsHostOptions {
  /** Overrides host.json. */
  readonly queues?: QueueConcurrency | undefined;
}

/** A Functions host that reports its CPU time and counts its invocations. */
export class MeasuredHost {
  readonly #host: FunctionsHostProcess;
  readonly #probe: ProbeClient;
  readonly #done: DoneCounter;

  private constructor(host: FunctionsHostProcess, probe: ProbeClient, done: DoneCounter) {
    this.#host = host;
    this.#probe = probe;
    this.#done = done;
  }

  static async start({ queues, ...options }: MeasuredHostOptions): Promise<MeasuredHost> {
    const probe = new ProbeClient();
    const done = new DoneCounter();
    const host = await FunctionsHostProcess.start({
      ...options,
      environment: {
        ...options.environment,
        ...toSettings(queues),
        ...probe.environment,
      },
      onEvent: (event) => done.see(event),
    });
    return new MeasuredHost(host, probe, done);
  }

  get url(): string {
    return this.#host.url;
  }

  /** Of the process that runs the app. */
  get pid(): number {
    return this.#host.workerPid;
  }

  get failed(): number {
    return this.#done.failed;
  }

  get done(): number {
    return this.#done.count;
  }

  /** Resolves once this many more invocations of a function have ended. */
  untilDone(functionName: string, count: number): Promise<void> {
    return this.#done.until(functionName, count);
  }

  usage(): ReturnType<ProbeClient['usage']> {
    return this.#probe.usage();
  }

  liveBytes(): Promise<number> {
    return this.#probe.liveBytes();
  }

  /** Where the process that runs the app spends its time during `work`. */
  profileOf(work: () => Promise<unknown>): Promise<CpuProfile> {
    return this.#probe.profileOf(work);
  }

  /** What the process uses during `work`. */
  async spentOn(work: () => Promise<void>): Promise<Spent> {
    const before = await this.usage();
    const started = performance.now();
    await work();
    const wallMs = performance.now() - started;
    const after = await this.usage();
    const active = after.activeMs - before.activeMs;
    return {
      cpuMs: after.cpuMs - before.cpuMs,
      wallMs,
      utilization: active / (active + after.idleMs - before.idleMs),
    };
  }

  close(): Promise<void> {
    return this.#host.close();
  }
}

/** https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values */
const toSettings = (queues: QueueConcurrency | undefined): Record<string, string> =>
  queues === undefined
    ? {}
    : {
        AzureFunctionsJobHost__extensions__queues__batchSize: String(queues.batchSize),
        AzureFunctionsJobHost__extensions__queues__newBatchThreshold: String(
          queues.newBatchThreshold,
        ),
      };

class DoneCounter {
  count = 0;
  failed = 0;
  #waiting:
    { readonly functionName: string; left: number; readonly resolve: () => void } | undefined;

  see(event: HostEvent): void {
    if (event.type !== 'invocation') return;
    this.count += 1;
    if (event.outcome === 'failed') this.failed += 1;
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.functionName !== event.functionName) return;
    waiting.left -= 1;
    if (waiting.left > 0) return;
    this.#waiting = undefined;
    waiting.resolve();
  }

  until(functionName: string, count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = { functionName, left: count, resolve };
    return promise;
  }
}
