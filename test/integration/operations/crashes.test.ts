import { hash } from 'node:crypto';
import type { FaultPlanInput } from '../../../local/graph-simulator';
import type { StorageCall } from '../../../trial/storage/storage-proxy';
import { eventually } from '../../support/harness/eventually';
import { CrashHarness, type Place } from '../../support/harness/crash-harness';

jest.setTimeout(60_000);

const plans = ['ensure', 'createOnce', 'pool', 'calendar'] as const;
type Plan = (typeof plans)[number];
const often = { withinMs: 30_000, everyMs: 1 };

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

const request = (requestId: string, plan: Plan) => ({
  requestId,
  ...(plan === 'pool' ? { organizerPool: 'teachers' } : { organizer: anna }),
  meeting: {
    subject: requestId,
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
    ...(plan === 'createOnce' && { joinMeetingIdSettings: { isPasscodeRequired: true } }),
    ...(plan === 'calendar' && { lobbyBypassSettings: { scope: 'everyone' } }),
  },
  ...(plan === 'calendar' && { calendar: { invite: 'parent@example.org' } }),
});

const about = (call: StorageCall, id: string): boolean =>
  call.body.includes(`"${id}"`) ||
  call.body.includes(`"${id}\\"`) ||
  call.body.includes(`&quot;${id}&quot;`);

/** The row that counts a meeting with its organizer. */
const countedAs = (id: string): string => hash('sha256', id, 'base64url');

const isWrite = (call: StorageCall, id: string): boolean =>
  call.service === 'table' && call.method === 'PUT' && about(call, id);

const places: Readonly<Record<string, (id: string) => Place>> = {
  'before the call to Graph': (id) => (call, phase) =>
    phase === 'after' && call.service === 'table' && call.method === 'POST' && about(call, id),
  'between the choice and the call to Graph': (id) => (call, phase) =>
    phase === 'after' && call.path.endsWith('$batch') && call.body.includes(countedAs(id)),
  'between the event and its invitations': (id) => (call, phase) =>
    phase === 'after' && isWrite(call, id) && call.body.includes('"state":"inProgress"'),
  'between the invitations and the ledger': (id) => (call, phase) =>
    phase === 'before' && isWrite(call, id) && call.body.includes('"state":"finished"'),
  'after the answer and before the ledger': (id) => (call, phase) =>
    phase === 'before' && isWrite(call, id),
  'between the ledger and the result': (id) => (call, phase) =>
    phase === 'before' && call.path === '/meeting-results/messages' && about(call, id),
  'between the result and the end of the message': (id) => (call, phase) =>
    phase === 'before' && call.method === 'DELETE' && call.path.endsWith(`/${id}`),
};

const hangingAfterCommit = (subject: string): NonNullable<FaultPlanInput['rules']>[number] => ({
  match: { method: 'POST', bodyIncludes: subject },
  count: 1,
  fault: { kind: 'hang', when: 'after' },
});

const duringTheCall = 'after Graph committed and before its answer';

/** The final state: number of meetings, and the result. */
const expected: readonly (readonly [
  place: string,
  plan: Plan,
  status: string,
  meetings: number,
])[] = [
  ['before the call to Graph', 'ensure', 'created', 1],
  ['before the call to Graph', 'pool', 'created', 1],
  ['between the choice and the call to Graph', 'pool', 'created', 1],
  [duringTheCall, 'ensure', 'created', 1],
  ['after the answer and before the ledger', 'ensure', 'created', 1],
  ['between the ledger and the result', 'ensure', 'created', 1],
  ['between the result and the end of the message', 'ensure', 'created', 1],
  ['before the call to Graph', 'calendar', 'created', 1],
  [duringTheCall, 'calendar', 'created', 1],
  ['after the answer and before the ledger', 'calendar', 'created', 1],
  ['between the event and its invitations', 'calendar', 'created', 1],
  ['between the invitations and the ledger', 'calendar', 'created', 1],
  ['between the ledger and the result', 'calendar', 'created', 1],
  ['before the call to Graph', 'createOnce', 'unknown', 0],
  [duringTheCall, 'createOnce', 'unknown', 1],
  ['after the answer and before the ledger', 'createOnce', 'unknown', 1],
  ['between the ledger and the result', 'createOnce', 'created', 1],
  ['between the result and the end of the message', 'createOnce', 'created', 1],
];

describe('an instance that is killed', () => {
  const use = CrashHarness.use({ graphTimeoutSeconds: 1 });
  const idOf = (place: string, plan: Plan): string => `${plan} killed ${place}`;

  /** All requests are stopped, each at its place; then their instance dies, and another takes over. */
  beforeAll(async () => {
    const { harness } = use;
    const rules = plans.map((plan) => hangingAfterCommit(idOf(duringTheCall, plan)));
    harness.graph.setFaults({ rules });
    const reached = await Promise.all(
      expected.map(([place, plan]) => prepare(harness, place, plan)),
    );
    const doomed = await harness.addHost();
    await Promise.all(reached.map((there) => there()));
    await doomed.kill();
    await harness.addHost();
  }, 60_000);

  async function prepare(
    harness: CrashHarness,
    place: string,
    plan: Plan,
  ): Promise<() => Promise<void>> {
    const id = idOf(place, plan);
    const messageId = await harness.send(request(id, plan));
    const stopping = places[place];
    if (stopping === undefined) return () => committed(harness, id);
    const there = harness.stopAt(stopping(place.includes('end of the message') ? messageId : id));
    return () => there;
  }

  async function committed(harness: CrashHarness, subject: string): Promise<void> {
    await eventually(`a meeting ${subject}`, () => harness.meetingsOf(subject).length > 0, often);
  }

  test.each(expected)(
    '%s: %s ends as %s with %d meetings',
    async (place, plan, status, meetings) => {
      const { harness } = use;
      const id = idOf(place, plan);
      const results = await harness.resultsOf(id);
      const made = harness.meetingsOf(id);

      expect(made).toHaveLength(meetings);
      expect(new Set(results.map((result) => result.status))).toEqual(new Set([status]));
      expect(new Set(results.map(({ meeting }) => meeting?.id ?? null))).toEqual(
        new Set([status === 'created' ? made[0] : null]),
      );
    },
  );

  test('leaves one event, and each person gets one invitation, with the right lobby', async () => {
    const { harness } = use;
    const ids = expected.flatMap(([place, plan]) =>
      plan === 'calendar' ? [idOf(place, plan)] : [],
    );
    await Promise.all(ids.map((id) => harness.resultOf(id)));
    const { events } = harness.graph;
    const subjects = events.list().map(({ event }) => String(event.subject));
    expect(subjects.toSorted()).toEqual(ids.toSorted());
    expect(
      events.mails.map(({ kind, subject, lobby }) => `${kind} ${subject} ${lobby}`).toSorted(),
    ).toEqual(ids.map((id) => `invitation ${id} everyone`).toSorted());
  });

  test('leaves nothing on the queues', async () => {
    const { harness } = use;
    await harness.emptied('meeting-requests');
    expect(await harness.countIn('meeting-requests-poison')).toBe(0);
  });
});

describe('an instance that is stopped', () => {
  const use = CrashHarness.use({ graphTimeoutSeconds: 20 });

  test('finishes running work, and leaves the rest to another', async () => {
    const { harness } = use;
    harness.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms: 600 } }] });
    const stopped = await harness.addHost();
    const ids = Array.from({ length: 12 }, (_, index) => `stopped ${index}`);
    await Promise.all(
      ids.map((id, index) => harness.send(request(id, plans[index % 2] ?? 'ensure'))),
    );
    await eventually('a call to Graph', () => harness.graph.log.list().length > 0, often);
    await stopped.close();
    const begunThere = harness.graph.meetings.list().length;
    await harness.addHost();

    expect(begunThere).toBeGreaterThan(0);
    for (const id of ids) {
      expect(await harness.resultOf(id)).toMatchObject({ status: 'created', attempts: 1 });
      expect(harness.meetingsOf(id)).toHaveLength(1);
    }
  });
});

describe('two instances', () => {
  const use = CrashHarness.use({ graphTimeoutSeconds: 20 });
  let urls: readonly string[] = [];

  beforeAll(async () => {
    const hosts = await Promise.all([use.harness.addHost(), use.harness.addHost()]);
    urls = hosts.map(({ url }) => url);
  }, 60_000);

  const post = (
    url: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test.each(['ensure', 'createOnce'] as const)(
    'make one meeting of one request sent twenty times through every endpoint: %s',
    async (plan) => {
      const { harness } = use;
      harness.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms: 150 } }] });
      const id = `twenty ${plan}`;
      const asked = request(id, plan);
      const path = `api/v1.0/users/${anna}/onlineMeetings`;
      const answers: Promise<number>[] = [];
      // As a client does: repeat while the instance with the request is still at work.
      const call = (...sent: Parameters<typeof post>): Promise<number> =>
        eventually('an answer', async () => {
          const { status } = await post(...sent);
          return status !== 503 && status;
        });
      const messages: Promise<string>[] = [];
      for (let index = 0; index < 5; index += 1) {
        const url = urls[index % 2] ?? '';
        messages.push(harness.send(asked), harness.send([asked, asked]));
        answers.push(
          call(`${url}/api/createMeeting`, asked),
          call(`${url}/${path}`, asked.meeting, { 'Idempotency-Key': id }),
        );
      }
      await Promise.all(messages);
      const statuses = await Promise.all(answers);
      const results = await harness.resultsOf(id);
      await harness.emptied('meeting-requests');

      expect(harness.meetingsOf(id)).toHaveLength(1);
      expect(statuses.filter((status) => status !== 200 && status !== 201)).toEqual([]);
      expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(1);
      expect(new Set(results.map(({ status, meeting }) => `${status} ${meeting?.id}`))).toEqual(
        new Set([`created ${harness.meetingsOf(id)[0]}`]),
      );
      const creates = harness.graph.log
        .list()
        .filter(({ body }) => JSON.stringify(body).includes(id));
      if (plan === 'createOnce') expect(creates.map(({ status }) => status)).toEqual([201]);
    },
  );

  test('that call one mailbox more often than it takes at once make each event once', async () => {
    const { harness } = use;
    const { events, mailboxes } = harness.graph;
    harness.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms: 150 } }] });
    const ids = Array.from({ length: 12 }, (_, index) => `at once ${index}`);
    const ask = async (id: string, index: number): Promise<boolean> => {
      const answer = await post(`${urls[index % 2]}/api/createMeeting`, request(id, 'calendar'));
      if (answer.ok) return true;
      // Instances do not know each other's calls, so one may answer with Retry-After.
      expect([409, 429, 503]).toContain(answer.status);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      return false;
    };
    const slowly = { withinMs: 50_000, everyMs: 500 };
    await Promise.all(ids.map((id, index) => eventually(id, () => ask(id, index), slowly)));

    expect(mailboxes.maxUnderWay).toBeGreaterThan(4);
    expect(mailboxes.refused).toBeGreaterThan(0);
    expect(events.list().map(({ event }) => event.subject)).toHaveLength(ids.length);
    expect(new Set(events.list().map(({ event }) => event.subject))).toEqual(new Set(ids));
    expect(events.mails.map(({ kind, subject }) => `${kind} ${subject}`).toSorted()).toEqual(
      ids.map((id) => `invitation ${id}`).toSorted(),
    );
  });
});
