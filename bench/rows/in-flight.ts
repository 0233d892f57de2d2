import type { Comparison, Curve, Row } from '../figures';
import { MeasuredHost } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { sustain } from '../queue-load';
import { Surroundings } from '../surroundings';

const shippedName = 'as shipped: batchSize 32, newBatchThreshold 96';
const settings = [
  { name: 'the host’s default on one core: 16, 8', batchSize: 16, newBatchThreshold: 8 },
  { name: 'batchSize 32, newBatchThreshold 32', batchSize: 32, newBatchThreshold: 32 },
  { name: shippedName, batchSize: undefined, newBatchThreshold: undefined },
] as const;
const latenciesMs = [100, 250, 500, 1000, 2000];
const judgedMs = 500;

/** How many meetings a second one instance makes through the queue, by Graph's latency and the concurrency of host.json. */
export async function measureInFlight({ appFolder, quick, found }: BenchOptions): Promise<Row> {
  const surroundings = await Surroundings.start({ queuesApart: true });
  const comparisons: Comparison[] = [];
  const curves: Curve[] = [];
  try {
    for (const { name, batchSize, newBatchThreshold } of settings) {
      const host = await MeasuredHost.start({
        appFolder,
        environment: {
          ...surroundings.environment,
          ...toOverride({ batchSize, newBatchThreshold }),
        },
      });
      const points: { x: number; y: number }[] = [];
      for (const latencyMs of quick ? [judgedMs] : latenciesMs) {
        surroundings.setLatency(latencyMs);
        const measured = await sustain([host], surroundings, {
          seconds: quick ? 4 : 6,
          warmUpSeconds: 2 + latencyMs / 1000,
        });
        await surroundings.clear();
        points.push({ x: latencyMs, y: measured.perSecond });
        if (latencyMs !== judgedMs) continue;
        if (name !== shippedName) {
          comparisons.push({
            what: `meetings a second, ${name}`,
            value: measured.perSecond,
            unit: '/s',
          });
          continue;
        }
        found.queueRate = measured.perSecond;
        comparisons.push(
          {
            what: `meetings a second, ${name}`,
            value: measured.perSecond,
            unit: '/s',
            target: { atLeast: 200 },
          },
          {
            what: 'event loop utilization',
            value: measured.utilization,
            unit: '',
            target: { atMost: 0.8 },
          },
          {
            what: 'memory',
            value: measured.memoryBytes / 2 ** 20,
            unit: 'MiB',
            target: { atMost: 512 },
          },
        );
      }
      if (host.failed > 0) throw new Error(`${host.failed} invocations failed.`);
      await host.close();
      curves.push({ name, points });
    }
    comparisons.push(...(await measureThrottled(surroundings, appFolder)));
  } finally {
    await surroundings.close();
  }
  return {
    id: 'in-flight',
    title: 'Work in flight: one instance, Graph at 500 ms',
    comparisons,
    curves,
    notes: [
      'One process, so one core for JavaScript; storage, simulators and the sender share the machine with it.',
      'Throttled: one call of twenty is answered 429 with Retry-After 1, and an organizer who is called before that time is over is throttled again and counted.',
    ],
  };
}

const toOverride = (queues: Readonly<Record<string, number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(queues).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[`AzureFunctionsJobHost__extensions__queues__${name}`, String(value)]],
    ),
  );

/** Graph's wish to be left alone goes before everything else. */
async function measureThrottled(
  surroundings: Surroundings,
  appFolder: string,
): Promise<Comparison[]> {
  const { stack, environment } = surroundings;
  stack.graph.setFaults({
    enforceRetryAfter: 'organizer',
    rules: [
      { probability: 0.05, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
      { fault: { kind: 'latency', ms: judgedMs } },
    ],
  });
  const host = await MeasuredHost.start({ appFolder, environment });
  const { perSecond } = await sustain([host], surroundings, {
    seconds: 5,
    warmUpSeconds: 2,
  });
  await host.close();
  const { earlyCalls } = stack.graph.faultReport() as { earlyCalls: number };
  return [
    { what: 'messages a second while Graph throttles', value: perSecond, unit: '/s' },
    { what: 'calls before their Retry-After was over', value: earlyCalls, unit: '' },
  ];
}
