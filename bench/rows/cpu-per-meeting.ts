import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { BaselineProcess } from '../baseline-process';
import { BenchHarness } from '../bench-harness';
import type { BenchOptions } from '../bench-options';
import { areClear, ofRounds, type Comparison, type Row } from '../report/figures';
import { createMeetings, enqueue } from '../load/load';
import { MeasuredHost } from '../measured-host';
import { reserveProcessor } from '../processors';
import { interleave, interleaveUntil } from '../report/rounds';

const inFlight = 16;
const functionName = 'processMeetingRequest';

interface Cost {
  /** CPU time in milliseconds. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The processes that are compared: the app, an app whose functions do nothing, and a loop that makes the same network calls. */
interface Processes {
  readonly app: MeasuredHost;
  readonly empty: MeasuredHost;
  readonly loop: BaselineProcess;
}

/** CPU time of a meeting through the endpoints, and in a loop that makes the same network calls. */
export async function measureCpu({ appFolder, quick }: BenchOptions): Promise<Row> {
  const processor = reserveProcessor();
  const harness = await BenchHarness.start('standIn');
  const processes = await startProcesses(harness, appFolder);
  for (const each of Object.values(processes)) processor.take(each.pid);
  const actions = toActions(harness, processes, quick ? 150 : 120);
  try {
    await interleave(quick ? 1 : 4, actions);
    const costs = await interleaveUntil(
      quick ? { min: 2, max: 2 } : { min: 15, max: 61, maxMs: 45_000 },
      actions,
      (soFar) => areClear(compare(soFar)),
    );
    if (processes.app.failed > 0) throw new Error(`${processes.app.failed} invocations failed.`);
    return toRow(costs);
  } finally {
    processor.release();
    await Promise.all(Object.values(processes).map((each) => each.close()));
    await harness.close();
  }
}

async function startProcesses(harness: BenchHarness, appFolder: string): Promise<Processes> {
  const { environment } = harness;
  return {
    app: await MeasuredHost.start({ appFolder, environment }),
    empty: await MeasuredHost.start({ appFolder: await makeEmptyApp(), environment }),
    loop: new BaselineProcess('sdk-loop', environment),
  };
}

/** The empty app under the host.json that is shipped; inside the project, so that it finds the library. */
async function makeEmptyApp(): Promise<string> {
  const folder = join(projectFolder(), 'dist/bench/empty-app');
  await cp(join(projectFolder(), 'bench/empty-app'), folder, { recursive: true });
  await copyFile(join(projectFolder(), 'host.json'), join(folder, 'host.json'));
  return folder;
}

const names = ['queue', 'loop', 'http', 'emptyQueue', 'emptyHttp'] as const;
type Name = (typeof names)[number];

/** Each makes so many meetings, and resolves with the cost of one. */
function toActions(
  harness: BenchHarness,
  { app, empty, loop }: Processes,
  meetings: number,
): Record<Name, () => Promise<Cost>> {
  const ofOne = (make: (count: number) => Promise<Cost>) => async (): Promise<Cost> => {
    const { cpuMs, wallMs } = await make(meetings);
    await harness.clear();
    return { cpuMs: cpuMs / meetings, wallMs: wallMs / meetings };
  };
  const queue = (host: MeasuredHost, name: string) => ofOne(throughQueue(harness, host, name));
  return {
    queue: queue(app, 'meeting-requests'),
    emptyQueue: queue(empty, 'bench-empty'),
    http: ofOne(throughHttp(app)),
    emptyHttp: ofOne(throughHttp(empty)),
    loop: ofOne((count) => loop.run({ meetings: count, inFlight })),
  };
}

function throughQueue(harness: BenchHarness, host: MeasuredHost, queue: string) {
  const work = async (count: number): Promise<void> => {
    const done = host.untilDone(functionName, count);
    await enqueue(harness.queue(queue), count);
    await done;
  };
  return async (count: number): Promise<Cost> => {
    // The host polls an empty queue rarely, so send a message first.
    await work(8);
    return host.spentOn(() => work(count));
  };
}

const throughHttp = (host: MeasuredHost) => (count: number) =>
  host.spentOn(async () => {
    await createMeetings(host.url, { calls: count, callers: inFlight });
  });

const loopName = 'SDK loop that keeps its token';

type Costs = Readonly<Record<Name, readonly Cost[]>>;

function toRow(costs: Costs): Row {
  return {
    id: 'cpu',
    title: 'CPU per meeting',
    comparisons: compare(costs),
    notes: [
      `${costs.queue.length} rounds: until each goal lies outside the spread, but at most 61 rounds or 45 seconds. The cost of empty functions under the same local host (the library, and taking calls from the host) is subtracted. The host receives and deletes messages and speaks HTTP in a process of its own, which the figures leave out.`,
      'The measured processes have a processor of their own where the system allows it. Both sides use simulators at 0 ms and the stand-in for storage. The local host passes on no log lines.',
    ],
  };
}

function compare(costs: Costs): Comparison[] {
  const of = (name: Name, what: keyof Cost): number[] => costs[name].map((cost) => cost[what]);
  const less = (all: readonly number[], part: readonly number[]): number[] =>
    all.map((value, round) => value - (part[round] ?? NaN));
  const endpoints = [
    { what: 'queue endpoint', spent: 'queue', empty: 'emptyQueue', atMost: 1 },
    { what: 'HTTP endpoint', spent: 'http', empty: 'emptyHttp', atMost: 1.2 },
  ] as const;
  const betweenMeetings = (endpoint: string, name: Name): Comparison => ({
    ...line(`time between two meetings, ${endpoint}`, of(name, 'wallMs')),
    baseline: { what: loopName, ...ofRounds(of('loop', 'wallMs')) },
  });
  return [
    ...endpoints.map(({ what, spent, empty, atMost }) => ({
      ...line(what, less(of(spent, 'cpuMs'), of(empty, 'cpuMs'))),
      baseline: { what: loopName, ...ofRounds(of('loop', 'cpuMs')) },
      target: { atMost },
    })),
    line('an empty queue function under the same host', of('emptyQueue', 'cpuMs')),
    line('an HTTP function that only reads JSON and answers JSON', of('emptyHttp', 'cpuMs')),
    betweenMeetings('queue endpoint', 'queue'),
    betweenMeetings('HTTP endpoint', 'http'),
  ];
}

const line = (what: string, rounds: readonly number[]): Comparison => ({
  what,
  ...ofRounds(rounds),
  unit: 'ms',
});
