import { randomUUID } from 'node:crypto';
import { BenchHarness } from '../../bench-harness';
import type { BenchOptions } from '../../bench-options';
import { CountedStorage } from './counted-storage';
import { callRepeatedly, post } from '../../load/load';
import { meeting, meetingRequest } from '../../load/requests';
import { MeasuredHost } from '../../measured-host';
import type { Comparison, Row } from '../../report/figures';

/** One kind of request, of which each caller sends one at a time. */
interface Kind {
  readonly what: string;
  readonly request: (requestId: string) => object;
  readonly status: number;
  /** Most storage operations that one may take, and most calls to Graph. */
  readonly atMost: { readonly operations: number; readonly calls: number };
}

const later = {
  startDateTime: meeting.endDateTime,
  endDateTime: `${meeting.endDateTime.slice(0, 11)}16:00:00Z`,
};
const lobbyBypassSettings = { scope: 'everyone' };

const requestOf = (requestId: string, more: object): object => ({
  ...meetingRequest(requestId),
  ...more,
  meeting: { ...meeting, lobbyBypassSettings },
});

interface Calls {
  readonly make: Kind['atMost'];
  readonly cancel: Kind['atMost'];
}

/** What becomes of a request with one option. */
const lifeOf = (subject: string, more: object, { make, cancel }: Calls): readonly Kind[] => [
  { what: `making ${subject}`, request: (id) => requestOf(id, more), status: 201, atMost: make },
  {
    what: `sending ${subject} again`,
    request: (id) => ({ ...requestOf(id, more), action: 'upsert' }),
    status: 200,
    atMost: { operations: 3, calls: 0 },
  },
  {
    what: `moving ${subject}`,
    request: (requestId) => ({ requestId, action: 'update', meeting: later }),
    status: 200,
    atMost: { operations: 4, calls: 1 },
  },
  {
    what: `cancelling ${subject}`,
    request: (requestId) => ({ requestId, action: 'cancel' }),
    status: 200,
    atMost: cancel,
  },
];

const lives: readonly (readonly Kind[])[] = [
  lifeOf(
    'an event',
    { calendar: { invite: 'parent@example.org' } },
    { make: { operations: 4, calls: 4 }, cancel: { operations: 4, calls: 2 } },
  ),
  lifeOf(
    'a meeting',
    {},
    { make: { operations: 3, calls: 2 }, cancel: { operations: 4, calls: 1 } },
  ),
];

/** Storage operations and calls to Graph of an event in a calendar, and of changes, counted in front of both. */
export async function measureEvents({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start('azuriteInMemory');
  const storage = await CountedStorage.start(harness.stack.storage);
  const host = await MeasuredHost.start({
    appFolder,
    environment: { ...harness.environment, ...storage.settings },
  });
  const { log } = harness.stack.graph;

  const send = async (ids: readonly string[], { request, status }: Kind): Promise<void> => {
    const left = ids.values();
    const one = async (): Promise<void> => {
      const answered = await post(
        `${host.url}/api/createMeeting`,
        request(left.next().value ?? ''),
      );
      if (answered !== status) throw new Error(`createMeeting answered ${answered}.`);
    };
    await callRepeatedly(one, { calls: ids.length, callers: 3 });
  };
  const measure = async (ids: readonly string[], kind: Kind): Promise<Comparison[]> => {
    log.clear();
    const operations = (await storage.during(() => send(ids, kind))).length / ids.length;
    const calls = log.list().length / ids.length;
    const { what, atMost } = kind;
    return [
      { what, value: operations, unit: 'operations', target: { atMost: atMost.operations } },
      { what, value: calls, unit: 'calls to Graph', target: { atMost: atMost.calls } },
    ];
  };
  const someIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

  try {
    const comparisons: Comparison[] = [];
    for (const life of lives) {
      const first = someIds(1);
      for (const kind of life) await send(first, kind);
      const ids = someIds(quick ? 20 : 100);
      for (const kind of life) comparisons.push(...(await measure(ids, kind)));
    }
    return {
      id: 'events',
      title: 'Storage operations and calls to Graph of an event, and of changes',
      comparisons,
      notes: [
        'Counted in front of storage and of the simulator, over HTTP, three at a time. Each has one option and one invited person. The app already knows the organizer.',
        'An event takes one more write than a meeting: the app records its id before it invites anybody.',
      ],
    };
  } finally {
    await host.close();
    await storage.close();
    await harness.close();
  }
}
