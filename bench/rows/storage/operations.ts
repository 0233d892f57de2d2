import { setTimeout as sleep } from 'node:timers/promises';
import type { StorageCall } from '../../../trial/storage/storage-proxy';
import type { Comparison, Row } from '../../report/figures';
import { createMeetings, enqueue, post } from '../../load/load';
import { CountedStorage } from './counted-storage';
import { MeasuredHost } from '../../measured-host';
import type { BenchOptions, Operations } from '../../bench-options';
import { meetingRequest } from '../../load/requests';
import { BenchHarness } from '../../bench-harness';

const functionName = 'processMeetingRequest';

/** Storage operations for one meeting, counted in front of storage. */
export async function measureOperations({ appFolder, quick, found }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  const storage = await CountedStorage.start(harness.stack.storage);
  const host = await MeasuredHost.start({
    appFolder,
    environment: { ...harness.environment, ...storage.settings },
  });
  const count = quick ? 50 : 200;
  const history = quick ? 200 : 1000;

  const counted = async (work: () => Promise<void>): Promise<Operations> =>
    shareOf(await storage.during(work), count);
  const overHttp = (meetings: number) => async (): Promise<void> => {
    await createMeetings(host.url, { calls: meetings, callers: 16 });
  };
  const overQueue = async (): Promise<void> => {
    const done = host.untilDone(functionName, count);
    // Directly to storage, so that it is not counted.
    await enqueue(harness.queue('meeting-requests'), count);
    await done;
  };
  const resultsNow = async (): Promise<number> =>
    (await harness.queue('meeting-results').getProperties()).approximateMessagesCount ?? 0;
  const overBatch = async (): Promise<void> => {
    // Each row has a result, and the batch has one more. Asked of storage directly, so that it is not counted.
    const wanted = (await resultsNow()) + count + 1;
    const requests = Array.from({ length: count }, () => meetingRequest());
    await post(`${host.url}/api/batches`, { requests });
    while ((await resultsNow()) < wanted) await sleep(100);
    await sleep(1_000);
  };

  try {
    await overHttp(8)();
    const http = await counted(overHttp(count));
    const queue = await counted(overQueue);
    const batchCalls = await storage.during(overBatch);
    const batch = shareOf(batchCalls, count);
    const row = shareOf(batchCalls.filter(isOfRow), count);
    await harness.clear();
    await overHttp(history)();
    const later = await counted(overHttp(count));
    found.operations = { http, queue, batch };
    const line = (what: string, operations: Operations, atMost: number): Comparison => ({
      what,
      value: sum(operations),
      unit: 'operations',
      target: { atMost },
    });
    return {
      id: 'storage',
      title: 'Storage operations for one meeting',
      comparisons: [
        line('one HTTP request', http, 3),
        line('one queue message', queue, 3),
        line('one row of a batch', row, 4),
        {
          what: `the batch itself, ${count} rows`,
          value: (sum(batch) - sum(row)) * count,
          unit: 'operations',
        },
        {
          what: 'the list by which a request is forgotten, 16 at once',
          value: storage.listings / (4 * count),
          unit: 'operations',
          target: { atMost: 0.5 },
        },
        line(`one HTTP request after ${history} more`, later, 3),
      ],
      notes: [
        'Counted in front of storage, without the host’s calls to poll, take and delete messages.',
        'A row of a batch: its beginning, its end, its result and its row of progress. The batch itself: its body, its states, its messages, and reads of its progress, a few for each 100 rows and each quarter of a second.',
      ],
    };
  } finally {
    await host.close();
    await storage.close();
    await harness.close();
  }
}

/** Operations for a row of a batch, without those for the batch. */
const isOfRow = ({ service, path, body }: StorageCall): boolean =>
  path.startsWith('/MeetingRequests') ||
  (service === 'queue' &&
    path.startsWith('/meeting-results') &&
    !body.includes('batchCompleted')) ||
  (path.startsWith('/MeetingBatches') &&
    /RowKey(=|":)['"]\d+['"]/.test(decodeURIComponent(path) + body));

const shareOf = (calls: readonly StorageCall[], count: number): Operations => {
  const of = (service: StorageCall['service']): number =>
    calls.filter((call) => call.service === service).length / count;
  return { table: of('table'), queue: of('queue'), blob: of('blob') };
};

const sum = ({ table, queue, blob }: Operations): number => table + queue + blob;
