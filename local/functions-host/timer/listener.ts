import type { TimerFunction } from '../app-functions';
import type { Emit } from '../events';
import type { FunctionCall } from '../invoker';
import type { Clock } from './clock';
import { timerInput } from './input';
import type { TimerLock } from './lock';
import { isFrequent } from './schedule';
import type { ScheduleStatus, StatusStore } from './status-store';

/** Delay before a host tries again to acquire a lock that another host holds, in milliseconds. */
const lockRetryMs = 60_000;
const never = '0001-01-01T00:00:00';

interface TimerListenerDeps {
  readonly fn: TimerFunction;
  readonly lock: TimerLock;
  readonly statuses: StatusStore;
  readonly clock: Clock;
  readonly invoke: (call: FunctionCall) => Promise<unknown>;
  readonly emit: Emit;
}

/** Fires one timer function by its schedule: in one host at a time, and never concurrently. */
export class TimerListener {
  readonly #deps: TimerListenerDeps;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(deps: TimerListenerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Stops firing, waits for a running call, and releases the timer to other hosts. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#deps.lock.release();
  }

  async #run(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#holdLock();
      } catch (error) {
        if (signal.aborted) return;
        this.#report(error);
      }
      const later = new Date(clock.now().getTime() + lockRetryMs);
      await clock.until(later, signal).catch(() => undefined);
    }
  }

  async #holdLock(): Promise<void> {
    const lost = new AbortController();
    if (!(await this.#deps.lock.acquire(() => lost.abort()))) return;
    await this.#fireUntil(AbortSignal.any([lost.signal, this.#stopping.signal]));
  }

  /** Makes up once for runs missed while no host ran; the next time counts from the last scheduled one. */
  async #fireUntil(signal: AbortSignal): Promise<void> {
    const { clock, fn } = this.#deps;
    const { schedule } = fn;
    let last = clock.now();
    const isPastDue = await this.#readPastDue();
    if (isPastDue || fn.runOnStartup) await this.#fire(last, isPastDue);
    for (;;) {
      const next = schedule.next(last);
      if (next === undefined) return;
      await clock.until(next, signal);
      await this.#fire(next, false);
      last = next;
    }
  }

  /** Whether the recorded next time has passed. Replaces a record of another schedule. */
  async #readPastDue(): Promise<boolean> {
    const { fn, statuses, clock } = this.#deps;
    if (!this.#isMonitored()) return false;
    const status = await statuses.read(fn.name);
    const now = clock.now();
    const base = status?.Last === never ? status.LastUpdated : status?.Last;
    const expected = base === undefined ? undefined : fn.schedule.next(new Date(base));
    if (status !== undefined && expected !== undefined && isSame(status.Next, expected))
      return now >= expected;
    await statuses.write(fn.name, this.#statusAfter(never, now));
    return false;
  }

  async #fire(at: Date, isPastDue: boolean): Promise<void> {
    const { fn, statuses, invoke, clock } = this.#deps;
    const monitored = this.#isMonitored();
    const status = monitored ? await statuses.read(fn.name) : undefined;
    // A failed run is not repeated; its failure is already reported.
    await invoke({ fn, input: timerInput(status, isPastDue) }).catch(() => undefined);
    if (!monitored) return;
    const last = isPastDue ? clock.now() : at;
    await statuses.write(fn.name, this.#statusAfter(print(last), last));
  }

  #isMonitored(): boolean {
    const { fn, clock } = this.#deps;
    return fn.useMonitor && !isFrequent(fn.schedule, clock.now());
  }

  #statusAfter(last: string, from: Date): ScheduleStatus {
    const { fn, clock } = this.#deps;
    const next = fn.schedule.next(from);
    return {
      Last: last,
      Next: next === undefined ? never : print(next),
      LastUpdated: print(clock.now()),
    };
  }

  #report(error: unknown): void {
    const message = `The timer of function '${this.#deps.fn.name}' failed and is retried: ${String(error)}`;
    this.#deps.emit({ type: 'problem', message });
  }
}

const print = (date: Date): string => date.toISOString().replace('Z', '+00:00');
const isSame = (text: string, date: Date): boolean => Date.parse(text) === date.getTime();
