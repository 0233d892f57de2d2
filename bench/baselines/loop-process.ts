/** The messages between a baseline's process and the bench. */
export interface LoopTask {
  readonly meetings: number;
  /** Number of meetings made at the same time. */
  readonly inFlight: number;
}

/** What the meetings of a task cost. */
export interface LoopReport {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** When each tenth of the meetings was made, in milliseconds since the start. */
  readonly tenthsMs: readonly number[];
}

/** Serves the bench in a process of its own: makes meetings on demand, and reports their cost. */
export function serveLoop(makeMeeting: () => Promise<void>): void {
  process.on('message', (task: LoopTask) => {
    run(task, makeMeeting).then(
      (report) => process.send?.(report),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => process.exit());
}

async function run(
  { meetings, inFlight }: LoopTask,
  makeMeeting: () => Promise<void>,
): Promise<LoopReport> {
  const started = performance.now();
  const before = process.cpuUsage();
  const tenthsMs: number[] = [];
  let left = meetings;
  let made = 0;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await makeMeeting();
      made += 1;
      if (made >= (meetings * (tenthsMs.length + 1)) / 10)
        tenthsMs.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - started, tenthsMs };
}

/** Returns a variable of the environment. @throws Error if it is not set. */
export const environment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
};
