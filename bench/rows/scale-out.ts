import { ofRounds, type Comparison, type Measurement, type Row } from '../report/figures';
import { atOnce, MeasuredHost } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { sustain } from '../load/queue-load';
import { BenchHarness } from '../bench-harness';

/** Low enough that four processes do not use up the machine. */
const queues = { batchSize: 8, newBatchThreshold: 4 };

/** More instances on one queue: two and four compared with one. */
export async function measureScaleOut({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start('standIn');
  const hosts: MeasuredHost[] = [];
  try {
    const rateOf = async (count: number): Promise<Measurement> => {
      while (hosts.length < count)
        hosts.push(
          await MeasuredHost.start({ appFolder, environment: harness.environment, queues }),
        );
      const rounds: number[] = [];
      while (rounds.length < (quick ? 1 : 3)) {
        const { perSecond } = await sustain(hosts, harness, {
          seconds: 3,
          warmUpSeconds: 1.5,
          latencyMs: 500,
          atOnce: count * atOnce(queues),
        });
        rounds.push(perSecond);
      }
      await harness.clear();
      return ofRounds(rounds);
    };
    const one = { what: 'one process', ...(await rateOf(1)) };
    const compare = async (count: number, atLeast: number): Promise<Comparison> => ({
      what: `${count} processes`,
      ...(await rateOf(count)),
      unit: '/s',
      baseline: one,
      target: { atLeast },
    });
    return {
      id: 'scale-out',
      title: 'Scale-out: meetings a second, Graph at 500 ms',
      comparisons: [await compare(2, 1.9), await compare(4, 3.6)],
      notes: [
        `At most ${atOnce(queues)} messages at once in each process, so that the machine is not the limit.`,
      ],
    };
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
    await harness.close();
  }
}
