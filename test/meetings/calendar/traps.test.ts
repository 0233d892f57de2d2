import { makeGraphCalendars } from '../../../src/adapters/graph/calendars';
import { makeGraphDirectory } from '../../../src/adapters/graph/directory';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import { MeetingError } from '../../../src/errors/meeting-error';
import { guardMailboxes } from '../../../src/meetings/calls/throttle-guard';
import { carryOut } from '../../../src/meetings/carry-out';
import type { MeetingDependencies } from '../../../src/meetings/dependencies';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import type { FaultPlanInput } from '../../../local/graph-simulator';
import { deleteInOutlook } from '../../../local/graph-simulator/calendar/control';
import { FakeClock } from '../../support/fakes/fake-clock';
import { aCalendarRequest, CoreHarness } from '../../support/harness/core-harness';
import { anna, GraphHarness } from '../../support/harness/graph-harness';

type Rule = NonNullable<FaultPlanInput['rules']>[number];

const clock = new FakeClock(new Date().toISOString());
let harness: GraphHarness;
beforeAll(async () => {
  harness = await GraphHarness.start({ clock });
});
afterAll(() => harness.close());
beforeEach(() => harness.simulator.reset());

/** The core with a ledger in memory, on the real clients and the simulator: as one instance of the app. */
function anInstance(): MeetingDependencies {
  const { graph } = harness;
  return {
    ...new CoreHarness().deps,
    provider: makeGraphMeetings(graph),
    directory: makeGraphDirectory(graph, 60_000),
    calendars: guardMailboxes(makeGraphCalendars(graph), clock),
    clock,
    allowPast: true,
  };
}

const invitations = [
  'invitation parent@example.org everyone',
  'invitation ben@contoso.com everyone',
];

const mails = (): string[] =>
  harness.simulator.events.mails.map(({ kind, to, lobby }) => `${kind} ${to} ${lobby}`);
const events = () => harness.simulator.events.list();
const set = (switches: object): void => harness.simulator.tenant.update({ switches });
const fail = (...rules: Rule[]): void => harness.simulator.setFaults({ rules });
const on = (method: string, path: string) => ({ match: { method, path } });
const refusing = (status: number): Rule['fault'] => ({ kind: 'status', status });

const asMessage = () => ({ attempts: 0, acceptedDateTime: clock.now().toISOString() });
const send = async (request: MeetingRequest, deps: MeetingDependencies): Promise<MeetingResult> =>
  (await carryOut(request, asMessage(), deps)).result;

/** Retries the request, like from the queue, until it has its result. */
async function sendUntilDone(
  request: MeetingRequest = aCalendarRequest,
  deps = anInstance(),
): Promise<MeetingResult> {
  for (let attempts = 0; attempts < 20; attempts += 1) {
    try {
      return await send(request, deps);
    } catch (thrown) {
      if (!(thrown instanceof MeetingError) || !thrown.retryable) throw thrown;
      clock.advance(thrown.retryAfterMs ?? 200_000);
    }
  }
  throw new Error('There is no result.');
}

const change = (action: 'update' | 'cancel', more: Partial<MeetingRequest> = {}) => ({
  requestId: aCalendarRequest.requestId ?? '',
  action,
  organizer: '',
  meeting: {},
  ...more,
});

/** The result, the ids of other events, and the mails. */
const outcomeOf = ({ status, error, notApplied, event }: MeetingResult) => ({
  ...{ status, error, notApplied, mails: mails() },
  events: events().map((stored) => (stored.event.id === event?.id ? 'its own' : stored.event.id)),
});
const oneEvent = {
  ...{ status: 'created', error: null, notApplied: [], mails: invitations },
  events: ['its own'],
};

test('an event that comes without a join link', async () => {
  set({ joinLinkAfterMs: 20_000 });
  expect(outcomeOf(await sendUntilDone())).toEqual(oneEvent);
});

test.each(['notFound', 'emptyList'])(
  'a meeting that its join link does not find at first: %s',
  async (notFoundByLink) => {
    set({ foundByLinkAfterMs: 20_000, notFoundByLink });
    expect(outcomeOf(await sendUntilDone())).toEqual(oneEvent);
  },
);

test.each(['badRequest', 'badRequestWithId', 'conflict', 'conflictWithId', 'sameEvent'])(
  'a transactionId that was used before, answered as %s',
  async (duplicateTransaction) => {
    set({ duplicateTransaction });
    fail({ ...on('POST', 'events'), count: 1, fault: { kind: 'drop', when: 'after' } });
    expect(outcomeOf(await sendUntilDone())).toEqual(oneEvent);
    const posts = harness.simulator.log.list().filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(2);
  },
);

test('a transactionId that Exchange has forgotten', async () => {
  set({ transactionIdsKept: false });
  fail(
    { ...on('POST', 'events'), count: 1, fault: { kind: 'drop', when: 'after' } },
    { ...on('POST', 'events'), count: 3, fault: refusing(503) },
  );
  expect(outcomeOf(await sendUntilDone())).toEqual(oneEvent);
});

test('a mailbox that does not allow Teams', async () => {
  harness.simulator.tenant.updateUser(anna, { mailbox: { allowsTeams: false } });
  expect(await sendUntilDone()).toMatchObject({
    status: 'failed',
    error: { code: 'teamsNotInMailbox', target: 'organizer' },
  });
  expect(events()).toEqual([]);
  expect(mails()).toEqual([]);
});

test('a mailbox that is not in scope', async () => {
  harness.simulator.tenant.update({ calendarAssignments: [] });
  expect(await sendUntilDone()).toMatchObject({
    status: 'failed',
    error: { code: 'mailboxOutOfScope', target: 'organizer' },
  });
  expect(events()).toEqual([]);
});

test('an option that Graph refuses: the event is there, and nobody is invited', async () => {
  fail({ ...on('PATCH', 'onlineMeetings'), fault: refusing(400) });
  expect(await sendUntilDone()).toMatchObject({
    status: 'created',
    notApplied: ['lobbyBypassSettings.scope'],
    error: { code: 'invitationsWithheld' },
  });
  expect(events()).toHaveLength(1);
  expect(mails()).toEqual([]);
});

describe('an event that a person deletes', () => {
  const deleteIt = (): void => {
    for (const { event } of events()) deleteInOutlook(event.id, harness.simulator);
  };

  test('before anybody is invited', async () => {
    const deps = anInstance();
    fail({ ...on('PATCH', 'onlineMeetings'), count: 4, fault: refusing(503) });
    await expect(send(aCalendarRequest, deps)).rejects.toMatchObject({ retryable: true });
    deleteIt();
    clock.advance(200_000);
    expect(await sendUntilDone(aCalendarRequest, deps)).toMatchObject({
      status: 'failed',
      error: { code: 'eventDeleted' },
    });
    expect(mails()).toEqual([]);
  });

  test('before it is changed, and before it is cancelled', async () => {
    const deps = anInstance();
    await sendUntilDone(aCalendarRequest, deps);
    deleteIt();
    const told = mails();
    const later = change('update', { calendar: { location: 'Room 4' } });
    expect(await sendUntilDone(later, deps)).toMatchObject({
      status: 'failed',
      error: { code: 'meetingNotFound' },
    });
    expect(await sendUntilDone(change('cancel'), deps)).toMatchObject({
      status: 'cancelled',
      error: null,
    });
    expect(mails()).toEqual(told);
  });
});

test('an update and a refresh leave the body and the join link of the event alone', async () => {
  const deps = anInstance();
  const { meeting } = await sendUntilDone(aCalendarRequest, deps);
  const before = events().map(({ event }) => event.body);
  const times = { startDateTime: '2026-12-02T09:00:00Z', endDateTime: '2026-12-02T09:30:00Z' };
  const moved = { meeting: { ...times, allowedPresenters: 'organizer' as const } };
  expect(await sendUntilDone(change('update', moved), deps)).toMatchObject({
    status: 'updated',
    meeting: { ...times, joinWebUrl: meeting?.['joinWebUrl'], allowedPresenters: 'organizer' },
  });
  const again = { ...aCalendarRequest, action: 'upsert' as const, refresh: true };
  expect(await sendUntilDone(again, deps)).toMatchObject({ status: 'updated' });
  expect(events().map(({ event }) => event.body)).toEqual(before);
  const sent = harness.simulator.log
    .list()
    .filter(({ method, path }) => method === 'PATCH' && path.includes('/events/'))
    .flatMap(({ body }) => Object.keys(body as object));
  expect(sent).toContain('start');
  for (const name of ['body', 'isOnlineMeeting', 'onlineMeetingProvider'])
    expect(sent).not.toContain(name);
});

describe('a mailbox takes four calls at once', () => {
  const slow: Rule = { fault: { kind: 'latency', ms: 30 } };
  /** Resolves with the request if it has to be retried. */
  const sendOnce = (request: MeetingRequest, deps: MeetingDependencies) =>
    send(request, deps).then(
      () => [],
      (thrown: unknown) => {
        if (thrown instanceof MeetingError && thrown.retryable) return [request];
        throw thrown;
      },
    );
  const requests = Array.from({ length: 9 }, (_, index) => ({
    ...aCalendarRequest,
    requestId: `at once ${index}`,
  }));

  test('and one instance makes three', async () => {
    fail(slow);
    const deps = anInstance();
    await Promise.all(requests.map((request) => sendUntilDone(request, deps)));
    const { maxUnderWay, refused } = harness.simulator.mailboxes;
    expect({ maxUnderWay, refused }).toEqual({ maxUnderWay: 3, refused: 0 });
    expect(events()).toHaveLength(requests.length);
  });

  test('and what two instances ask for beyond that waits, and comes once', async () => {
    fail(slow);
    const [one, other] = [anInstance(), anInstance()];
    const instanceOf = (request: MeetingRequest) =>
      requests.findIndex(({ requestId }) => requestId === request.requestId) % 2 === 0
        ? one
        : other;
    let waiting: readonly MeetingRequest[] = requests;
    for (let round = 0; waiting.length > 0 && round < 20; round += 1) {
      const sent = waiting.map((request) => sendOnce(request, instanceOf(request)));
      waiting = (await Promise.all(sent)).flat();
      // Only now, so that no lease ends while its call is under way.
      clock.advance(200_000);
    }
    expect(waiting).toEqual([]);
    expect(harness.simulator.mailboxes.maxUnderWay).toBeGreaterThan(4);
    expect(harness.simulator.mailboxes.refused).toBeGreaterThan(0);
    expect(events()).toHaveLength(requests.length);
    expect(mails().toSorted()).toEqual(requests.flatMap(() => invitations).toSorted());
  });
});
