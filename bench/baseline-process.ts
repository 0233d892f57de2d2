import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoopReport, LoopTask } from './baselines/loop-process';
import { ProbeClient, type CpuProfile } from './probe-client';

/** The program of a baseline. */
type BaselineName = 'sdk-loop' | 'unprotected-loop';

/** A baseline in a process of its own, with the surroundings that the app has. */
export class BaselineProcess {
  readonly #child: ChildProcess;
  readonly #probe = new ProbeClient();
  /** Rejects when the process ends. */
  readonly #ended: Promise<never>;

  constructor(name: BaselineName, environment: Readonly<Record<string, string>>) {
    this.#child = fork(join(__dirname, 'baselines', `${name}.js`), [], {
      env: { PATH: process.env['PATH'], ...environment, ...this.#probe.environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`The baseline ended with ${String(code)}.`);
    });
    this.#ended.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async run(task: LoopTask): Promise<LoopReport> {
    this.#child.send(task);
    const answer = once(this.#child, 'message') as Promise<[LoopReport]>;
    const [report] = await Promise.race([answer, this.#ended]);
    return report;
  }

  /** Where it spends its time in a task. */
  profileOf(task: LoopTask): Promise<CpuProfile> {
    return this.#probe.profileOf(() => this.run(task));
  }

  async close(): Promise<void> {
    this.#child.disconnect();
    await this.#ended.catch(() => undefined);
  }
}
