import type { Emit } from '../events';
import { DeathCount } from './death-count';
import type { LoadedApp } from './messages';
import { WorkerProcess } from './process';

interface WorkerSupervisorDeps {
  /** The folder with package.json. */
  readonly folder: string;
  readonly inspectPort: number | undefined;
  readonly emit: Emit;
  readonly now: () => number;
  /** Called if the worker process has died too often. */
  readonly onFatal: (message: string) => void;
}

/** Keeps one worker process running: replaces it when it dies, unless it dies too often. */
export class WorkerSupervisor {
  readonly #deps: WorkerSupervisorDeps;
  #current: WorkerProcess;
  readonly #deaths = new DeathCount();
  /** False until the app was loaded once; an app that cannot be loaded is not retried. */
  #loaded = false;
  #stopping = false;

  private constructor(deps: WorkerSupervisorDeps) {
    this.#deps = deps;
    this.#current = this.#begin();
  }

  /** Rejects if the app cannot be loaded. */
  static async start(
    deps: WorkerSupervisorDeps,
  ): Promise<{ readonly worker: WorkerSupervisor; readonly app: LoadedApp }> {
    const worker = new WorkerSupervisor(deps);
    const app = await worker.#current.loaded;
    worker.#loaded = true;
    return { worker, app };
  }

  /** The process with the loaded app; waits during a restart. */
  async ready(): Promise<WorkerProcess> {
    for (;;) {
      const process = this.#current;
      try {
        await process.loaded;
        return process;
      } catch (error) {
        if (process === this.#current) throw error;
      }
    }
  }

  /** Ends the process with all its calls and starts another: a hanging function cannot be stopped in any other way. */
  restart(): void {
    const process = this.#current;
    this.#current = this.#begin();
    void process.kill();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#current.terminate();
  }

  #begin(): WorkerProcess {
    const { folder, inspectPort, emit } = this.#deps;
    const onEnd = (end: string): void => this.#follow(process, end);
    const process: WorkerProcess = new WorkerProcess({
      ...{ folder, inspectPort, emit, onEnd },
    });
    process.loaded.catch(() => undefined);
    return process;
  }

  #follow(process: WorkerProcess, end: string): void {
    if (process !== this.#current || this.#stopping || !this.#loaded) return;
    const { emit, now, onFatal } = this.#deps;
    if (this.#deaths.add(now())) {
      return onFatal(`${end} This is the third time, so the host ends.`);
    }
    emit({ type: 'problem', message: `${end} It is started again.` });
    this.#current = this.#begin();
  }
}
