import { StorageProxy, type StorageCall } from '../../trial/storage-proxy';
import type { BenchOptions } from '../bench-options';
import type { Comparison, Row } from '../figures';
import { enqueue, post } from '../load';
import { MeasuredHost } from '../measured-host';
import { meetingRequest } from '../requests';
import { Surroundings } from '../surroundings';

const meetings = 100;

/** Storage operations for each meeting, counted on the wire; the host's own receiving and deleting is left out. */
export async function countStorageOperations({ appFolder }: BenchOptions): Promise<Row> {
  const surroundings = await Surroundings.start();
  const proxy = await StorageProxy.start(surroundings.stack.storage);
  let operations = 0;
  proxy.interfere = (call, phase) => {
    if (phase === 'before' && isOfTheApp(call)) operations += 1;
    return 'pass';
  };
  const host = await MeasuredHost.start({
    appFolder,
    environment: { ...surroundings.environment, AzureWebJobsStorage: proxy.connectionString },
  });
  const counted = async (work: () => Promise<void>): Promise<number> => {
    operations = 0;
    await work();
    return operations / meetings;
  };
  try {
    // The first meeting makes the table and the queues.
    await post(`${host.url}/api/createMeeting`, meetingRequest());
    const http = await counted(async () => {
      for (let made = 0; made < meetings; made += 1) {
        await post(`${host.url}/api/createMeeting`, meetingRequest());
      }
    });
    const throughQueue = await counted(async () => {
      const done = host.untilDone('processMeetingRequest', meetings);
      await enqueue(surroundings.queue('meeting-requests'), meetings);
      await done;
    });
    return toRow({ http, throughQueue });
  } finally {
    await host.close();
    await proxy.close();
    await surroundings.close();
  }
}

/** Everything in tables, and messages put on the results queue. Receiving and deleting is the host's. */
const isOfTheApp = ({ service, method, path }: StorageCall): boolean =>
  service === 'table' ||
  (service === 'queue' && method === 'POST' && path.startsWith('/meeting-results/messages'));

function toRow(found: { readonly http: number; readonly throughQueue: number }): Row {
  const line = (what: string, value: number): Comparison => ({
    what,
    value,
    unit: 'operations',
    target: { atMost: 3 },
  });
  return {
    id: 'storage',
    title: 'Storage operations per meeting',
    comparisons: [line('HTTP door', found.http), line('queue door', found.throughQueue)],
    notes: [
      'Counted on the wire: begin, complete and result; the host’s own receiving and deleting apart.',
    ],
  };
}
