import { setTimeout as sleep } from 'node:timers/promises';
import { StorageProxy, type StorageCall } from '../../trial/storage-proxy';
import type { Comparison, Row } from '../figures';
import { callRepeatedly, enqueue, post } from '../load';
import { MeasuredHost } from '../measured-host';
import type { BenchOptions, Operations } from '../bench-options';
import { meetingRequest } from '../requests';
import { Surroundings } from '../surroundings';

const functionName = 'processMeetingRequest';

/** The host's own: looking for messages, taking, renewing and deleting them. */
const isOfHost = ({ service, method, path }: StorageCall): boolean =>
  service === 'queue' &&
  path.includes('/messages') &&
  method !== 'POST' &&
  !path.startsWith('/meeting-results');

/** Storage operations for one meeting, counted in front of storage. */
export async function measureOperations({ appFolder, quick, found }: BenchOptions): Promise<Row> {
  const surroundings = await Surroundings.start();
  const proxy = await StorageProxy.start(surroundings.stack.storage);
  let calls: StorageCall[] = [];
  proxy.interfere = (call, phase) => {
    if (phase === 'before') calls.push(call);
    return 'pass';
  };
  const host = await MeasuredHost.start({
    appFolder,
    environment: { ...surroundings.environment, AzureWebJobsStorage: proxy.connectionString },
  });
  const count = quick ? 50 : 200;
  const history = quick ? 200 : 2000;

  /** Operations for each of `count` meetings, without those that happen anyway. */
  const counted = async (work: () => Promise<void>): Promise<Operations> => {
    calls = [];
    await work();
    const ours = calls.filter((call) => !isOfHost(call) && !isSending(call));
    const of = (service: StorageCall['service']): number =>
      ours.filter((call) => call.service === service).length / count;
    return { table: of('table'), queue: of('queue'), blob: of('blob') };
  };
  const overHttp = (meetings: number) => async (): Promise<void> => {
    await callRepeatedly(
      async () => {
        const status = await post(`${host.url}/api/createMeeting`, meetingRequest());
        if (status !== 201) throw new Error(`createMeeting answered ${status}.`);
      },
      { calls: meetings, callers: 16 },
    );
  };
  const overQueue = async (): Promise<void> => {
    const done = host.untilDone(functionName, count);
    // Straight to storage, so that it is not counted.
    await enqueue(surroundings.queue('meeting-requests'), count);
    await done;
  };
  const overBatch = async (): Promise<void> => {
    const done = host.untilDone(functionName, count);
    const requests = Array.from({ length: count }, () => meetingRequest());
    await post(`${host.url}/api/batches`, { requests });
    await done;
    await sleep(1_000);
  };

  try {
    await overHttp(8)();
    const http = await counted(overHttp(count));
    const queue = await counted(overQueue);
    const batch = await counted(overBatch);
    await surroundings.clear();
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
        line('one row of a batch', batch, 4 + 100 / count),
        line(`one HTTP request after ${history} more`, later, 3),
      ],
      notes: [
        'Counted in front of storage; what the host does to look for, take and delete messages is left out.',
        `A row of a batch: what the batch itself takes (one body, its states, its announcements) is spread over ${count} rows.`,
      ],
    };
  } finally {
    await host.close();
    await proxy.close();
    await surroundings.close();
  }
}

/** A batch's rows are put on the queue, as a sender would do with single messages. */
const isSending = ({ service, method, path }: StorageCall): boolean =>
  service === 'queue' && method === 'POST' && path.startsWith('/meeting-requests/');

const sum = ({ table, queue, blob }: Operations): number => table + queue + blob;
