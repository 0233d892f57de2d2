import { setTimeout as sleep } from 'node:timers/promises';
import { makeBatchProgress } from '../../../src/adapters/storage/batches/batch-progress';
import {
  doneRows,
  isOver,
  submit,
  takeAll,
  untilStatus,
  type Accepted,
} from '../../load/batch-load';
import type { BatchStatus } from '../../../src/batches/results/batch-status';
import type { MessageMetadata } from '../../../src/requests/message-metadata';
import type { MeetingResult } from '../../../src/results/meeting-result';
import type { BenchOptions } from '../../bench-options';
import type { Comparison, Row } from '../../report/figures';
import { atOnce, MeasuredHost } from '../../measured-host';
import { Memory } from '../../memory';
import { BenchHarness } from '../../bench-harness';

const graphMs = 300;
/** Low enough that four processes do not use up the machine, so that waiting is measured. */
const queues = { batchSize: 8, newBatchThreshold: 4 };

/** Too long for the everyday table: a hundred thousand rows, and ten thousand with all their meetings. */
export async function measureLargeBatches(options: BenchOptions): Promise<Row> {
  const running = await measureRunning(options);
  const rates: { count: number; perSecond: number }[] = [];
  for (const count of [1, 2, 4])
    rates.push({ count, perSecond: await measureMeetings(options, count) });
  const [one] = rates;
  return {
    id: 'large-batches',
    title: `Large batches, Graph at ${graphMs} ms`,
    comparisons: [
      ...running,
      ...rates.map(({ count, perSecond }): Comparison => ({
        what: `meetings a second, ${count} ${count === 1 ? 'process' : 'processes'}`,
        value: perSecond,
        unit: '/s',
        ...(one !== undefined &&
          count > 1 && {
            baseline: { what: 'one process', value: one.perSecond },
            target: { atLeast: 0.9 * count },
          }),
      })),
    ],
    notes: [
      'Running: from the start of the batch to its end, without meetings. Another process takes each message off the queue and records a result, as fast as it can.',
      `Meetings: at most ${atOnce(queues)} messages at once in each process. Each row has been checked to have one meeting, one row of results and one message.`,
    ],
  };
}

async function measureRunning({ appFolder, quick }: BenchOptions): Promise<Comparison[]> {
  const rows = quick ? 10_000 : 100_000;
  const harness = await BenchHarness.start('standIn');
  const host = await MeasuredHost.start({
    appFolder,
    environment: {
      ...harness.environment,
      'AzureWebJobs.processMeetingRequest.Disabled': 'true',
    },
  });
  const progress = makeBatchProgress(harness.table('MeetingBatches'));
  const queue = harness.queue('meeting-requests');
  const stopTaking = takeAll(queue, async (text) => void (await progress.record(resultOf(text))));
  try {
    await submit(host.url, 100).then(({ location }) => untilStatus(location, isOver));
    const memory = await Memory.of(host);
    const accepted = await submit(host.url, rows);
    const afterAccepting = memory.peak;
    const status = await untilStatus(accepted.location, isOver);
    await memory.close();
    mustBe(doneRows(status), { expected: rows, what: 'rows with results' });
    return toComparisons({ rows, accepted, status, memory, afterAccepting });
  } finally {
    await stopTaking();
    await host.close();
    await harness.close();
  }
}

/** The shortest possible result, because its size is not measured. */
function resultOf(text: string): MeetingResult {
  const { requestId, metadata } = JSON.parse(text) as {
    requestId: string;
    metadata: MessageMetadata;
  };
  const now = new Date().toISOString();
  return {
    requestId,
    ...(metadata.batchId !== undefined && { batchId: metadata.batchId }),
    ...(metadata.index !== undefined && { index: metadata.index }),
    status: 'created',
    organizer: { given: null, id: null },
    meeting: null,
    notApplied: [],
    error: null,
    attempts: 1,
    acceptedDateTime: metadata.acceptedDateTime,
    completedDateTime: now,
  };
}

interface Expanded {
  readonly rows: number;
  readonly accepted: Accepted;
  readonly status: BatchStatus;
  readonly memory: Memory;
  readonly afterAccepting: number;
}

function toComparisons({ rows, accepted, status, memory, afterAccepting }: Expanded): Comparison[] {
  const [started, completed] = [status.startedDateTime, status.completedDateTime].map((time) =>
    Date.parse(time ?? ''),
  );
  const seconds = ((completed ?? NaN) - (started ?? NaN)) / 1000;
  const mebibytes = (bytes: number): number => bytes / 2 ** 20;
  return [
    { what: `accepting ${rows} rows`, value: accepted.acceptMs / 1000, unit: 's' },
    { what: 'their body', value: mebibytes(accepted.bodyBytes), unit: 'MiB' },
    { what: `expanding ${rows} rows`, value: rows / seconds, unit: 'rows/s' },
    { what: 'memory of the process before', value: mebibytes(memory.before), unit: 'MiB' },
    { what: 'memory, highest while accepting', value: mebibytes(afterAccepting), unit: 'MiB' },
    { what: 'memory, highest until the end', value: mebibytes(memory.peak), unit: 'MiB' },
  ];
}

/** Meetings a second, from the start of the batch until its end. @throws Error when a row has not one meeting and one result. */
async function measureMeetings(
  { appFolder, quick }: BenchOptions,
  processes: number,
): Promise<number> {
  const rows = quick ? 1_000 : 10_000;
  const harness = await BenchHarness.start('standIn');
  harness.setLatency(graphMs);
  const hosts = await Promise.all(
    Array.from({ length: processes }, () =>
      MeasuredHost.start({ appFolder, environment: harness.environment, queues }),
    ),
  );
  const messages: string[] = [];
  const stopTaking = takeAll(harness.queue('meeting-results'), (text) => void messages.push(text));
  try {
    const [host] = hosts;
    const { location } = await submit(host?.url ?? '', rows);
    const status = await untilStatus(location, isOver);
    await untilTaken(messages, rows + 1);
    mustBe(status.counts.created, { expected: rows, what: 'rows created' });
    mustBe(harness.stack.graph.meetings.list().length, { expected: rows, what: 'meetings' });
    mustBe(await linkedRows(location), { expected: rows, what: 'rows with a link of their own' });
    checkMessages(messages, rows);
    const { startedDateTime, completedDateTime } = status;
    const ms = Date.parse(completedDateTime ?? '') - Date.parse(startedDateTime ?? '');
    return (rows * 1000) / ms;
  } finally {
    await stopTaking();
    await Promise.all(hosts.map((host) => host.close()));
    await harness.close();
  }
}

function mustBe(
  value: number,
  { expected, what }: { readonly expected: number; readonly what: string },
): void {
  if (value !== expected) throw new Error(`There are ${value} ${what}, not ${expected}.`);
}

/** Messages arrive shortly after the batch is finished; half a minute is more than enough. */
async function untilTaken(messages: readonly string[], count: number): Promise<void> {
  const timeout = AbortSignal.timeout(30_000);
  while (messages.length < count && !timeout.aborted) await sleep(20);
}

/** Rows of the results whose link no other row has. */
async function linkedRows(location: string): Promise<number> {
  const links = new Set<string>();
  for (let skip = 0; ; skip += 5_000) {
    const page = await fetch(`${location}/results?format=ndjson&skip=${skip}`);
    const lines = (await page.text()).split('\n').filter((line) => line !== '');
    for (const line of lines) {
      const { meeting } = JSON.parse(line) as MeetingResult;
      if (meeting !== null) links.add(String(meeting.joinWebUrl));
    }
    if (page.headers.get('link') === null) return links.size;
  }
}

/** One message for each row, and one for the end of the batch. */
function checkMessages(messages: readonly string[], rows: number): void {
  const parsed = messages.map((text) => JSON.parse(text) as { requestId?: string; type?: string });
  const ids = parsed.flatMap(({ requestId }) => requestId ?? []);
  mustBe(ids.length, { expected: rows, what: 'messages with results' });
  mustBe(new Set(ids).size, { expected: rows, what: 'requests with a message' });
  const ends = parsed.filter(({ type }) => type === 'batchCompleted');
  mustBe(ends.length, { expected: 1, what: 'messages that the batch is over' });
}
