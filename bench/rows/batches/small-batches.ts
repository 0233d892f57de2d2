import { setTimeout as sleep } from 'node:timers/promises';
import { submit, takeAll } from '../../load/batch-load';
import type { BenchOptions } from '../../bench-options';
import {
  areClear,
  ofRounds,
  type Comparison,
  type Measurement,
  type Row,
} from '../../report/figures';
import { interleaveUntil, type RoundLimits } from '../../report/rounds';
import { MeasuredHost } from '../../measured-host';
import { BenchHarness, type StorageKind } from '../../bench-harness';

const graphMs = 300;
/** In milliseconds: after this long without a message, the host looks into its queues as rarely as it ever does. */
const idleMs = 1_000;

interface Times {
  /** From the call until the last result can be taken off its queue, in milliseconds. */
  readonly lastResultMs: number;
  /** From then until `batchCompleted` can, in milliseconds. */
  readonly completedMs: number;
}

/** In seconds, from upload to last result, by rows. */
const goals = { 100: 1, 1000: 4 } as const;
type Size = keyof typeof goals;

/** How many batches of a size are measured on each storage. */
type Rounds = Readonly<Record<Size, RoundLimits>>;

/** How long somebody waits who sends a small batch to an app that has nothing else to do. */
export async function measureSmallBatches({ appFolder, quick }: BenchOptions): Promise<Row> {
  const once = { min: 1, max: 1 };
  const onStandIn = await measureOn('standIn', appFolder, {
    100: quick ? once : { min: 5, max: 7 },
    1000: quick ? once : { min: 3, max: 4 },
  });
  const onAzurite = await measureOn('azurite', appFolder, {
    100: quick ? once : { min: 3, max: 3 },
    1000: once,
  });
  return {
    id: 'small-batches',
    title: `Small batches, Graph at ${graphMs} ms, an app that is idle`,
    comparisons: [
      ...toComparisons(100, onStandIn[100]),
      ...toComparisons(1000, onStandIn[1000]),
      besideAzurite(100, onAzurite[100], onStandIn[100]),
      besideAzurite(1000, onAzurite[1000], onStandIn[1000]),
    ],
    notes: [
      'From the call to the last result, and to `batchCompleted`, on the results queue, which the bench reads every 20 ms. Shipped settings.',
      'Storage is the stand-in (`bench/storage-stand-in`), which needs little processor time, so this measures the app. Two lines show what Azurite adds.',
      'A loop could be no faster than 0.3 s and, with 200 calls at once, 1.5 s.',
    ],
  };
}

type Measured = Readonly<Record<Size, readonly Times[]>>;

async function measureOn(
  storage: StorageKind,
  appFolder: string,
  rounds: Rounds,
): Promise<Measured> {
  const harness = await BenchHarness.start(storage);
  harness.setLatency(graphMs);
  const host = await MeasuredHost.start({ appFolder, environment: harness.environment });
  const measure = async (rows: Size, limits: RoundLimits): Promise<readonly Times[]> => {
    const afterAPause = async (): Promise<Times> => {
      await sleep(idleMs);
      return timesOf(rows, host, harness);
    };
    const { times } = await interleaveUntil(limits, { times: afterAPause }, (found) =>
      areClear(toComparisons(rows, found.times)),
    );
    return times;
  };
  try {
    await measure(100, { min: 2, max: 2 });
    return { 100: await measure(100, rounds[100]), 1000: await measure(1000, rounds[1000]) };
  } finally {
    await host.close();
    await harness.close();
  }
}

async function timesOf(rows: number, host: MeasuredHost, harness: BenchHarness): Promise<Times> {
  const arrivals: number[] = [];
  let completed: (() => void) | undefined;
  const over = new Promise<void>((resolve) => (completed = resolve));
  let completedAt = NaN;
  const stopTaking = takeAll(harness.queue('meeting-results'), (text) => {
    if (!text.includes('"batchCompleted"')) return void arrivals.push(performance.now());
    completedAt = performance.now();
    completed?.();
  });
  const started = performance.now();
  await submit(host.url, rows);
  await over;
  await stopTaking();
  if (arrivals.length !== rows) throw new Error(`${arrivals.length} of ${rows} results came.`);
  const last = Math.max(...arrivals);
  return { lastResultMs: last - started, completedMs: Math.max(0, completedAt - last) };
}

const toComparisons = (rows: Size, times: readonly Times[]): readonly Comparison[] => [
  {
    what: `upload to last result, ${rows} rows`,
    ...secondsOf(times),
    unit: 's',
    target: { atMost: goals[rows] },
  },
  {
    what: `last result to batchCompleted, ${rows} rows`,
    ...ofRounds(times.map(({ completedMs }) => completedMs)),
    unit: 'ms',
    target: { atMost: 250 },
  },
];

const secondsOf = (times: readonly Times[]): Measurement =>
  ofRounds(times.map(({ lastResultMs }) => lastResultMs / 1000));

const besideAzurite = (
  rows: Size,
  azurite: readonly Times[],
  standIn: readonly Times[],
): Comparison => ({
  what: `upload to last result, ${rows} rows, Azurite`,
  ...secondsOf(azurite),
  unit: 's',
  baseline: { what: 'storage stand-in', ...secondsOf(standIn) },
});
