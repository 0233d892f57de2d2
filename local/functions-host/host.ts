import { resolve } from 'node:path';
import { AccessKeys, type AccessKeyOptions } from './http/access-keys';
import { AdminApi } from './http/admin-api';
import { toSummary, type QueueFunction } from './app-functions';
import type { Emit } from './events';
import { HttpListener } from './http/listener';
import { Invoker } from './invoker';
import { prepareApp, type PreparedApp } from './prepare-app';
import { QueueListener } from './queue/listener';
import { QueueOutput } from './queue/output';
import { QueueProcessor, toPoisonQueueName } from './queue/processor';
import { makeQueueOpener } from './queue/storage-connection';
import { timerInput } from './timer/input';

const drainLimitMs = 10_000;
const terminateHooksLimitMs = 5_000;
const defaultBodyLimitBytes = 104_857_600;

export interface HostOptions {
  /** The folder with host.json and package.json. */
  readonly folder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** How long a received message stays invisible to others; 600 in Azure. */
  readonly leaseSeconds: number;
  /** Keys are asked for only if this is given. */
  readonly keys: AccessKeyOptions | undefined;
  readonly emit: Emit;
  /** Must end the process at once. */
  readonly onFatal: (message: string) => void;
}

/** A function app that is being served. There can be one in a process: loading an app cannot be undone. */
export class FunctionsHost {
  readonly #options: HostOptions;
  readonly #prepared: PreparedApp;
  readonly #invoker: Invoker;
  readonly #http: HttpListener;
  readonly #openQueue = makeQueueOpener(process.env);
  readonly #queues = new Map<string, QueueListener[]>();

  private constructor(options: HostOptions, prepared: PreparedApp) {
    this.#options = options;
    this.#prepared = prepared;
    const output = new QueueOutput({
      openQueue: this.#openQueue,
      encoding: prepared.settings.queues.messageEncoding,
      env: process.env,
      onWritten: (name) => this.#queues.get(name)?.forEach((listener) => listener.wake()),
    });
    this.#invoker = new Invoker({
      app: prepared.app,
      emit: options.emit,
      timeoutMs: prepared.settings.functionTimeoutMs,
      onTimeout: options.onFatal,
      writeOutputs: (fn, response) => output.write(fn, response),
    });
    this.#http = this.#makeHttpListener();
  }

  static async start(options: HostOptions): Promise<FunctionsHost> {
    const host = new FunctionsHost(
      options,
      await prepareApp(resolve(options.folder), options.emit),
    );
    await host.#serve();
    return host;
  }

  /** Takes nothing new, waits a while for what runs, then runs the app's appTerminate hooks. */
  async stop(): Promise<void> {
    const listeners = [...this.#queues.values()].flat();
    const stopped = [this.#http.stop(), ...listeners.map((listener) => listener.stop())];
    await within(drainLimitMs, Promise.all([...stopped, this.#invoker.idle()]));
    const { hooks, appHookData, appLevelHookData } = this.#prepared.app;
    const context = { hookData: appLevelHookData, appHookData };
    const hooksRun = hooks.run('appTerminate', context).catch((error: unknown) => {
      this.#options.emit({
        type: 'problem',
        message: `An appTerminate hook failed: ${String(error)}`,
      });
    });
    await within(terminateHooksLimitMs, hooksRun);
  }

  async #serve(): Promise<void> {
    const { emit, port } = this.#options;
    const { functions } = this.#prepared;
    const url = await this.#http.listen(port);
    for (const fn of functions) if (fn.trigger === 'queue') this.#listenTo(fn);
    if (functions.length === 0) emit({ type: 'problem', message: 'No functions were found.' });
    emit({ type: 'ready', url, functions: functions.map(toSummary) });
    this.#runStartupFunctions();
  }

  #makeHttpListener(): HttpListener {
    const { env } = process;
    const { functions, settings, streamTarget } = this.#prepared;
    const invoke = this.#invoker.invoke.bind(this.#invoker);
    const keys = new AccessKeys(this.#options.keys);
    return new HttpListener({
      functions: functions.filter((fn) => fn.trigger === 'http'),
      settings: settings.http,
      admin: new AdminApi({ functions, keys, invoke }),
      keys,
      invoke,
      bodyLimitBytes: Number(env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? defaultBodyLimitBytes),
      homepage: env['AzureWebJobsDisableHomepage']?.toLowerCase() !== 'true',
      streamTarget,
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
    const { emit, leaseSeconds } = this.#options;
    const settings = this.#prepared.settings.queues;
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
    });
    return new QueueListener({
      queue,
      settings,
      leaseSeconds,
      emit,
      process: (message) => processor.process(message),
      random: Math.random,
    });
  }

  #runStartupFunctions(): void {
    for (const fn of this.#prepared.functions) {
      const isDue = fn.trigger === 'warmup' || (fn.trigger === 'timer' && fn.runOnStartup);
      if (!isDue) continue;
      const input = fn.trigger === 'timer' ? timerInput : { json: '{}' };
      this.#invoker.invoke({ fn, input }).catch(() => undefined);
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
