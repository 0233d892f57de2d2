import type { FaultPlanInput } from '../../local/graph-simulator';
import type { StorageCall } from '../../trial/storage-proxy';
import { eventually } from '../support/harness/eventually';
import { CrashScene, type Place } from '../support/harness/crash-harness';

jest.setTimeout(60_000);

const plans = ['ensure', 'createOnce'] as const;
type Plan = (typeof plans)[number];
const often = { withinMs: 30_000, everyMs: 1 };

const request = (requestId: string, plan: Plan) => ({
  requestId,
  organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  meeting: {
    subject: requestId,
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
    ...(plan === 'createOnce' && { joinMeetingIdSettings: { isPasscodeRequired: true } }),
  },
});

const about = (call: StorageCall, id: string): boolean =>
  call.body.includes(`"${id}"`) ||
  call.body.includes(`"${id}\\"`) ||
  call.body.includes(`&quot;${id}&quot;`);

const places: Readonly<Record<string, (id: string) => Place>> = {
  'before the call to Graph': (id) => (call, phase) =>
    phase === 'after' && call.service === 'table' && call.method === 'POST' && about(call, id),
  'after the answer and before the ledger': (id) => (call, phase) =>
    phase === 'before' && call.service === 'table' && call.method === 'PUT' && about(call, id),
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

/** What there is in the end: how many meetings, and what the result says. */
const expected: readonly (readonly [
  place: string,
  plan: Plan,
  status: string,
  meetings: number,
])[] = [
  ['before the call to Graph', 'ensure', 'created', 1],
  [duringTheCall, 'ensure', 'created', 1],
  ['after the answer and before the ledger', 'ensure', 'created', 1],
  ['between the ledger and the result', 'ensure', 'created', 1],
  ['between the result and the end of the message', 'ensure', 'created', 1],
  ['before the call to Graph', 'createOnce', 'unknown', 0],
  [duringTheCall, 'createOnce', 'unknown', 1],
  ['after the answer and before the ledger', 'createOnce', 'unknown', 1],
  ['between the ledger and the result', 'createOnce', 'created', 1],
  ['between the result and the end of the message', 'createOnce', 'created', 1],
];

describe('an instance that is killed', () => {
  const use = CrashScene.use();
  const idOf = (place: string, plan: Plan): string => `${plan} killed ${place}`;

  /** All requests are stopped, each at its place, and then their one instance dies; another takes over. */
  beforeAll(async () => {
    const { scene } = use;
    const rules = plans.map((plan) => hangingAfterCommit(idOf(duringTheCall, plan)));
    scene.graph.setFaults({ rules });
    const reached = await Promise.all(expected.map(([place, plan]) => prepare(scene, place, plan)));
    const doomed = await scene.addHost();
    await Promise.all(reached.map((there) => there()));
    await doomed.kill();
    await scene.addHost();
  }, 60_000);

  async function prepare(
    scene: CrashScene,
    place: string,
    plan: Plan,
  ): Promise<() => Promise<void>> {
    const id = idOf(place, plan);
    const messageId = await scene.send(request(id, plan));
    const stopping = places[place];
    if (stopping === undefined) return () => committed(scene, id);
    const there = scene.stopAt(stopping(place.includes('end of the message') ? messageId : id));
    return () => there;
  }

  async function committed(scene: CrashScene, subject: string): Promise<void> {
    await eventually(`a meeting ${subject}`, () => scene.meetingsOf(subject).length > 0, often);
  }

  test.each(expected)(
    '%s: %s ends as %s with %d meetings',
    async (place, plan, status, meetings) => {
      const { scene } = use;
      const id = idOf(place, plan);
      const results = await scene.resultsOf(id);
      const made = scene.meetingsOf(id);

      expect(made).toHaveLength(meetings);
      expect(new Set(results.map((result) => result.status))).toEqual(new Set([status]));
      expect(new Set(results.map(({ meeting }) => meeting?.id ?? null))).toEqual(
        new Set([status === 'created' ? made[0] : null]),
      );
    },
  );

  test('leaves nothing on the queues', async () => {
    const { scene } = use;
    await scene.emptied('meeting-requests');
    expect(await scene.countIn('meeting-requests-poison')).toBe(0);
  });
});

describe('an instance that is stopped', () => {
  const use = CrashScene.use();

  test('finishes what it has begun, and leaves the rest to another', async () => {
    const { scene } = use;
    scene.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms: 600 } }] });
    const stopped = await scene.addHost();
    const ids = Array.from({ length: 12 }, (_, index) => `stopped ${index}`);
    await Promise.all(
      ids.map((id, index) => scene.send(request(id, plans[index % 2] ?? 'ensure'))),
    );
    await eventually('a call to Graph', () => scene.graph.log.list().length > 0, often);
    await stopped.close();
    const begunThere = scene.graph.meetings.list().length;
    await scene.addHost();

    expect(begunThere).toBeGreaterThan(0);
    for (const id of ids) {
      expect(scene.meetingsOf(id)).toHaveLength(
        (await scene.resultOf(id)).status === 'created' ? 1 : 0,
      );
      expect(await scene.resultOf(id)).toMatchObject({ status: 'created', attempts: 1 });
    }
  });
});

describe('two instances', () => {
  const use = CrashScene.use();
  let urls: readonly string[] = [];

  beforeAll(async () => {
    const hosts = await Promise.all([use.scene.addHost(), use.scene.addHost()]);
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

  test.each(plans)(
    'make one meeting of one request sent twenty times through every endpoint: %s',
    async (plan) => {
      const { scene } = use;
      scene.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms: 150 } }] });
      const id = `twenty ${plan}`;
      const asked = request(id, plan);
      const path = `api/v1.0/users/${asked.organizer}/onlineMeetings`;
      const answers: Promise<Response>[] = [];
      const messages: Promise<string>[] = [];
      for (let index = 0; index < 5; index += 1) {
        const url = urls[index % 2] ?? '';
        messages.push(scene.send(asked), scene.send([asked, asked]));
        answers.push(
          post(`${url}/api/createMeeting`, asked),
          post(`${url}/${path}`, asked.meeting, { 'Idempotency-Key': id }),
        );
      }
      await Promise.all(messages);
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      const results = await scene.resultsOf(id);
      await scene.emptied('meeting-requests');

      expect(scene.meetingsOf(id)).toHaveLength(1);
      expect(statuses.filter((status) => status !== 200 && status !== 201)).toEqual([]);
      expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(1);
      expect(new Set(results.map(({ status, meeting }) => `${status} ${meeting?.id}`))).toEqual(
        new Set([`created ${scene.meetingsOf(id)[0]}`]),
      );
      const creates = scene.graph.log
        .list()
        .filter(({ body }) => JSON.stringify(body).includes(id));
      if (plan === 'createOnce') expect(creates.map(({ status }) => status)).toEqual([201]);
    },
  );
});
