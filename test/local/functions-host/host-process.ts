import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HostEvent } from '../../../local/functions-host/events';

const main = join(__dirname, '../../../dist/functions-host.js');

export interface HostProcessOptions {
  /** A folder below fixtures/, or an absolute one. */
  readonly app: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

type EventOf<Type extends HostEvent['type']> = Extract<HostEvent, { type: Type }>;

/** The host as a child process, with everything it reported. */
export class HostProcess {
  readonly events: HostEvent[] = [];
  readonly child: ChildProcess;
  output = '';
  readonly #exited: Promise<unknown[]>;
  readonly #watchers = new Set<() => void>();

  constructor({ app, env = {}, args = [] }: HostProcessOptions) {
    const folder = join(__dirname, 'fixtures', app);
    this.child = fork(main, ['--app', app.startsWith('/') ? app : folder, '--port', '0', ...args], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        SAMPLE_QUEUE: 'Sample-Input',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#exited = once(this.child, 'exit');
    this.child.on('message', (event: HostEvent) => {
      this.events.push(event);
      this.#notify();
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.child.once('close', () => this.#notify());
  }

  async ready(): Promise<EventOf<'ready'>> {
    return this.next('ready', () => true);
  }

  /** The first event of this type, past or future, that matches. */
  async next<Type extends HostEvent['type']>(
    type: Type,
    fits: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>> {
    const [found] = await this.some(1, type, fits);
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  /** Waits until this many events of this type match. */
  async some<Type extends HostEvent['type']>(
    count: number,
    type: Type,
    fits: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>[]> {
    const isOfType = (event: HostEvent): event is EventOf<Type> => event.type === type;
    for (;;) {
      const found = this.events.filter(isOfType).filter(fits);
      if (found.length >= count) return found;
      if (!this.child.connected) throw new Error(`The host ended: ${this.#describe()}`);
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  logs(functionName: string): string[] {
    return this.events.flatMap((event) =>
      event.type === 'log' && event.functionName === functionName ? [event.message] : [],
    );
  }

  problems(): string[] {
    return this.events.flatMap((event) => (event.type === 'problem' ? [event.message] : []));
  }

  async exitCode(): Promise<unknown> {
    const [code] = await this.#exited;
    return code;
  }

  async stop(): Promise<unknown> {
    this.child.kill('SIGTERM');
    return this.exitCode();
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#exited;
  }

  #notify(): void {
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }

  #describe(): string {
    return `${JSON.stringify(this.events, null, 1)}\n${this.output}`;
  }
}
