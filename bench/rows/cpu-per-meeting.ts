import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { BaselineProcess } from '../baseline-process';
import { BenchHarness } from '../bench-harness';
import type { BenchOptions } from '../bench-options';
import { areClear, ofRounds, type Comparison, type Row } from '../report/figures';
import { callRepeatedly, enqueue, post } from '../load/load';
import { MeasuredHost } from '../measured-host';
import { reserveProcessor } from '../processors';
import { meetingRequest } from '../load/requests';
import { interleave, interleaveUntil } from '../report/rounds';

const inFlight = 16;
const functionName = 'processMeetingRequest';

interface Cost {
  /** CPU time in milliseconds. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The processes that are compared: the app, an app whose functions do nothing, and loops that make the same network calls. */
interface Processes {
  readonly app: MeasuredHost;
  readonly empty: MeasuredHost;
  readonly sdk: BaselineProcess;
  readonly sdkKept: BaselineProcess;
  readonly fetches: BaselineProcess;
}

/** CPU time of a meeting through the endpoints, and in loops that make the same network calls. */
export async function measureCpu({ appFolder, quick }: BenchOptions): Promise<Row> {
  const processor = reserveProcessor();
  const harness = await BenchHarness.start('standIn');
  const processes = await startProcesses(harness, appFolder);
  for (const each of Object.values(processes)) processor.take(each.pid);
  const actions = toActions(harness, processes, quick ? 150 : 400);
  try {
    await interleave(quick ? 1 : 3, actions);
    const costs = await interleaveUntil(
      quick ? { min: 2, max: 2 } : { min: 7, max: 21, maxMs: 60_000 },
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
    sdk: new BaselineProcess('sdk-loop', environment),
    sdkKept: new BaselineProcess('sdk-loop', { ...environment, BENCH_KEEP_TOKEN: 'true' }),
    fetches: new BaselineProcess('fetch-loop', environment),
  };
}

/** The empty app under the host.json that is shipped; inside the project, so that it finds the library. */
async function makeEmptyApp(): Promise<string> {
  const folder = join(projectFolder(), 'dist/bench/empty-app');
  await cp(join(projectFolder(), 'bench/empty-app'), folder, { recursive: true });
  await copyFile(join(projectFolder(), 'host.json'), join(folder, 'host.json'));
  return folder;
}

const names = ['queue', 'emptyQueue', 'http', 'emptyHttp', 'sdk', 'sdkKept', 'fetch'] as const;
type Name = (typeof names)[number];

/** Each makes so many meetings, and resolves with the cost of one. */
function toActions(
  harness: BenchHarness,
  { app, empty, sdk, sdkKept, fetches }: Processes,
  meetings: number,
): Record<Name, () => Promise<Cost>> {
  const ofOne = (make: (count: number) => Promise<Cost>) => async (): Promise<Cost> => {
    const { cpuMs, wallMs } = await make(meetings);
    await harness.clear();
    return { cpuMs: cpuMs / meetings, wallMs: wallMs / meetings };
  };
  const queue = (host: MeasuredHost, name: string) => ofOne(throughQueue(harness, host, name));
  const loop = (each: BaselineProcess) => ofOne((count) => each.run({ meetings: count, inFlight }));
  return {
    queue: queue(app, 'meeting-requests'),
    emptyQueue: queue(empty, 'bench-empty'),
    http: ofOne(throughHttp(app)),
    emptyHttp: ofOne(throughHttp(empty)),
    sdk: loop(sdk),
    sdkKept: loop(sdkKept),
    fetch: loop(fetches),
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
    await callRepeatedly(
      async () => {
        const answered = await post(`${host.url}/api/createMeeting`, meetingRequest());
        if (answered !== 201) throw new Error(`createMeeting answered ${answered}.`);
      },
      { calls: count, callers: inFlight },
    );
  });

type Costs = Readonly<Record<Name, readonly Cost[]>>;

function toRow(costs: Costs): Row {
  return {
    id: 'cpu',
    title: 'CPU per meeting',
    comparisons: compare(costs),
    notes: [
      `${costs.queue.length} rounds, at most 21 and a minute: until each target lies outside the spread, the confidence interval (95 %) of the median. Without the cost of functions of the same shape that create no meeting, under the same local host: the library, and taking calls from the host. The host receives and deletes messages and speaks HTTP in a process of its own, which is not in the figures.`,
      'The measured processes have a processor of their own where the system allows it. Simulators at 0 ms, and the stand-in for storage, on both sides; without the local host’s passing on of log lines.',
    ],
  };
}

function compare(costs: Costs): Comparison[] {
  const of = (name: Name, what: keyof Cost): number[] => costs[name].map((cost) => cost[what]);
  const less = (all: readonly number[], part: readonly number[]): number[] =>
    all.map((value, round) => value - (part[round] ?? NaN));
  const endpoints = [
    { what: 'queue endpoint', cpu: less(of('queue', 'cpuMs'), of('emptyQueue', 'cpuMs')) },
    { what: 'HTTP endpoint', cpu: less(of('http', 'cpuMs'), of('emptyHttp', 'cpuMs')) },
  ];
  const against = (what: string, loop: Name, limits: readonly (number | undefined)[] = []) =>
    endpoints.map(({ what: endpoint, cpu }, index) => ({
      ...line(endpoint, cpu),
      baseline: { what, ...ofRounds(of(loop, 'cpuMs')) },
      ...(limits[index] !== undefined && { target: { atMost: limits[index] } }),
    }));
  const betweenMeetings = (endpoint: string, name: Name): Comparison => ({
    ...line(`time between two meetings, ${endpoint}`, of(name, 'wallMs')),
    baseline: { what: 'SDK loop', ...ofRounds(of('sdk', 'wallMs')) },
  });
  return [
    ...against('SDK loop that keeps its token', 'sdkKept', [1, 1.2]),
    ...against('short SDK loop', 'sdk'),
    ...against('bare fetch loop', 'fetch'),
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
