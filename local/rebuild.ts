import { spawn, type ChildProcess } from 'node:child_process';
import { watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from './project-folder';
import type { Stack } from './stack';
import type { TerminalFace } from './terminal/terminal-face';

/** Files that the host reads when it starts. */
const settingsFiles = new Set(['local.settings.json', 'host.json']);

/** Builds after each change of the code and restarts the app. If the build fails, the old app continues. */
export class Rebuild {
  readonly #stack: Stack;
  readonly #face: TerminalFace;
  #compiler: ChildProcess | undefined;
  #settings: FSWatcher | undefined;
  #restarting = Promise.resolve();

  constructor(stack: Stack, face: TerminalFace) {
    this.#stack = stack;
    this.#face = face;
  }

  start(): void {
    const folder = projectFolder();
    const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const args = ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'];
    this.#compiler = spawn(process.execPath, [compiler, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#follow(this.#compiler);
    this.#settings = watch(folder, (_, name) => {
      if (name !== null && settingsFiles.has(name)) this.#restart(`${name} has changed`);
    });
    this.#face.say('Watching the code. When you save a file, the app is built and started again.');
  }

  stop(): void {
    this.#compiler?.kill();
    this.#settings?.close();
  }

  /** Ignores the first build, which is already running. */
  #follow({ stdout }: ChildProcess): void {
    let builds = 0;
    stdout?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) {
        const [, errors] = /Found (\d+) errors?/.exec(line) ?? [];
        if (errors === undefined) this.#showProblem(line);
        else if (builds++ > 0) this.#built(Number(errors));
      }
    });
  }

  #showProblem(line: string): void {
    if (/error TS\d+/.test(line)) this.#face.problem(line);
  }

  #built(errors: number): void {
    if (errors === 0) this.#restart('Built');
    else this.#face.problem('The code does not compile, so the old app keeps running.');
  }

  #restart(reason: string): void {
    this.#restarting = this.#restartAfter(this.#restarting, reason);
  }

  /** Restarts one after another. */
  async #restartAfter(previous: Promise<void>, reason: string): Promise<void> {
    await previous;
    this.#face.say(`${reason}: starting the app again …`);
    try {
      await this.#stack.restartHost();
      this.#face.say('The new app is running.');
    } catch (error) {
      this.#face.problem((error as Error).message);
    }
  }
}
