import { makeGraphDirectory } from '../../../src/adapters/graph/directory';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import { carryOut } from '../../../src/meetings/carry-out';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { FakeClock } from '../../support/fakes/fake-clock';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';
import { GraphHarness } from '../../support/harness/graph-harness';

const clock = new FakeClock(new Date().toISOString());
let harness: GraphHarness;
let send: (request: MeetingRequest) => Promise<MeetingResult>;
beforeAll(async () => {
  harness = await GraphHarness.start({ clock });
});
afterAll(() => harness.close());

const minuteMs = 60_000;
const change = { requestId: aRequest.requestId ?? '', organizer: '', meeting: {} };
const upsert = { ...aRequest, action: 'upsert' } as const;
const subject = 'Another evening';

/** The core with a ledger in memory and Microsoft's client. The meeting is old enough for a 404 to be accepted. */
beforeEach(async () => {
  const { graph, simulator } = harness;
  simulator.reset();
  const deps = {
    ...new CoreHarness().deps,
    provider: makeGraphMeetings(graph),
    directory: makeGraphDirectory(graph, minuteMs),
    clock,
    allowPast: true,
  };
  send = async (request) => {
    const metadata = { attempts: 0, acceptedDateTime: clock.now().toISOString() };
    return (await carryOut(request, metadata, deps)).result;
  };
  await send(aRequest);
  clock.advance(2 * minuteMs);
  for (const stored of simulator.meetings.list()) simulator.meetings.delete(stored);
});

/** Calls about meetings since the meeting was made. */
const calls = (): string[] =>
  harness.simulator.log
    .list()
    .filter(({ path }) => path.includes('onlineMeetings'))
    .slice(1)
    .map(({ method }) => method);

const remedy = 'Cancel the request, then send the meeting under a new requestId.';
const gone = { status: 'failed', error: { code: 'meetingNotFound', remedy } };

test.each<[string, MeetingRequest, object, readonly string[]]>([
  ['an update', { ...change, action: 'update', meeting: { subject } }, gone, ['PATCH', 'PATCH']],
  [
    'an upsert with a change',
    { ...upsert, meeting: { ...aRequest.meeting, subject } },
    gone,
    ['PATCH', 'PATCH'],
  ],
  ['an upsert with a refresh', { ...upsert, refresh: true }, gone, ['GET', 'GET']],
  ['an upsert without a change', upsert, { status: 'unchanged', error: null }, []],
  [
    'a cancel',
    { ...change, action: 'cancel' },
    { status: 'cancelled', error: null },
    ['DELETE', 'DELETE'],
  ],
])('a meeting that was deleted in Teams: %s', async (_what, request, result, expected) => {
  expect(await send(request)).toMatchObject(result);
  expect(calls()).toEqual(expected);
  expect(harness.simulator.meetings.list()).toEqual([]);
});

test('a meeting that was deleted in Teams is made again as the refusal says', async () => {
  expect(await send({ ...upsert, refresh: true })).toMatchObject(gone);
  expect(await send({ ...change, action: 'cancel' })).toMatchObject({ status: 'cancelled' });
  expect(await send({ ...aRequest, requestId: 'again' })).toMatchObject({ status: 'created' });
  expect(harness.simulator.meetings.list()).toHaveLength(1);
});
