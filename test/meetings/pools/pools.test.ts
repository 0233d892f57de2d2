import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import type { MeetingDependencies } from '../../../src/meetings/dependencies';
import { previewRequest } from '../../../src/meetings/preview/preview-request';
import { rank } from '../../../src/meetings/pools/rank';
import { retryRequest } from '../../../src/meetings/create/retry-request';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { ledgerWith } from '../../support/fakes/fake-ledger';
import { FakePools } from '../../support/fakes/fake-pools';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';

const requestId = 'enrolment-2026-0017';
const people = [
  'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
  'dc17674c-81d9-4adb-bfb2-8f6a442e4603',
];
const [first = '', second = ''] = rank(people, requestId);
const december = { organizerId: first, month: '2026-12' };
const request: MeetingRequest = { ...aRequest, organizer: '', organizerPool: 'lessons' };

let core: CoreHarness;
let pools: FakePools;
let deps: MeetingDependencies;
beforeEach(() => {
  core = new CoreHarness();
  pools = new FakePools(people);
  deps = { ...core.deps, pools };
});

const send = async (change: Partial<MeetingRequest> = {}) =>
  (await carryOut({ ...request, ...change }, core.metadata(), deps)).result;

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof MeetingError ? thrown.code : String(thrown);
};

const fill = async (organizerId: string, count: number): Promise<void> => {
  for (let place = 0; place < count; place += 1)
    await pools.counts.add({ organizerId, month: '2026-12' }, `other-${place}`);
};

test('the first in rank organizes the meeting, which counts in this month', async () => {
  const result = await send();
  expect(result).toMatchObject({
    status: 'created',
    organizer: { given: null, pool: 'lessons', id: first },
  });
  expect(await pools.counts.read(december)).toBe(1);
  const row = await core.ledger.read(requestId);
  expect(row?.entry).toMatchObject({
    organizerId: first,
    chosen: { pool: 'lessons', month: '2026-12' },
  });
});

test('the choice is in the ledger, and the meeting is counted, before Graph is called', async () => {
  const seen: unknown[] = [];
  const look = core.graph.createOrGet.bind(core.graph);
  core.graph.createOrGet = async (...call) => {
    const row = await core.ledger.read(requestId);
    seen.push(row?.entry.organizerId, await pools.counts.read(december), call[0]);
    return look(...call);
  };
  await send();
  expect(seen).toEqual([first, 1, first]);
});

test('an attempt that dies between the choice and Graph is followed by one for the same organizer, even if the pool has changed', async () => {
  const dying = {
    ...deps,
    provider: { ...core.graph, createOrGet: () => new Promise<never>(() => undefined) },
  };
  void carryOut(request, core.metadata(), dying as unknown as MeetingDependencies);
  while ((await core.ledger.read(requestId)) === undefined) await Promise.resolve();
  pools.ids = people.filter((id) => id !== first);
  core.clock.advance(10 * 60_000);
  expect(await send()).toMatchObject({ status: 'created', organizer: { id: first } });
  expect(await pools.counts.read(december)).toBe(1);
});

test('a meeting counts once, whatever is repeated, even across the end of a month', async () => {
  core.graph.fault = () => ({
    before: new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 }),
  });
  expect(await codeOf(send())).toBe('throttled');
  core.graph.fault = () => undefined;
  core.clock.advance(31 * 86_400_000);
  const late = {
    ...request,
    meeting: {
      ...request.meeting,
      startDateTime: '2027-02-01T14:30:00Z',
      endDateTime: '2027-02-01T15:00:00Z',
    },
  };
  expect(await codeOf(carryOut(late, core.metadata(), deps))).toBe('requestIdReused');
  const again = { ...core.metadata(), acceptedDateTime: '2026-12-01T08:00:00.000Z' };
  await carryOut(request, again, deps);
  await carryOut(request, again, deps);
  expect(await pools.counts.read(december)).toBe(1);
  expect(await pools.counts.read({ ...december, month: '2027-01' })).toBe(0);
});

test('nobody calls Graph for a meeting that could not be counted', async () => {
  pools.counts.failure = new MeetingError('storageUnavailable', 'Storage is away.');
  expect(await codeOf(send())).toBe('storageUnavailable');
  expect(core.graph.calls).toEqual([]);
  expect(await send()).toMatchObject({ status: 'created', organizer: { id: first } });
});

test('at the limit the next in rank organizes', async () => {
  pools.maxMeetingsPerMonth = 3;
  await fill(first, 3);
  expect(await send()).toMatchObject({ organizer: { id: second } });
});

test('a pool at its end holds the request back, until the next month at the latest', async () => {
  pools.maxMeetingsPerMonth = 1;
  for (const id of people) await fill(id, 1);
  const held = await carryOut(request, core.metadata(), deps).catch((error: unknown) => error);
  expect(held).toMatchObject({
    code: 'organizerPoolExhausted',
    retryable: true,
    message:
      'Every member of the organizer pool "lessons" has reached the limit of 1 meetings in a month.',
  });
  expect((held as MeetingError).retryAfterMs).toBeGreaterThanOrEqual(30 * 60_000);
  expect((held as MeetingError).retryAfterMs).toBeLessThanOrEqual(60 * 60_000);
  core.clock.advance(Date.parse('2026-12-31T23:59:00Z') - core.clock.now().getTime());
  const soon = await carryOut(
    request,
    { ...core.metadata(), acceptedDateTime: '2026-12-01T08:00:00.000Z', isLastAttempt: false },
    { ...deps, allowPast: true, maxAgeMs: 40 * 86_400_000 },
  ).catch((error: unknown) => error);
  expect((soon as MeetingError).retryAfterMs).toBe(61_000);
  core.clock.advance(61_000);
  const { result } = await carryOut(
    request,
    { ...core.metadata(), acceptedDateTime: '2026-12-01T08:00:00.000Z' },
    { ...deps, allowPast: true, maxAgeMs: 40 * 86_400_000 },
  );
  expect(result).toMatchObject({ status: 'created', organizer: { id: first } });
});

test('people who left the pool keep their meetings: changes, retries and a cancel find them', async () => {
  await send();
  pools.ids = people.filter((id) => id !== first);
  const repeated = await send();
  const moved = await send({
    action: 'update',
    meeting: { subject: 'Another evening' },
  });
  const cancelled = await send({ action: 'cancel', organizerPool: undefined } as never);
  expect(
    [repeated, moved, cancelled].map(({ status, organizer }) => [status, organizer.id]),
  ).toEqual([
    ['created', first],
    ['updated', first],
    ['cancelled', first],
  ]);
  expect(core.graph.calls).toEqual(['createOrGet', 'update', 'delete']);
  expect(await send({ requestId: 'another' })).toMatchObject({ status: 'created' });
  const row = await core.ledger.read('another');
  expect(row?.entry.organizerId).not.toBe(first);
});

test('a request that failed keeps its organizer when a person retries it, and when it comes as an upsert', async () => {
  core.graph.fault = () => ({ before: new MeetingError('organizerNotLicensed', 'No Teams.') });
  expect(await send()).toMatchObject({ status: 'failed', organizer: { id: first } });
  pools.ids = people.filter((id) => id !== first);
  const retry = { requestId, confirmed: false, metadata: core.metadata() };
  expect((await retryRequest(retry, deps)).result.organizer.id).toBe(first);
  core.graph.fault = () => undefined;
  core.clock.advance(1_000);
  expect(await send({ action: 'upsert' })).toMatchObject({
    status: 'created',
    organizer: { id: first },
  });
});

test.each<[string, Partial<MeetingRequest>, string]>([
  ['the pool in another case', { organizerPool: 'LESSONS' }, 'created'],
  ['who was chosen', { organizerPool: undefined, organizer: first } as never, 'created'],
  ['another pool', { organizerPool: 'talks' }, 'requestIdReused'],
  ['somebody else', { organizerPool: undefined, organizer: second } as never, 'requestIdReused'],
])('the same request with %s', async (_, change, expected) => {
  await send();
  const again = send(change).then(
    ({ status }) => status,
    ({ code }: MeetingError) => code,
  );
  expect(await again).toBe(expected);
});

test('a request without an id is in the ledger too', async () => {
  const { requestId: _, ...anonymous } = request;
  const { result } = await carryOut(anonymous, core.metadata(), deps);
  expect(result.status).toBe('created');
  expect((await core.ledger.read(result.requestId))?.entry.chosen?.pool).toBe('lessons');
});

test.each<[string, Partial<MeetingRequest>, (fake: FakePools) => FakePools | undefined, string]>([
  [
    'no such pool',
    { organizerPool: 'talks' },
    (fake) => fake,
    'The organizer pool "talks" does not exist. Available pools: lessons.',
  ],
  [
    'no pools at all',
    {},
    () => undefined,
    'The organizer pool "lessons" does not exist. This app has no organizer pools.',
  ],
])('%s: the request fails by name', async (_, change, toPools, message) => {
  const { result } = await carryOut({ ...request, ...change }, core.metadata(), {
    ...deps,
    pools: toPools(pools),
  });
  expect(result).toMatchObject({
    status: 'failed',
    error: { code: 'organizerPoolNotFound', message },
  });
});

test('of two attempts that choose differently, the first to write decides', async () => {
  const slow = ledgerWith(core.ledger, {
    begin: async (entry) => {
      pools.ids = people.filter((id) => id !== first);
      await carryOut(request, core.metadata(), deps);
      return core.ledger.begin(entry);
    },
  });
  const { result } = await carryOut(request, core.metadata(), { ...deps, ledger: slow });
  expect(result.organizer.id).toBe(second);
  expect(core.graph.meetings).toHaveLength(1);
});

describe('a preview', () => {
  const preview = (change: Partial<MeetingRequest> = {}) =>
    previewRequest({ ...request, ...change }, { ...deps, rights: core.graph });

  test('names the person who would be chosen, and counts nothing', async () => {
    expect(await preview()).toMatchObject({ outcome: 'create', organizerId: first, warnings: [] });
    expect(await pools.counts.read(december)).toBe(0);
  });

  test('warns near the limit', async () => {
    pools.maxMeetingsPerMonth = 10;
    await fill(first, 9);
    expect((await preview()).warnings).toEqual([
      {
        code: 'manyMeetings',
        target: 'organizerPool',
        message:
          'The organizer of the pool "lessons" has 9 of 10 meetings in 2026-12. At the limit, the pool assigns a different organizer.',
      },
    ]);
  });

  test('says that the pool is at its end', async () => {
    pools.ids = [];
    expect(await preview()).toMatchObject({
      outcome: 'create',
      warnings: [
        { code: 'organizerPoolExhausted', message: 'The organizer pool "lessons" is empty.' },
      ],
    });
  });

  test('refuses a pool that is not there', async () => {
    expect(await preview({ organizerPool: 'talks' })).toMatchObject({
      outcome: 'refuse',
      error: { code: 'organizerPoolNotFound' },
    });
  });

  test('names nobody for a request without an id, because its organizer is chosen when it is sent', async () => {
    const { requestId: _, ...anonymous } = request;
    const found = await previewRequest(anonymous, { ...deps, rights: core.graph });
    expect(found).toMatchObject({ outcome: 'create', organizerId: null });
  });

  test('names the person who was chosen before', async () => {
    await send();
    pools.ids = people.filter((id) => id !== first);
    expect(await preview()).toMatchObject({ outcome: 'unchanged', organizerId: first });
  });
});
