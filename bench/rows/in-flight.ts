import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofRounds, type Comparison, type Curve, type Row } from '../report/figures';
import { atOnce, MeasuredHost, type QueueConcurrency } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { sustain, type Sustained } from '../load/queue-load';
import { BenchHarness } from '../bench-harness';

const latenciesMs = [100, 500, 1000];
const judgedMs = 500;

/** How many meetings a second one instance makes through the queue, by Graph's latency and the concurrency of host.json. */
export async function measureInFlight({
  appFolder,
  quick,
  plot,
  found,
}: BenchOptions): Promise<Row> {
  const shipped = readConcurrency(appFolder);
  const harness = await BenchHarness.start('standIn');
  const measure = (
    queues: QueueConcurrency,
    latencies: readonly number[],
    seconds: number,
  ): Promise<Sustained[]> => sustainEach({ appFolder, harness, queues, latencies, seconds });
  const curve = async (queues: QueueConcurrency): Promise<Curve> => {
    const sustained = await measure(queues, latenciesMs, 2);
    return {
      name: toName(queues, queues === shipped ? 'as shipped' : 'at once'),
      points: sustained.map(({ perSecond }, index) => ({
        x: latenciesMs[index] ?? NaN,
        y: perSecond,
      })),
    };
  };
  try {
    const judged = await measure(shipped, Array<number>(quick ? 1 : 5).fill(judgedMs), 4);
    const curves: Curve[] = [];
    if (plot) for (const queues of [defaultQueues, shipped]) curves.push(await curve(queues));
    const rate = ofRounds(judged.map(({ perSecond }) => perSecond));
    found.queueRate = rate.value;
    return {
      id: 'in-flight',
      title: 'Work in flight: one instance, Graph at 500 ms',
      comparisons: [
        {
          what: `meetings a second, ${toName(shipped, 'as shipped')}`,
          ...rate,
          unit: '/s',
          target: { atLeast: 200 },
        },
        {
          what: 'event loop utilization',
          ...ofRounds(judged.map(({ utilization }) => utilization)),
          unit: '',
          target: { atMost: 0.8 },
        },
        {
          what: 'memory',
          value: Math.max(...judged.map(({ memoryBytes }) => memoryBytes)) / 2 ** 20,
          unit: 'MiB',
          target: { atMost: 512 },
        },
        ...curves.slice(0, -1).map(({ name, points }) => ({
          what: `meetings a second, ${name}`,
          value: points.find(({ x }) => x === judgedMs)?.y ?? NaN,
          unit: '/s',
        })),
        ...(await measureThrottled(harness, appFolder, shipped)),
      ],
      curves,
      notes: [
        'One process, so one core for JavaScript. The stand-in for storage, the simulators and the sender share the machine with it. The median of five periods.',
        'Throttled: Graph answers one call of twenty with 429 and Retry-After 1. If an organizer is called before that time is over, Graph throttles and counts the call.',
      ],
    };
  } finally {
    await harness.close();
  }
}

/** The default of a host without host.json on one core. */
const defaultQueues: QueueConcurrency = { batchSize: 16, newBatchThreshold: 8 };

const toName = (queues: QueueConcurrency, rest: string): string =>
  `${atOnce(queues)} ${rest} (batchSize ${queues.batchSize}, newBatchThreshold ${queues.newBatchThreshold})`;

function readConcurrency(appFolder: string): QueueConcurrency {
  const { extensions } = JSON.parse(readFileSync(join(appFolder, 'host.json'), 'utf8')) as {
    extensions: { queues: QueueConcurrency };
  };
  return extensions.queues;
}

interface Stretches {
  readonly appFolder: string;
  readonly harness: BenchHarness;
  readonly queues: QueueConcurrency;
  readonly latencies: readonly number[];
  readonly seconds: number;
}

/** One after the other in one host. */
async function sustainEach(stretches: Stretches): Promise<Sustained[]> {
  const { appFolder, harness, queues, latencies, seconds } = stretches;
  const { environment } = harness;
  const host = await MeasuredHost.start({ appFolder, environment, queues });
  const sustained: Sustained[] = [];
  for (const latencyMs of latencies) {
    sustained.push(
      await sustain([host], harness, {
        seconds,
        warmUpSeconds: 1.5 + latencyMs / 1000,
        latencyMs,
        atOnce: atOnce(queues),
      }),
    );
    await harness.clear();
  }
  if (host.failed > 0) throw new Error(`${host.failed} invocations failed.`);
  await host.close();
  return sustained;
}

/** Graph's Retry-After takes precedence over everything else. */
async function measureThrottled(
  harness: BenchHarness,
  appFolder: string,
  queues: QueueConcurrency,
): Promise<Comparison[]> {
  const { stack, environment } = harness;
  stack.graph.setFaults({
    enforceRetryAfter: 'organizer',
    rules: [
      { probability: 0.05, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
      { fault: { kind: 'latency', ms: judgedMs } },
    ],
  });
  const host = await MeasuredHost.start({ appFolder, environment });
  const { perSecond } = await sustain([host], harness, {
    seconds: 5,
    warmUpSeconds: 2,
    atOnce: atOnce(queues),
  });
  await host.close();
  const { earlyCalls } = stack.graph.faultReport() as { earlyCalls: number };
  return [
    { what: 'messages a second while Graph throttles', value: perSecond, unit: '/s' },
    { what: 'calls before their Retry-After was over', value: earlyCalls, unit: '' },
  ];
}
