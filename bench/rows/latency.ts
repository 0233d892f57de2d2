import { areClear, ofRounds, type Comparison, type Row } from '../report/figures';
import { interleave, interleaveUntil } from '../report/rounds';
import { percentile } from '../report/statistics';
import { callRepeatedly, post } from '../load/load';
import { MeasuredHost } from '../measured-host';
import type { BenchOptions } from '../bench-options';
import { meeting, meetingRequest, organizerId } from '../load/requests';
import { BenchHarness } from '../bench-harness';
import { fetchToken } from '../load/token';

const callers = 16;
const latencyMs = 500;

/** What Convoke adds to one HTTP meeting, compared with calling Graph directly. */
export async function measureLatency({ appFolder, quick, found }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start('azuriteInMemory');
  const { environment } = harness;
  harness.setLatency(latencyMs);
  const host = await MeasuredHost.start({ appFolder, environment });
  const authorization = { Authorization: `Bearer ${await fetchToken(environment)}` };
  const graphUrl = `${harness.stack.graph.url}/v1.0/users/${organizerId}/onlineMeetings/createOrGet`;
  const call =
    (url: string, body: () => object, headers = {}) =>
    () =>
      callRepeatedly(() => expectCreated(url, body(), headers), {
        calls: callers * (quick ? 3 : 6),
        callers,
        staggerMs: latencyMs / callers,
      });
  const actions = {
    direct: call(
      graphUrl,
      () => ({ ...meeting, externalId: meetingRequest().requestId }),
      authorization,
    ),
    convoke: call(`${host.url}/api/createMeeting`, meetingRequest),
  };
  try {
    await interleave(1, actions);
    const limits = quick ? { min: 2, max: 2 } : { min: 3, max: 5 };
    const measured = await interleaveUntil(limits, actions, (times) => areClear(compare(times)));
    found.httpMs = percentile(measured.convoke.flat(), 50);
    return {
      id: 'latency',
      title: 'Latency of one HTTP meeting, Graph at 500 ms',
      comparisons: compare(measured),
      notes: [
        `${measured.convoke.flat().length} calls each, in ${measured.convoke.length} rounds. Storage on this machine answers in about a millisecond, in Azure in a few.`,
      ],
    };
  } finally {
    await host.close();
    await harness.close();
  }
}

/** Milliseconds of each call, round by round. */
type Times = Readonly<Record<'direct' | 'convoke', readonly (readonly number[])[]>>;

function compare({ direct, convoke }: Times): readonly Comparison[] {
  const at = (percent: number, atMost: number): Comparison => ({
    what: `p${percent}, ${callers} callers`,
    ...ofRounds(convoke.map((times) => percentile(times, percent))),
    unit: 'ms',
    baseline: {
      what: 'Graph directly',
      ...ofRounds(direct.map((times) => percentile(times, percent))),
    },
    target: { atMost },
  });
  return [at(50, 1.03), at(99, 1.1)];
}

async function expectCreated(
  url: string,
  body: object,
  headers: Record<string, string>,
): Promise<void> {
  const status = await post(url, body, headers);
  if (status !== 201) throw new Error(`${url} answered ${status}.`);
}
