import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { doneRows, isOver, submit, takeAll, untilStatus } from '../../load/batch-load';
import type { BenchOptions } from '../../bench-options';
import type { Comparison, Row } from '../../report/figures';
import { median, percentile } from '../../report/statistics';
import { MeasuredHost } from '../../measured-host';
import { meetingRequest } from '../../load/requests';
import { BenchHarness } from '../../bench-harness';

const graphMs = 300;
const smallRows = 100;
/** Between two single requests, in milliseconds, so that they do not meet. */
const pauseMs = 1_000;

interface Waits {
  /** From the message on the requests queue until the result on the results queue, in milliseconds. */
  readonly singles: readonly number[];
  /** From the call until the batch is finished, in milliseconds. */
  readonly small: number;
}

/** How long others wait while a large batch runs. */
export async function measureFairness({ appFolder, quick }: BenchOptions): Promise<Row> {
  const rows = quick ? 2_000 : 10_000;
  const harness = await BenchHarness.start('standIn');
  harness.setLatency(graphMs);
  const host = await MeasuredHost.start({ appFolder, environment: harness.environment });
  const arrivals = new Arrivals();
  const stopTaking = takeAll(harness.queue('meeting-results'), (text) => arrivals.see(text));
  try {
    const send = (requestId: string): Promise<unknown> =>
      harness.queue('meeting-requests').sendMessage(JSON.stringify(meetingRequest(requestId)));
    const waits = (): Promise<Waits> =>
      measureWaits(host.url, { send, arrivals, rounds: quick ? 3 : 7 });
    await waits();
    const idle = await waits();
    const { location } = await submit(host.url, rows);
    await untilStatus(location, (status) => doneRows(status) >= rows / 5);
    const busy = await waits();
    const middle = await untilStatus(location, () => true);
    if (isOver(middle)) throw new Error('The large batch was over before the others were.');
    await cancel(host.url, middle.batchId);
    await untilStatus(location, isOver);
    return toRow({ rows, idle, busy });
  } finally {
    await stopTaking();
    await host.close();
    await harness.close();
  }
}

const cancel = (url: string, batchId: string): Promise<Response> =>
  fetch(`${url}/api/batches/${batchId}`, { method: 'DELETE' });

interface Measuring {
  readonly send: (requestId: string) => Promise<unknown>;
  readonly arrivals: Arrivals;
  readonly rounds: number;
}

async function measureWaits(url: string, { send, arrivals, rounds }: Measuring): Promise<Waits> {
  const singles: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const requestId = randomUUID();
    const arrived = arrivals.of(requestId);
    const started = performance.now();
    await send(requestId);
    await arrived;
    singles.push(performance.now() - started);
    await sleep(pauseMs);
  }
  const started = performance.now();
  const { location } = await submit(url, smallRows);
  await untilStatus(location, isOver);
  return { singles, small: performance.now() - started };
}

/** Resolves for each request that is waited for, once its result has come. */
class Arrivals {
  readonly #waiting = new Map<string, () => void>();

  see(text: string): void {
    const { requestId } = JSON.parse(text) as Partial<MeetingResult>;
    if (requestId !== undefined) this.#waiting.get(requestId)?.();
  }

  of(requestId: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(requestId, resolve));
  }
}

interface Found {
  readonly rows: number;
  readonly idle: Waits;
  readonly busy: Waits;
}

function toRow({ rows, idle, busy }: Found): Row {
  const line = (what: string, value: number, base: number): Comparison => ({
    what,
    value,
    unit: 'ms',
    baseline: { what: 'on an idle host', value: base },
  });
  return {
    id: 'fairness',
    title: `Fairness: beside a batch of ${rows} rows, Graph at ${graphMs} ms`,
    comparisons: [
      {
        ...line('a single request by queue, median', median(busy.singles), median(idle.singles)),
        target: { atMost: 10 },
      },
      line(
        'a single request by queue, longest',
        percentile(busy.singles, 100),
        percentile(idle.singles, 100),
      ),
      line(`a batch of ${smallRows} rows until it is finished`, busy.small, idle.small),
    ],
    notes: [
      'One host with shipped settings. A request waits behind the rows of the batch that are on the queue: at most 400 (BATCH_WINDOW).',
    ],
  };
}
