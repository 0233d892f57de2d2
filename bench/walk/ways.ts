import { QueueClient } from '@azure/storage-queue';
import type { InProcessApp } from '../in-process-app';

/** The ways on which a request becomes a meeting. */
export const wayNames = ['http', 'queue', 'batch'] as const;
/** One of `wayNames`. */
export type WayName = (typeof wayNames)[number];

/** Whether the text names a way. */
export const isWayName = (text: string | undefined): text is WayName =>
  wayNames.some((name) => name === text);

/** What happens to a request before the invocation that makes its meeting, and that invocation. */
interface Way {
  readonly prepare: (request: string) => Promise<unknown>;
  readonly makeMeeting: (request: string) => Promise<void>;
}

/** The running app, and its storage. */
interface WaySource {
  readonly app: InProcessApp;
  /** Address under which the app's functions are called. */
  readonly server: string;
  readonly connectionString: string;
}

/** Returns the way of this name, through the app in this process. */
export function makeWay(
  name: WayName,
  { app, server, connectionString: connection }: WaySource,
): Way {
  const requests = new QueueClient(connection, 'meeting-requests');
  const batches = new QueueClient(connection, 'meeting-batches');
  const ways: Readonly<Record<WayName, Way>> = {
    http: {
      prepare: () => Promise.resolve(),
      makeMeeting: (request) => app.makeMeeting(server, request),
    },
    queue: {
      prepare: (request) => requests.sendMessage(request),
      makeMeeting: () => app.takeMessage(requests, 'processMeetingRequest'),
    },
    // A batch of one row, which is carried out by the invocation that runs the batch.
    batch: {
      prepare: (request) =>
        app.post(new URL('/api/batches', server), {
          functionName: 'submitBatch',
          body: `[${request}]`,
        }),
      makeMeeting: () => app.takeMessage(batches, 'runBatch'),
    },
  };
  return ways[name];
}
