import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Usage } from './probe';

/** Samples, and the CPU time of the sampled thread meanwhile, in milliseconds: the profiler has a thread of its own. */
export interface CpuProfile {
  readonly profile: Profiler.Profile;
  readonly threadMs: number;
}

/** Asks the process that is measured, over a socket of its own. */
export class ProbeClient {
  readonly #socketPath = toSocket(`convoke-bench-${randomUUID()}`);

  /** What the process is started with. */
  get environment(): Readonly<Record<string, string>> {
    return {
      NODE_OPTIONS: `--require ${join(__dirname, 'probe.js')}`,
      BENCH_PROBE: this.#socketPath,
    };
  }

  usage(): Promise<Usage> {
    return this.#ask('/usage');
  }

  /** Of objects and buffers that are in use; collects all others. */
  liveBytes(): Promise<number> {
    return this.#ask('/live-bytes');
  }

  /** Where the process spends its time during `work`. */
  async profileOf(work: () => Promise<unknown>): Promise<CpuProfile> {
    await this.#ask('/profile/start');
    const before = await this.usage();
    await work();
    const { threadMs } = await this.usage();
    return { threadMs: threadMs - before.threadMs, profile: await this.#ask('/profile/stop') };
  }

  #ask<Answer>(path: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.#socketPath, path, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(JSON.parse(text) as Answer));
      });
      call.on('error', reject).end();
    });
  }
}

const toSocket = (name: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
