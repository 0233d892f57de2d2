import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackHarness } from './stack-harness';

const cli = join(__dirname, '../../../dist/cli/main.js');
const sharedProcess = join(__dirname, '../../cli/command-lines.mjs');

/** The end of a command line. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;

/** Runs command lines against a stack, and has a folder for their files; for one test file. */
export class CommandLineHarness {
  readonly folder = mkdtempSync(join(tmpdir(), 'convoke-'));
  readonly #harness: StackHarness;
  #process: ChildProcess | undefined;

  private constructor(harness: StackHarness) {
    this.#harness = harness;
  }

  static use(stack: StackHarness): CommandLineHarness {
    const harness = new CommandLineHarness(stack);
    beforeAll(() => void (harness.#process = fork(sharedProcess)));
    afterAll(() => {
      harness.#process?.kill();
      rmSync(harness.folder, { recursive: true });
    });
    return harness;
  }

  /** Runs a command line in a shared process, because a start takes longer than most commands. */
  readonly run = async (args: readonly string[], env: Variables = {}): Promise<Run> => {
    if (this.#process === undefined) throw new Error('Command lines run only while tests do.');
    const answer = once(this.#process, 'message');
    this.#process.send({ args, env: { ...this.#environment(), ...env } });
    const [run] = (await answer) as [Run];
    return run;
  };

  /** Runs a command line in its own process, as people do; `input` is its standard input. */
  readonly runProcess = (
    args: readonly string[],
    env: Variables = {},
    input: string | Uint8Array = '',
  ): Promise<Run> =>
    new Promise((resolve) => {
      const { PATH, NODE_COMPILE_CACHE } = process.env;
      const options = { env: { PATH, NODE_COMPILE_CACHE, ...this.#environment(), ...env } };
      const child = execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
      child.stdin?.end(input);
    });

  /** Writes a file and returns its path. */
  readonly file = (name: string, content: unknown): string => {
    const path = join(this.folder, name);
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(path, isRaw ? content : JSON.stringify(content));
    return path;
  };

  #environment(): Variables {
    const { url, storage } = this.#harness.stack;
    return { CONVOKE_URL: url, CONVOKE_STORAGE: storage.connectionString };
  }
}
