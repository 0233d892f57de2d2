import { MeetingError, type MeetingErrorCode } from '../../../src/errors/meeting-error';
import {
  deleteMeeting,
  readMeeting,
  updateMeeting,
} from '../../../src/meetings/calls/stored-meetings';
import { FakeClock } from '../../support/fakes/fake-clock';
import { FakeGraph } from '../../support/fakes/fake-graph';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

async function setUp() {
  const graph = new FakeGraph();
  const clock = new FakeClock();
  const random = { random: () => 0, newId: () => 'id' };
  const { meeting } = await graph.create(anna, { subject: 'Talk' });
  graph.calls.length = 0;
  const options = { deadline: clock.now().getTime() + 60_000 };
  const call = { organizer: 'anna@contoso.com', meetingId: meeting.id, options };
  return { graph, call, deps: { provider: graph, directory: graph, clock, random } };
}

const failure = (code: MeetingErrorCode, executed: 'no' | 'unknown' = 'no'): MeetingError =>
  new MeetingError(code, 'x', { executed });
const lost = failure('graphUnavailable', 'unknown');

/** The failures of the calls with this name, in order; later calls succeed. */
function script(graph: FakeGraph, name: string, faults: readonly ReturnType<FakeGraph['fault']>[]) {
  const left = [...faults];
  graph.fault = (call) => (call === name ? left.shift() : undefined);
}

test('a 404 that comes once is not believed', async () => {
  const { graph, call, deps } = await setUp();
  script(graph, 'get', [{ before: failure('meetingNotFound') }]);
  expect(await readMeeting(call, deps)).toMatchObject({ id: call.meetingId });
});

test('a 404 that comes twice is believed', async () => {
  const { graph, call, deps } = await setUp();
  const gone = readMeeting({ ...call, meetingId: 'none' }, deps);
  await expect(gone).rejects.toMatchObject({ code: 'meetingNotFound', executed: 'no' });
  expect(graph.calls).toEqual(['findUserId', 'get', 'get']);
});

test('an update is repeated when its answer was lost', async () => {
  const { graph, call, deps } = await setUp();
  script(graph, 'update', [{ after: lost }]);
  const updated = await updateMeeting({ ...call, change: { subject: 'Walk' } }, deps);
  expect(updated).toMatchObject({ subject: 'Walk' });
});

test('an update looks up presenters who are named by address', async () => {
  const { graph, call, deps } = await setUp();
  const attendees = [{ upn: 'anna@contoso.com', role: 'presenter' as const }];
  await updateMeeting({ ...call, change: { participants: { attendees } } }, deps);
  expect(graph.meetings[0]?.participants?.attendees).toEqual([
    { upn: 'anna@contoso.com', role: 'presenter', identity: { user: { id: anna } } },
  ]);
});

describe('deleting', () => {
  test.each<[string, readonly ReturnType<FakeGraph['fault']>[]]>([
    ['at once', []],
    ['after a lost answer', [{ after: lost }]],
    ['after a lost call', [{ before: lost }]],
    ['after a lost call and one 404', [{ before: lost }, { before: failure('meetingNotFound') }]],
    ['after throttling', [{ before: failure('throttled') }]],
  ])('ends %s', async (_, faults) => {
    const { graph, call, deps } = await setUp();
    script(graph, 'delete', faults);
    await deleteMeeting(call, deps);
    expect(graph.meetings).toEqual([]);
  });

  test.each<[string, readonly ReturnType<FakeGraph['fault']>[]]>([
    ['there was none', []],
    ['there was none after throttling', [{ before: failure('throttled') }]],
  ])('says that %s', async (_, faults) => {
    const { graph, call, deps } = await setUp();
    graph.meetings.length = 0;
    script(graph, 'delete', faults);
    await expect(deleteMeeting(call, deps)).rejects.toMatchObject({ code: 'meetingNotFound' });
  });

  test('is not done when Graph refuses', async () => {
    const { graph, call, deps } = await setUp();
    script(graph, 'delete', [{ before: failure('accessDenied') }]);
    await expect(deleteMeeting(call, deps)).rejects.toMatchObject({ code: 'accessDenied' });
    expect(graph.meetings).toHaveLength(1);
  });
});
