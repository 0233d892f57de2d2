import type { TimerFunction } from '../../../../local/functions-host/app-functions';
import type { Clock } from '../../../../local/functions-host/timer/clock';
import { TimerListener } from '../../../../local/functions-host/timer/listener';
import { parseSchedule } from '../../../../local/functions-host/timer/schedule';
import type { ScheduleStatus } from '../../../../local/functions-host/timer/status-store';

/** A clock that the test advances. Timers fire in order of time. */
class TestClock implements Clock {
  #now: Date;
  #waiting: { readonly time: Date; readonly resolve: () => void }[] = [];
  #waits = Promise.withResolvers<void>();

  constructor(now: string) {
    this.#now = new Date(now);
  }

  now(): Date {
    return this.#now;
  }

  until(time: Date, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal.aborted || time <= this.#now)
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    this.#waiting.push({ time, resolve });
    this.#waits.resolve();
    return promise;
  }

  /** Waits for a timer, then advances to the earliest one. */
  async advance(): Promise<void> {
    await this.#waits.promise;
    this.#waits = Promise.withResolvers<void>();
    const [first] = this.#waiting.toSorted((one, other) => Number(one.time) - Number(other.time));
    if (first === undefined) throw new Error('Nobody waits.');
    this.#waiting = this.#waiting.filter((each) => each !== first);
    this.#now = first.time;
    first.resolve();
  }

  /** Resolves when a timer is waiting. */
  idle(): Promise<void> {
    return this.#waits.promise;
  }
}

interface World {
  readonly now?: string;
  readonly schedule?: string;
  readonly runOnStartup?: boolean;
  readonly useMonitor?: boolean;
  readonly status?: ScheduleStatus;
  readonly locked?: boolean;
  readonly fails?: boolean;
}

function start(world: World = {}) {
  const clock = new TestClock(world.now ?? '2026-11-26T08:01:00Z');
  const fn: TimerFunction = {
    name: 'tick',
    metadata: { name: 'tick', bindings: {} },
    triggerName: 'timer',
    trigger: 'timer',
    schedule: parseSchedule(world.schedule ?? '0 */5 * * * *'),
    runOnStartup: world.runOnStartup ?? false,
    useMonitor: world.useMonitor ?? true,
  };
  const runs: { readonly at: string; readonly input: unknown }[] = [];
  const lock = { held: false, free: world.locked !== true, lose: (): void => undefined };
  let status = world.status;
  const listener = new TimerListener({
    fn,
    clock,
    lock: {
      acquire: async (onLost) => {
        lock.held = lock.free;
        lock.lose = onLost;
        return lock.free;
      },
      release: async () => void (lock.held = false),
    },
    statuses: { read: async () => status, write: async (_, next) => void (status = next) },
    invoke: async ({ input }) => {
      runs.push({ at: clock.now().toISOString(), input: JSON.parse(input.json ?? '') });
      if (world.fails === true) throw new Error('asked to fail');
    },
    emit: () => undefined,
  });
  listener.start();
  return { clock, listener, runs, lock, status: () => status };
}

const times = (runs: readonly { readonly at: string }[]): string[] =>
  runs.map(({ at }) => at.slice(11, 19));

test('fires by its schedule, and records it', async () => {
  const { clock, listener, runs, status } = start();
  for (let time = 0; time < 3; time += 1) await clock.advance();
  await clock.idle();
  expect(times(runs)).toEqual(['08:05:00', '08:10:00', '08:15:00']);
  expect(runs[1]?.input).toEqual({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '2026-11-26T08:05:00.000+00:00',
      Next: '2026-11-26T08:10:00.000+00:00',
      LastUpdated: '2026-11-26T08:05:00.000+00:00',
    },
    IsPastDue: false,
  });
  expect(status()?.Next).toBe('2026-11-26T08:20:00.000+00:00');
  await listener.stop();
});

const recorded: ScheduleStatus = {
  Last: '2026-11-26T06:00:00.000+00:00',
  Next: '2026-11-26T06:05:00.000+00:00',
  LastUpdated: '2026-11-26T06:00:00.000+00:00',
};

test('what was missed is made up for once, and is past due', async () => {
  const { clock, listener, runs } = start({ status: recorded });
  await clock.idle();
  expect(times(runs)).toEqual(['08:01:00']);
  expect(runs[0]?.input).toMatchObject({ IsPastDue: true, ScheduleStatus: recorded });
  await clock.advance();
  await clock.idle();
  expect(times(runs)).toEqual(['08:01:00', '08:05:00']);
  expect(runs[1]?.input).toMatchObject({ IsPastDue: false });
  await listener.stop();
});

test.each<[string, World]>([
  ['without useMonitor', { status: recorded, useMonitor: false }],
  ['more often than once a minute', { status: recorded, schedule: '*/30 * * * * *' }],
  [
    'after the schedule was changed',
    { status: { ...recorded, Next: '2026-11-26T06:07:00.000+00:00' } },
  ],
  ['at the first start', {}],
])('%s nothing is made up for', async (_, world) => {
  const { clock, listener, runs } = start(world);
  await clock.idle();
  expect(runs).toEqual([]);
  await listener.stop();
});

test('runs at start-up where it is asked to', async () => {
  const { clock, listener, runs } = start({ runOnStartup: true });
  await clock.idle();
  expect(times(runs)).toEqual(['08:01:00']);
  expect(runs[0]?.input).toMatchObject({ IsPastDue: false });
  await listener.stop();
});

test('a run that fails is recorded like any other, and not repeated', async () => {
  const { clock, listener, runs, status } = start({ fails: true });
  await clock.advance();
  await clock.idle();
  expect(times(runs)).toEqual(['08:05:00']);
  expect(status()?.Next).toBe('2026-11-26T08:10:00.000+00:00');
  await listener.stop();
});

test('while another host has the lock nothing fires; once it is free, this host does', async () => {
  const { clock, listener, runs, lock } = start({ locked: true });
  for (let minute = 0; minute < 5; minute += 1) await clock.advance();
  await clock.idle();
  expect(runs).toEqual([]);
  lock.free = true;
  await clock.advance();
  await clock.advance();
  await clock.idle();
  expect(times(runs)).toEqual(['08:10:00']);
  await listener.stop();
  expect(lock.held).toBe(false);
});

test('a host that loses the lock fires no more until it has it again', async () => {
  const { clock, listener, runs, lock } = start();
  await clock.idle();
  lock.free = false;
  lock.lose();
  await clock.idle();
  for (let minute = 0; minute < 6; minute += 1) await clock.advance();
  expect(runs).toEqual([]);
  await listener.stop();
});
