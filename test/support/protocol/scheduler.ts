import type { Clock } from '../../../src/meetings/ports';
import { asText } from './as-text';
import type { Path } from './exploration';

/**
 * Step of the clock, in milliseconds; every sleep ends with a step. So a waiting task polls twice instead of seven
 * times, and fewer paths differ only in their times. No sleep is longer than five seconds.
 */
const tickMs = 4_000;
const epoch = Date.parse('2026-12-01T08:00:00Z');

/** A concurrent task, which continues only when it is scheduled. */
export interface Task {
  readonly name: string;
  /** Its input and all answers so far; its next step depends on nothing else. */
  readonly learnt: unknown[];
  /** Resolves when the task may make its next call. */
  readonly turn: () => Promise<void>;
  /** Never resolves: the task has died. */
  readonly crash: () => Promise<never>;
  onCrash: () => void;
}

interface Waiting {
  readonly task: Task;
  readonly wakeAt: number;
  readonly goOn: () => void;
}

const nobody: Omit<Task, 'name' | 'learnt'> = {
  turn: () => Promise.resolve(),
  crash: () => new Promise(() => undefined),
  onCrash: () => undefined,
};

/**
 * Runs tasks one at a time in simulated time. Normally a task runs until it sleeps or ends; the path decides when to
 * switch to another, at most `switches` times.
 */
export class Scheduler {
  now = epoch;
  readonly #path: Path;
  switches: number;
  #waiting: Waiting[] = [];
  #tasks = new Set<Task>();
  readonly #dead = new WeakSet<Task>();
  #started = 0;
  #latest: Task | undefined;

  constructor(path: Path, switches: number) {
    this.#path = path;
    this.switches = switches;
  }

  /** Milliseconds since the start. */
  get age(): number {
    return this.now - epoch;
  }

  /** The next step of time from then on. */
  tick(time: number): number {
    return epoch + Math.ceil((time - epoch) / tickMs) * tickMs;
  }

  get running(): number {
    return this.#tasks.size;
  }

  /** Time at which the next task continues, if nothing else happens before. */
  get nextAt(): number {
    return Math.min(Infinity, ...this.#waiting.map(({ wakeAt }) => wakeAt));
  }

  /** Whether several tasks could continue, or none runs: only then can two paths reach the same state. */
  get isCrossing(): boolean {
    return this.#waiting.length !== 1;
  }

  /** The state that the rest of the run depends on, as text. */
  get state(): string {
    const isFree = this.switches === Infinity;
    const waiting = this.#waiting.map(({ task, wakeAt }) =>
      [
        Math.max(wakeAt - this.now, 0),
        ...(isFree || task !== this.#latest ? [] : ['latest']),
        ...task.learnt.map(asText),
      ].join(),
    );
    // If tasks may continue in any order, their order does not matter.
    return [this.age, ...(isFree ? waiting.sort() : waiting)].join('\n');
  }

  /** `given`: what the task begins with. */
  start(given: string, work: (task: Task) => Promise<void>): Task {
    const task: Task = {
      name: `task ${(this.#started += 1)}`,
      learnt: [given],
      turn: () => this.#wait(task, this.now),
      crash: () => this.#crash(task),
      onCrash: () => undefined,
    };
    this.#tasks.add(task);
    void work(task).finally(() => this.#tasks.delete(task));
    return task;
  }

  /** An event after this many milliseconds; `what` identifies it. */
  after(milliseconds: number, what: string, happens: () => unknown): void {
    const task = { ...nobody, name: 'time', learnt: [what] };
    void this.#wait(task, this.now + milliseconds).then(happens);
  }

  clockFor(task: Task): Clock {
    return {
      now: () => {
        task.learnt.push(this.age);
        return new Date(this.now);
      },
      sleep: (milliseconds) => this.#wait(task, this.now + milliseconds),
    };
  }

  /** Resolves when every task has come to its next call, or to its end. */
  async settled(): Promise<void> {
    await new Promise(setImmediate);
  }

  /** Continues one task; false if there is none. */
  step(): boolean {
    const next = this.#next();
    if (next === undefined) return false;
    this.now = Math.max(this.now, next.wakeAt);
    this.#waiting = this.#waiting.filter((other) => other !== next);
    this.#latest = next.task;
    next.goOn();
    return true;
  }

  #next(): Waiting | undefined {
    const rank = ({ task, wakeAt }: Waiting): number =>
      Math.max(wakeAt - this.now, 0) * 2 + (task === this.#latest ? 0 : 1);
    const order = this.#waiting.toSorted((one, other) => rank(one) - rank(other));
    if (order.length < 2 || this.switches === 0) return order[0];
    const choice = this.#path.choose(order.length);
    if (choice > 0) this.switches -= 1;
    return order[choice];
  }

  #wait(task: Task, wakeAt: number): Promise<void> {
    if (this.#dead.has(task)) return new Promise(() => undefined);
    const tick = this.tick(wakeAt);
    return new Promise((resolve) => {
      const goOn = (): void => {
        task.learnt.push('>');
        resolve();
      };
      this.#waiting.push({ task, wakeAt: tick, goOn });
    });
  }

  /** Ends all work of the task, as the end of its process would. */
  #crash(task: Task): Promise<never> {
    this.#tasks.delete(task);
    this.#dead.add(task);
    this.#waiting = this.#waiting.filter((other) => other.task !== task);
    task.onCrash();
    return new Promise(() => undefined);
  }
}
