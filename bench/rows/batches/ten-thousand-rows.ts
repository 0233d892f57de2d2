import { readFileSync } from 'node:fs';
import { BaselineProcess } from '../../baseline-process';
import { BenchHarness } from '../../bench-harness';
import type { BenchOptions } from '../../bench-options';
import { doneRows, isOver, submit, untilStatus } from '../../load/batch-load';
import { consume } from '../../load/queue-load';
import { MeasuredHost } from '../../measured-host';
import { Memory } from '../../memory';
import { ofRounds, type Measurement, type Row } from '../../report/figures';

const graphMs = 300;
/** What host.json ships: batchSize and newBatchThreshold together. */
const inFlight = 224;

/** A large batch through one process to its last result, beside a loop of the same concurrency. */
export const measureTenThousandRows = (options: BenchOptions): Promise<Row> =>
  measureOn('standIn', options);

/** The same where storage takes more time than the app. Takes minutes. */
export const measureTenThousandRowsOnAzurite = (options: BenchOptions): Promise<Row> =>
  measureOn('azurite', options);

const ids = { standIn: 'ten-thousand-rows', azurite: 'ten-thousand-rows-azurite' } as const;
const names = { standIn: 'the storage stand-in', azurite: 'Azurite' } as const;

async function measureOn(
  storage: 'standIn' | 'azurite',
  { appFolder, quick }: BenchOptions,
): Promise<Row> {
  const rows = quick ? 2_000 : 10_000;
  const harness = await BenchHarness.start(storage);
  harness.setLatency(graphMs);
  try {
    const meetings = 0.3 * rows;
    const loop = await measureLoop(harness, meetings);
    const batch = await measureBatch(harness, { appFolder, rows });
    const share = (what: string, cpuMs: number) => ({
      what: `CPU of ${what}, share of one core`,
      value: cpuMs / batch.wallMs,
      unit: '',
    });
    return {
      id: ids[storage],
      title: `A batch of ${rows} rows through one process, Graph at ${graphMs} ms, on ${names[storage]}`,
      comparisons: [
        {
          what: 'rows a second, from the call to the last result',
          ...ofTenths(rows, batch.tenthsMs),
          unit: '/s',
          baseline: { what: `SDK loop, ${inFlight} at once`, ...ofTenths(meetings, loop.tenthsMs) },
          ...(storage === 'standIn' && { target: { atLeast: 0.8 } }),
        },
        {
          what: 'memory in use after nine tenths of the rows',
          value: batch.lateBytes / 2 ** 20,
          unit: 'MiB',
          baseline: { what: 'after one tenth', value: batch.earlyBytes / 2 ** 20 },
          target: { atMost: 1.1 },
        },
        { what: 'resident memory, highest', value: batch.peakBytes / 2 ** 20, unit: 'MiB' },
        share('the app', batch.appCpuMs),
        share('storage', batch.storageCpuMs),
        share('the simulators and this bench', batch.ownCpuMs),
        {
          what: 'CPU of storage for one row',
          value: batch.storageCpuMs / rows,
          unit: 'ms',
          baseline: { what: 'for one meeting of the loop', value: loop.storageCpuMs / meetings },
        },
      ],
      notes: [
        'One run in ten parts, and three tenths as many meetings for the loop. For a meeting the loop writes a row, calls Graph, writes the row again and sends a result, with a token that it keeps. It checks nothing, and takes nothing off a queue.',
        'Memory in use: the objects and buffers that a garbage collection leaves. Between collections there is more, up to V8’s limit.',
        'Storage is one process. If its share is near 1, this row measures storage.',
      ],
    };
  } finally {
    await harness.close();
  }
}

/** How many a second in each tenth of them. */
const ofTenths = (count: number, tenthsMs: readonly number[]): Measurement =>
  ofRounds(tenthsMs.map((ms, index) => (count * 100) / (ms - (tenthsMs[index - 1] ?? 0))));

interface Spent {
  /** When each tenth was done, in milliseconds since the start. */
  readonly tenthsMs: readonly number[];
  readonly storageCpuMs: number;
}

async function measureLoop(harness: BenchHarness, meetings: number): Promise<Spent> {
  const loop = new BaselineProcess('sdk-loop', harness.environment);
  await loop.run({ meetings: 300, inFlight });
  await harness.clear();
  const { pid } = harness.storage;
  const before = cpuMsOf(pid);
  const { tenthsMs } = await loop.run({ meetings, inFlight });
  const storageCpuMs = cpuMsOf(pid) - before;
  await loop.close();
  await harness.clear();
  return { tenthsMs, storageCpuMs };
}

interface SpentOnBatch extends Spent {
  readonly wallMs: number;
  readonly appCpuMs: number;
  readonly ownCpuMs: number;
  readonly earlyBytes: number;
  readonly lateBytes: number;
  readonly peakBytes: number;
}

/** In tenths of the rows. */
const memoryIsLookedAtAfter = [1, 9];

async function measureBatch(
  harness: BenchHarness,
  { appFolder, rows }: { readonly appFolder: string; readonly rows: number },
): Promise<SpentOnBatch> {
  const host = await MeasuredHost.start({ appFolder, environment: harness.environment });
  const stopConsuming = consume(harness.queue('meeting-results'));
  try {
    await submit(host.url, 100).then(({ location }) => untilStatus(location, isOver));
    const usage = () => ({
      storage: cpuMsOf(harness.storage.pid),
      own: process.cpuUsage(),
    });
    const before = usage();
    const memory = await Memory.of(host);
    const inUse: number[] = [];
    const tenthsMs: number[] = [];
    const started = performance.now();
    const spent = await host.spentOn(async () => {
      const { location } = await submit(host.url, rows);
      for (let tenth = 1; tenth <= 10; tenth += 1) {
        await untilStatus(location, (status) => doneRows(status) >= (rows * tenth) / 10);
        tenthsMs.push(performance.now() - started);
        if (memoryIsLookedAtAfter.includes(tenth)) inUse.push(await host.liveBytes());
      }
      const { counts } = await untilStatus(location, isOver);
      if (counts.created !== rows) throw new Error(`${counts.created} of ${rows} were created.`);
    });
    await memory.close();
    const after = usage();
    return {
      tenthsMs,
      wallMs: spent.wallMs,
      appCpuMs: spent.cpuMs,
      storageCpuMs: after.storage - before.storage,
      ownCpuMs: (after.own.user + after.own.system - before.own.user - before.own.system) / 1000,
      earlyBytes: inUse[0] ?? NaN,
      lateBytes: inUse[1] ?? NaN,
      peakBytes: memory.peak,
    };
  } finally {
    await stopConsuming();
    await host.close();
  }
}

/** Of Linux, in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const tickMs = 10;

/** CPU time of a process since its start, in milliseconds; NaN where there is no /proc. */
function cpuMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return NaN;
  }
}
