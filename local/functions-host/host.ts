import { resolve } from 'node:path';
import { indexFunctions, toSummary, type AppFunction, type QueueFunction } from './app-functions';
import type { Emit } from './events';
import type { HostSettings } from './host-settings';
import { AccessKeys, type AccessKeyOptions } from './http/access-keys';
import { AdminApi } from './http/admin-api';
import { HttpListener } from './http/listener';
import { LocalSignIn, type LocalUser } from './http/sign-in';
import { Invoker } from './invoker';
import { QueueListener } from './queue/listener';
import { makeQueueOpener } from './queue/open-queue';
import { QueueOutput } from './queue/output';
import { QueueProcessor, toPoisonQueueName } from './queue/processor';
import { readSettings } from './read-settings';
import type { TimerListener } from './timer/listener';
import { WorkerSupervisor } from './worker/supervisor';

const drainLimitMs = 10_000;
const defaultBodyLimitBytes = 104_857_600;

interface HostOptions {
  /** The folder with host.json and package.json. */
  readonly folder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Visibility timeout of a received message, in seconds; 600 in Azure. */
  readonly leaseSeconds: number;
  /** Access keys are checked only if given. */
  readonly keys: AccessKeyOptions | undefined;
  /** Users whom the sign-in page offers; if absent, App Service authentication is off. */
  readonly users: readonly LocalUser[] | undefined;
  /** Port of the app's debugger, if given. */
  readonly inspectPort: number | undefined;
  readonly emit: Emit;
  /** Must end the process at once. */
  readonly onFatal: (message: string) => void;
}

interface Parts {
  readonly settings: HostSettings;
  readonly worker: WorkerSupervisor;
  readonly functions: readonly AppFunction[];
}

/** Serves a function app: the triggers in this process, the app in a worker process. */
export class FunctionsHost {
  readonly #options: HostOptions;
  readonly #parts: Parts;
  readonly #invoker: Invoker;
  readonly #http: HttpListener;
  readonly #openQueue = makeQueueOpener(process.env);
  readonly #queues = new Map<string, QueueListener[]>();
  #timers: readonly TimerListener[] = [];

  private constructor(options: HostOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    const { settings, worker } = parts;
    const output = new QueueOutput({
      openQueue: this.#openQueue,
      encoding: settings.queues.messageEncoding,
      env: process.env,
      onWritten: (name) => this.#queues.get(name)?.forEach((listener) => listener.pollNow()),
    });
    this.#invoker = new Invoker({
      run: async (call) => (await worker.ready()).invoke(call),
      emit: options.emit,
      timeoutMs: settings.functionTimeoutMs,
      onTimeout: (message) => {
        options.emit({ type: 'problem', message });
        worker.restart();
      },
      writeOutputs: (fn, response) => output.write(fn, response),
    });
    this.#http = this.#makeHttpListener();
  }

  static async start(options: HostOptions): Promise<FunctionsHost> {
    const { emit, onFatal, inspectPort } = options;
    const folder = resolve(options.folder);
    const settings = readSettings(folder);
    const started = await WorkerSupervisor.start({
      ...{ folder, inspectPort, emit, onFatal },
      now: Date.now,
    });
    const functions = indexFunctions(started.app.functions, {
      routePrefix: settings.http.routePrefix,
      env: process.env,
      onProblem: (message) => emit({ type: 'problem', message }),
    });
    const { worker } = started;
    const host = new FunctionsHost({ ...options, folder }, { settings, worker, functions });
    await host.#serve();
    return host;
  }

  /** Takes no new work, waits a while for running work, then lets the app run its appTerminate hooks. */
  async stop(): Promise<void> {
    const listeners = [...this.#queues.values()].flat();
    const stopped = [this.#http, ...listeners, ...this.#timers].map((each) => each.stop());
    await within(drainLimitMs, Promise.all([...stopped, this.#invoker.idle()]));
    await this.#parts.worker.stop();
  }

  async #serve(): Promise<void> {
    const { emit, port } = this.#options;
    const { functions } = this.#parts;
    const url = await this.#http.listen(port);
    for (const fn of functions) if (fn.trigger === 'queue') this.#listenTo(fn);
    if (functions.length === 0) emit({ type: 'problem', message: 'No functions were found.' });
    emit({ type: 'ready', url, functions: functions.map(toSummary) });
    await this.#startTimers();
    this.#runWarmups();
  }

  #makeHttpListener(): HttpListener {
    const { env } = process;
    const { functions, settings, worker } = this.#parts;
    const invoke = this.#invoker.invoke.bind(this.#invoker);
    const { users } = this.#options;
    const keys = new AccessKeys(this.#options.keys);
    return new HttpListener({
      functions: functions.filter((fn) => fn.trigger === 'http'),
      settings: settings.http,
      admin: new AdminApi({ functions, keys, invoke }),
      keys,
      signIn: users === undefined ? undefined : new LocalSignIn(users),
      invoke,
      bodyLimitBytes: Number(env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? defaultBodyLimitBytes),
      homepage: env['AzureWebJobsDisableHomepage']?.toLowerCase() !== 'true',
      streamServer: async () => (await worker.ready()).streamServer(),
    });
  }

  #listenTo(fn: QueueFunction): void {
    const { emit } = this.#options;
    try {
      const listener = this.#makeQueueListener(fn);
      this.#queues.set(fn.queueName, [...(this.#queues.get(fn.queueName) ?? []), listener]);
      listener.start();
    } catch (error) {
      const message = `The listener for function '${fn.name}' was unable to start: ${String(error)}`;
      emit({ type: 'problem', message });
    }
  }

  #makeQueueListener(fn: QueueFunction): QueueListener {
    const { emit, onFatal, leaseSeconds } = this.#options;
    const settings = this.#parts.settings.queues;
    const poisonName = toPoisonQueueName(fn.queueName);
    const queue = this.#openQueue(fn.connection, fn.queueName);
    const processor = new QueueProcessor({
      fn,
      queue,
      poisonQueue:
        poisonName === undefined ? undefined : this.#openQueue(fn.connection, poisonName),
      settings,
      leaseSeconds,
      invoke: (call) => this.#invoker.invoke(call),
      emit,
      onFatal,
    });
    return new QueueListener({
      queue,
      settings,
      leaseSeconds,
      emit,
      onFatal,
      process: (message) => processor.process(message),
      random: Math.random,
      now: Date.now,
    });
  }

  /** Loaded on demand, because most apps have no timers and need no storage client for them. */
  async #startTimers(): Promise<void> {
    const functions = this.#parts.functions.filter((fn) => fn.trigger === 'timer');
    if (functions.length === 0) return;
    const { emit, folder } = this.#options;
    const { makeTimerListeners } = await import('./timer/timers.js');
    try {
      const invoke = this.#invoker.invoke.bind(this.#invoker);
      this.#timers = makeTimerListeners({ functions, folder, emit, invoke, env: process.env });
      for (const timer of this.#timers) timer.start();
    } catch (error) {
      emit({ type: 'problem', message: `The timers were unable to start: ${String(error)}` });
    }
  }

  #runWarmups(): void {
    for (const fn of this.#parts.functions) {
      if (fn.trigger !== 'warmup') continue;
      this.#invoker.invoke({ fn, input: { json: '{}' } }).catch(() => undefined);
    }
  }
}

/** Waits for the work, but not longer than the limit. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: limit, resolve: reachLimit } = Promise.withResolvers<void>();
  const timer = setTimeout(reachLimit, limitMs);
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
