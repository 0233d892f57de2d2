import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder } from '../../project-folder';
import type { Emit } from '../events';
import type { HostMessage, LoadedApp, WorkerCall, WorkerMessage } from './messages';
import type { InvocationResponse } from './rpc';

const terminateLimitMs = 5_000;
const main = join(projectFolder(), 'dist/local/functions-host/worker/main.js');

interface WorkerProcessOptions {
  /** The folder with package.json. */
  readonly folder: string;
  readonly inspectPort: number | undefined;
  readonly emit: Emit;
  /** Called with the reason when the process ends, before its calls fail. */
  readonly onEnd: (end: string) => void;
}

/** A process that runs the app. Calls after its end fail. */
export class WorkerProcess {
  /** Rejects if the process ends before the app is loaded. */
  readonly loaded: Promise<LoadedApp>;
  readonly #child: ChildProcess;
  readonly #emit: Emit;
  readonly #load = Promise.withResolvers<LoadedApp>();
  readonly #calls = new Map<string, PromiseWithResolvers<InvocationResponse>>();

  readonly #ended = Promise.withResolvers<void>();

  constructor({ folder, inspectPort, emit, onEnd }: WorkerProcessOptions) {
    this.#emit = emit;
    this.loaded = this.#load.promise;
    const execArgv = inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`];
    // Passes buffers and typed arrays unchanged.
    this.#child = fork(main, { cwd: folder, serialization: 'advanced', execArgv });
    this.#child.on('message', (message) => this.#receive(message as WorkerMessage));
    this.#child.once('exit', (code, signal) => {
      const end = `The worker process ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}.`;
      onEnd(end);
      this.#failAll(end);
      this.#ended.resolve();
    });
    emit({ type: 'worker', pid: this.#child.pid ?? 0 });
  }

  /** Rejects with the error of the function or a hook, or if the process ends during the call. */
  invoke(call: WorkerCall): Promise<InvocationResponse> {
    const answer = Promise.withResolvers<InvocationResponse>();
    this.#calls.set(call.invocationId, answer);
    this.#send({ type: 'invoke', call });
    return answer.promise;
  }

  /** Address of the library's own server; undefined if the app has not enabled HTTP streaming. */
  async streamServer(): Promise<URL | undefined> {
    const { streamServer } = await this.loaded;
    return streamServer === undefined ? undefined : new URL(streamServer);
  }

  /** Lets the app run its appTerminate hooks, for a limited time. */
  async terminate(): Promise<void> {
    this.#send({ type: 'terminate' });
    await Promise.race([this.#ended.promise, sleep(terminateLimitMs, undefined, { ref: false })]);
    await this.kill();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended.promise;
  }

  #send(message: HostMessage): void {
    // An error here means that the process is ending, which fails all calls anyway.
    this.#child.send(message, () => undefined);
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case 'loaded':
        return this.#load.resolve(message.app);
      case 'answered':
        return this.#take(message.invocationId)?.resolve(message.response);
      case 'failed':
        return this.#take(message.invocationId)?.reject(toError(message.detail));
      case 'log':
      case 'problem':
        return this.#emit(message);
    }
  }

  #take(invocationId: string): PromiseWithResolvers<InvocationResponse> | undefined {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    return call;
  }

  #failAll(reason: string): void {
    this.#load.reject(toError(reason));
    for (const id of this.#calls.keys()) this.#take(id)?.reject(toError(reason));
  }
}

/** Uses the stack of the app's error; the stack of this process would not help. */
const toError = (detail: string): Error => Object.assign(new Error(detail), { stack: detail });
