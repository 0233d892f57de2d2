import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { BaselineProcess } from '../baseline-process';
import { interleave, median, type Comparison, type Row } from '../report/figures';
import { callRepeatedly, enqueue, post } from '../load/load';
import { MeasuredHost } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { meetingRequest } from '../load/requests';
import { BenchHarness } from '../bench-harness';

const inFlight = 16;
const functionName = 'processMeetingRequest';

interface Cost {
  /** CPU time of each meeting, in milliseconds. */
  readonly cpuMs: number;
  /** Milliseconds between two meetings. */
  readonly wallMs: number;
}

/** CPU time of a meeting through the endpoints, and in loops that make the same network calls. */
export async function measureCpu({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  const emptyFolder = await makeEmptyApp();
  const { environment } = harness;
  const app = await MeasuredHost.start({ appFolder, environment });
  const empty = await MeasuredHost.start({ appFolder: emptyFolder, environment });
  const sdk = new BaselineProcess('sdk-loop', environment);
  const sdkKept = new BaselineProcess('sdk-loop', { ...environment, BENCH_KEEP_TOKEN: 'true' });
  const fetches = new BaselineProcess('fetch-loop', environment);
  const meetings = quick ? 150 : 400;

  const perMeeting = ({ cpuMs, wallMs }: Cost): Cost => ({
    cpuMs: cpuMs / meetings,
    wallMs: wallMs / meetings,
  });
  const throughQueue = (host: MeasuredHost, queue: string) => async (): Promise<Cost> => {
    const process = async (count: number): Promise<void> => {
      const done = host.untilDone(functionName, count);
      await enqueue(harness.queue(queue), count);
      await done;
    };
    // The host polls an empty queue rarely, so send a message first.
    await process(8);
    const spent = await host.spentOn(() => process(meetings));
    await harness.clear();
    return perMeeting(spent);
  };
  const throughHttp = (host: MeasuredHost) => async (): Promise<Cost> => {
    const spent = await host.spentOn(async () => {
      await callRepeatedly(
        async () => {
          const answered = await post(`${host.url}/api/createMeeting`, meetingRequest());
          if (answered !== 201) throw new Error(`createMeeting answered ${answered}.`);
        },
        { calls: meetings, callers: inFlight },
      );
    });
    await harness.clear();
    return perMeeting(spent);
  };
  const inLoop = (loop: BaselineProcess) => async (): Promise<Cost> => {
    const report = await loop.run({ meetings, inFlight });
    await harness.clear();
    return perMeeting(report);
  };

  try {
    const measured = await interleave(quick ? 3 : 7, {
      queue: throughQueue(app, 'meeting-requests'),
      emptyQueue: throughQueue(empty, 'bench-empty'),
      http: throughHttp(app),
      emptyHttp: throughHttp(empty),
      sdk: inLoop(sdk),
      sdkKept: inLoop(sdkKept),
      fetch: inLoop(fetches),
    });
    if (app.failed > 0) throw new Error(`${app.failed} invocations failed.`);
    return toRow(measured);
  } finally {
    await Promise.all([app.close(), empty.close(), sdk.close(), sdkKept.close(), fetches.close()]);
    await harness.close();
  }
}

/** The empty app under the host.json that is shipped; inside the project, so that it finds the library. */
async function makeEmptyApp(): Promise<string> {
  const folder = join(projectFolder(), 'dist/bench/empty-app');
  await cp(join(projectFolder(), 'bench/empty-app'), folder, { recursive: true });
  await copyFile(join(projectFolder(), 'host.json'), join(folder, 'host.json'));
  return folder;
}

type Measured = Record<
  'queue' | 'emptyQueue' | 'http' | 'emptyHttp' | 'sdk' | 'sdkKept' | 'fetch',
  Cost[]
>;

function toRow(measured: Measured): Row {
  const cpu = (name: keyof Measured): number =>
    median(measured[name].slice(1).map(({ cpuMs }) => cpuMs));
  const wall = (name: keyof Measured): number =>
    median(measured[name].slice(1).map(({ wallMs }) => wallMs));
  const sdkLoop = { what: 'short SDK loop', value: cpu('sdk') };
  const queue = cpu('queue') - cpu('emptyQueue');
  const http = cpu('http') - cpu('emptyHttp');
  const line = (what: string, value: number, more: Partial<Comparison> = {}): Comparison => ({
    what,
    value,
    unit: 'ms',
    ...more,
  });
  return {
    id: 'cpu',
    title: 'CPU per meeting',
    comparisons: [
      line('queue endpoint', queue, { baseline: sdkLoop, target: { atMost: 0.8 } }),
      line('HTTP endpoint', http, { baseline: sdkLoop, target: { atMost: 1 } }),
      line('queue endpoint', queue, {
        baseline: { what: 'SDK loop that keeps its token', value: cpu('sdkKept') },
      }),
      line('HTTP endpoint', http, {
        baseline: { what: 'SDK loop that keeps its token', value: cpu('sdkKept') },
      }),
      line('queue endpoint', queue, { baseline: { what: 'bare fetch loop', value: cpu('fetch') } }),
      line('HTTP endpoint', http, { baseline: { what: 'bare fetch loop', value: cpu('fetch') } }),
      line('an empty queue function under the same host', cpu('emptyQueue')),
      line('an HTTP function that only reads JSON and answers JSON', cpu('emptyHttp')),
      line('time between two meetings, queue endpoint', wall('queue'), {
        baseline: { what: 'SDK loop', value: wall('sdk') },
      }),
      line('time between two meetings, HTTP endpoint', wall('http'), {
        baseline: { what: 'SDK loop', value: wall('sdk') },
      }),
    ],
    notes: [
      'Without the cost of functions of the same shape that create no meeting, under the same local host: the library, and taking calls from the host. The host receives and deletes messages and speaks HTTP in a process of its own, which is not in the figures.',
      'Simulators at 0 ms, without the local host’s passing on of log lines. Most of the time between two meetings is the local storage’s.',
    ],
  };
}
