import { ofRounds, type Comparison, type Measurement, type Row } from '../report/figures';
import { interleave } from '../report/rounds';
import { atOnce, MeasuredHost } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { sustain } from '../load/queue-load';
import { BenchHarness } from '../bench-harness';

/** Low enough that four processes do not use up the machine. */
const queues = { batchSize: 8, newBatchThreshold: 4 };

const none: Measurement = { value: NaN };

/** More instances on one queue: two and four compared with one. */
export async function measureScaleOut({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start('standIn');
  const hosts: MeasuredHost[] = [];
  const rates = new Map<number, Measurement>();
  try {
    for (const count of [1, 2, 4]) {
      while (hosts.length < count) {
        hosts.push(
          await MeasuredHost.start({ appFolder, environment: harness.environment, queues }),
        );
      }
      const { stretches } = await interleave(quick ? 1 : 3, {
        stretches: () =>
          sustain(hosts, harness, {
            seconds: 3,
            warmUpSeconds: 2,
            latencyMs: 500,
            atOnce: count * atOnce(queues),
          }),
      });
      rates.set(count, ofRounds(stretches.map(({ perSecond }) => perSecond)));
      await harness.clear();
    }
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
    await harness.close();
  }
  const one = { what: 'one process', ...(rates.get(1) ?? none) };
  const line = (count: number, atLeast: number): Comparison => ({
    what: `${count} processes`,
    ...(rates.get(count) ?? none),
    unit: '/s',
    baseline: one,
    target: { atLeast },
  });
  return {
    id: 'scale-out',
    title: 'Scale-out: meetings a second, Graph at 500 ms',
    comparisons: [line(2, 1.9), line(4, 3.6)],
    notes: [
      `At most ${atOnce(queues)} messages at once in each process, so that the machine is not the limit.`,
    ],
  };
}
