import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FunctionSummary, HostEvent } from './functions-host/events';
import type { LocalUser } from './functions-host/http/sign-in';
import { portTakenIn } from './port-taken';
import { projectFolder } from './project-folder';

/** How the host is started, as a child process. */
export interface FunctionsHostOptions {
  /** Folder with host.json and package.json. */
  readonly appFolder?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The app's settings and those of the platform. Of this process's own environment, only what Node.js needs is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long a message is hidden from other hosts while this one processes it, in seconds; 600 in Azure. */
  readonly leaseSeconds?: number;
  /** Users whom the sign-in page offers. If given, App Service authentication is on. */
  readonly users?: readonly LocalUser[];
  /** Port of the app's debugger. */
  readonly inspectPort?: number;
  readonly arguments?: readonly string[];
  readonly onEvent?: (event: HostEvent) => void;
}

/** https://nodejs.org/api/cli.html#node_compile_cachedir: tests start many processes with the same code. */
const inherited = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
});

/** A Functions host and its worker process with the app. Can be stopped, or killed as by a crash. */
export class FunctionsHostProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly functions: readonly FunctionSummary[];
  #workerPid: number;

  private constructor(child: ChildProcess, ready: ReadyEvent, workerPid: number) {
    this.#child = child;
    this.url = ready.url;
    this.functions = ready.functions;
    this.#workerPid = workerPid;
    child.on('message', (message) => {
      const event = message as HostEvent;
      if (event.type === 'worker') this.#workerPid = event.pid;
    });
  }

  static async start(options: FunctionsHostOptions): Promise<FunctionsHostProcess> {
    const child = fork(join(projectFolder(), 'dist/functions-host.js'), toArguments(options), {
      cwd: options.appFolder ?? projectFolder(),
      env: { ...inherited(), ...options.environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let workerPid = 0;
    const ready = await serving(child, (event) => {
      if (event.type === 'worker') workerPid = event.pid;
      options.onEvent?.(event);
    });
    return new FunctionsHostProcess(child, ready, workerPid);
  }

  /** Process id of the worker; changes when the worker has died. */
  get workerPid(): number {
    return this.#workerPid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with the exit code once the process has ended; null after a signal. */
  async exited(): Promise<number | null> {
    if (this.running) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  onExit(listener: () => void): void {
    this.#child.once('exit', listener);
  }

  /** Stops like the platform: takes no new work and finishes running work. */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Stops host and app at once, like the loss of the machine. */
  async kill(): Promise<void> {
    const ended = this.#end('SIGKILL');
    this.killWorker();
    await ended;
  }

  /** Kills the worker, as running out of memory would. The host starts another. */
  killWorker(): void {
    try {
      process.kill(this.#workerPid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    const ended = this.exited();
    this.#child.kill(signal);
    await ended;
  }
}

type ReadyEvent = Extract<HostEvent, { type: 'ready' }>;

const toArguments = ({
  appFolder,
  port,
  leaseSeconds,
  users,
  inspectPort,
  arguments: more,
}: FunctionsHostOptions): string[] => [
  ...['--app', appFolder ?? projectFolder()],
  ...['--port', String(port ?? 0)],
  ...(leaseSeconds === undefined ? [] : ['--lease-seconds', String(leaseSeconds)]),
  ...(users === undefined ? [] : ['--users', JSON.stringify(users)]),
  ...(inspectPort === undefined ? [] : ['--inspect', String(inspectPort)]),
  ...(more ?? []),
];

/**
 * Resolves when the host serves. If it ends before that, rejects with its problems and standard error; until then these
 * are not passed on.
 */
function serving(child: ChildProcess, onEvent: (event: HostEvent) => void): Promise<ReadyEvent> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text.trim());
      onEvent({ type: 'log', level: 'error', message: text.trim() });
    });
    const early: HostEvent[] = [];
    let isReady = false;
    child.on('message', (message) => {
      const event = message as HostEvent;
      if (event.type === 'problem') said.push(event.message);
      if (event.type === 'problem' && !isReady) early.push(event);
      else onEvent(event);
      if (event.type !== 'ready') return;
      isReady = true;
      early.forEach(onEvent);
      resolve(event);
    });
    child.once('exit', () => reject(startFailure(said.join('\n'))));
  });
}

const startFailure = (said: string): Error =>
  portTakenIn(said) ?? new Error(`The Functions host did not start. ${said}`);
