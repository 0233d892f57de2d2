import { createMeeting } from '../../src/meetings/create/create-meeting';
import { MeetingError } from '../../src/errors/meeting-error';
import type { LedgerEntry } from '../../src/meetings/ledger';
import type { CallOptions, MeetingProvider } from '../../src/meetings/ports';
import { aPasscodeRequest, aRequest, CoreHarness } from '../support/harness/core-harness';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const someoneElse = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';
const cutOff = new MeetingError('graphUnavailable', 'x', { executed: 'unknown' });
const throttled = new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });
const withLobby = {
  ...aRequest,
  meeting: { ...aRequest.meeting, lobbyBypassSettings: { scope: 'everyone' as const } },
};

const organizers = (core: CoreHarness): unknown[] =>
  core.graph.meetings.map(({ participants }) => participants?.organizer?.identity?.user?.id);

describe('the organizer', () => {
  test('is looked up once: a name that moves to another person moves no request', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'createOrGet' ? { after: cutOff } : undefined);
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('x');
    core.graph.fault = () => undefined;
    core.graph.people.set('anna@contoso.com', someoneElse);
    const { result } = await createMeeting(aRequest, core.metadata(1), core.deps);

    expect(result).toMatchObject({ status: 'created', organizer: { id: anna } });
    expect(organizers(core)).toEqual([anna]);
  });

  test('is recorded with the first write of the row, before Graph is asked for a meeting', async () => {
    const core = new CoreHarness();
    const written: LedgerEntry[] = [];
    const begin = core.ledger.begin.bind(core.ledger);
    core.ledger.begin = (entry) => {
      written.push(entry);
      return begin(entry);
    };
    await createMeeting(aRequest, core.metadata(), core.deps);

    expect(written).toMatchObject([{ organizerId: anna, progress: { state: 'inProgress' } }]);
  });

  test('that could not be looked up is recorded by the attempt that can', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'findUserId' ? { before: throttled } : undefined);
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
    core.graph.fault = () => undefined;
    const { result } = await createMeeting(aRequest, core.metadata(1), core.deps);

    expect(result).toMatchObject({ status: 'created', organizer: { id: anna } });
    expect((await core.ledger.read('enrolment-2026-0017'))?.entry.organizerId).toBe(anna);
  });

  test('that cannot be compared now does not make it another request', async () => {
    const core = new CoreHarness();
    await createMeeting({ ...aRequest, organizer: anna }, core.metadata(), core.deps);
    core.graph.fault = (call) => (call === 'findUserId' ? { before: throttled } : undefined);

    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toMatchObject({
      code: 'throttled',
    });
  });
});

test('the plan of the first attempt stays: a second plan could make a second meeting', async () => {
  const core = new CoreHarness();
  core.graph.fault = (call) => (call === 'create' ? { before: throttled } : undefined);
  await expect(createMeeting(aPasscodeRequest, core.metadata(), core.deps)).rejects.toThrow(
    'Slow down.',
  );
  core.graph.fault = () => undefined;
  await createMeeting(aRequest, core.metadata(1), core.deps);

  expect(core.graph.calls.filter((call) => call.startsWith('create'))).toEqual([
    'create',
    'create',
  ]);
});

test('no call begins that could end after the lease, with time to record what it made', async () => {
  const core = new CoreHarness();
  const deadlines: number[] = [];
  const create = core.graph.create.bind(core.graph);
  core.graph.create = (...call: [string, object, CallOptions?]) => {
    deadlines.push(call[2]?.deadline ?? NaN);
    return create(call[0], call[1]);
  };
  const started = core.clock.now().getTime();
  await createMeeting(aPasscodeRequest, core.metadata(), core.deps);

  // The lease lasts three call time limits of 30 seconds, and 30 seconds for recording.
  expect(deadlines).toEqual([started + 60_000]);
});

test('an attempt that lost its row records nothing and publishes the end that the row has', async () => {
  const core = new CoreHarness();
  const createOrGet = core.graph.createOrGet.bind(core.graph);
  const { promise: overtaken, resolve: goOn } = Promise.withResolvers<void>();
  core.graph.createOrGet = async (...call) => {
    await overtaken;
    return createOrGet(...call);
  };
  const first = createMeeting(aRequest, core.metadata(), core.deps);
  await new Promise(setImmediate);
  // Its instance paused for longer than its lease, and another attempt ended the request.
  core.clock.advance(600_000);
  const refused = new MeetingError('accessDenied', 'No.');
  const provider = Object.create(core.graph) as MeetingProvider;
  provider.createOrGet = () => Promise.reject(refused);
  const second = await createMeeting(aRequest, core.metadata(1), { ...core.deps, provider });
  goOn();

  expect(second.result.status).toBe('unknown');
  expect(await first).toEqual({ result: second.result, repeated: true });
  expect(core.log.lines).toContainEqual({
    event: 'meeting.surplus',
    fields: {
      requestId: 'enrolment-2026-0017',
      status: 'unknown',
      meetingId: 'meeting-1',
      recordedMeetingId: undefined,
    },
  });
});

test('a request over HTTP ends too: once it is too old, its meeting is given without the missing options', async () => {
  const core = new CoreHarness();
  const notFound = new MeetingError('graphUnavailable', 'No such meeting.');
  core.graph.fault = (call) => (call === 'update' ? { before: notFound } : undefined);
  await expect(createMeeting(withLobby, core.metadata(), core.deps)).rejects.toThrow('No such');
  core.clock.advance(86_400_001);
  const { result } = await createMeeting(withLobby, core.metadata(), core.deps);

  expect(result).toMatchObject({
    status: 'created',
    meeting: { id: 'meeting-1' },
    notApplied: ['lobbyBypassSettings.scope'],
    error: { code: 'graphUnavailable' },
  });
});
