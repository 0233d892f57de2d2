import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import { projectFolder } from '../../../local/project-folder';
import type { BenchOptions } from '../../bench-options';
import { areClear, ofRounds, type Comparison, type Row } from '../../report/figures';
import { interleave, interleaveUntil, type RoundLimits } from '../../report/rounds';
import { enqueue, post } from '../../load/load';
import { MeasuredHost } from '../../measured-host';
import { meetingRequest } from '../../load/requests';
import { BenchHarness } from '../../bench-harness';

const queueName = 'meeting-requests';

/** Accepting a batch compared with accepting a file, and putting its rows on the queue compared with a loop that does only that. */
export async function measureBatches({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  try {
    const rows = quick ? 2_000 : 10_000;
    const accepted = await measureAccepting(harness, {
      appFolder,
      rows,
      limits: quick ? { min: 2, max: 2 } : { min: 3, max: 5 },
    });
    const running = await measureRunning(harness, {
      appFolder,
      rows: quick ? 1_000 : 2_000,
      limits: quick ? { min: 2, max: 2 } : { min: 3, max: 5 },
    });
    return {
      id: 'batches',
      title: 'Batches',
      comparisons: [accepted, running],
      notes: [
        'Accepting: from the call to its answer, both through the same kind of host. No batch runs at that time.',
        'Running: from the first row on the queue to the last. Convoke checks and records each row; the loop only sends, 32 at once.',
      ],
    };
  } finally {
    await harness.close();
  }
}

interface Measuring {
  readonly appFolder: string;
  readonly rows: number;
  readonly limits: RoundLimits;
}

type Rounds<Name extends string> = Readonly<Record<Name, readonly number[]>>;

const batchOf = (rows: number): object => ({
  requests: Array.from({ length: rows }, () => meetingRequest()),
});

async function measureAccepting(
  harness: BenchHarness,
  { appFolder, rows, limits }: Measuring,
): Promise<Comparison> {
  const environment = { ...harness.environment, 'AzureWebJobs.runBatch.Disabled': 'true' };
  const app = await MeasuredHost.start({ appFolder, environment });
  const baseline = await MeasuredHost.start({ appFolder: await makeUploadApp(), environment });
  const timed = (url: string, expected: number) => async (): Promise<number> => {
    const body = batchOf(rows);
    const started = performance.now();
    const status = await post(url, body);
    if (status !== expected) throw new Error(`${url} answered ${status}.`);
    return performance.now() - started;
  };
  const actions = {
    batch: timed(`${app.url}/api/batches`, 202),
    blob: timed(`${baseline.url}/api/upload`, 201),
  };
  const compare = ({ batch, blob }: Rounds<keyof typeof actions>): Comparison => ({
    what: `accepting ${rows} rows`,
    ...ofRounds(batch),
    unit: 'ms',
    baseline: { what: 'the body into one blob', ...ofRounds(blob) },
    target: { atMost: 2 },
  });
  await interleave(1, actions);
  const times = await interleaveUntil(limits, actions, (found) => areClear([compare(found)]));
  await Promise.all([app.close(), baseline.close()]);
  await harness.queue('meeting-batches').clearMessages();
  return compare(times);
}

/** Inside the project, so that it finds the SDKs. */
async function makeUploadApp(): Promise<string> {
  const folder = join(projectFolder(), 'dist/bench/upload-app');
  await cp(join(projectFolder(), 'bench/upload-app'), folder, { recursive: true });
  await copyFile(join(projectFolder(), 'host.json'), join(folder, 'host.json'));
  return folder;
}

async function measureRunning(
  harness: BenchHarness,
  { appFolder, rows, limits }: Measuring,
): Promise<Comparison> {
  const queue = harness.queue(queueName);
  const app = await MeasuredHost.start({
    appFolder,
    environment: {
      ...harness.environment,
      'AzureWebJobs.processMeetingRequest.Disabled': 'true',
      // Nothing reads the queue here, so all rows of the batch must be allowed to wait.
      BATCH_WINDOW: '10000',
    },
  });
  const compare = ({ batch, loop }: Rounds<'batch' | 'loop'>): Comparison => ({
    what: 'rows a second put on the queue',
    ...ofRounds(batch),
    unit: '/s',
    baseline: { what: 'concurrent loop over the SDK', ...ofRounds(loop) },
    target: { atLeast: 0.8 },
  });
  const actions = {
    batch: () =>
      fillRate(queue, rows, async () => {
        const status = await post(`${app.url}/api/batches`, batchOf(rows));
        if (status !== 202) throw new Error(`The batch was answered ${status}.`);
      }),
    loop: () => fillRate(queue, rows, () => enqueue(queue, rows, 32)),
  };
  const rates = await interleaveUntil(limits, actions, (found) => areClear([compare(found)]));
  await app.close();
  await queue.clearMessages();
  return compare(rates);
}

/** Messages a second, from the first on the queue until the last. */
async function fillRate(
  queue: QueueClient,
  rows: number,
  fill: () => Promise<void>,
): Promise<number> {
  const count = async (): Promise<number> =>
    (await queue.getProperties()).approximateMessagesCount ?? 0;
  await queue.clearMessages();
  const filled = fill();
  let first = 0;
  while (first === 0) first = await count();
  const started = performance.now();
  while ((await count()) < rows) await sleep(20);
  const elapsedMs = performance.now() - started;
  await filled;
  return ((rows - first) * 1000) / elapsedMs;
}
