import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { hasMeeting } from '../../../src/meetings/ledger';
import { retryRequest } from '../../../src/meetings/create/retry-request';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aCalendarRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';

const lost = new MeetingError('graphUnavailable', 'lost', { executed: 'unknown' });
const invitations = [
  { kind: 'invitation', to: 'parent@example.org', lobby: { scope: 'everyone' } },
  { kind: 'invitation', to: 'ben@contoso.com', lobby: { scope: 'everyone' } },
];

/** Retries the request, like from the queue, until it has its result. */
async function sendUntilDone(core: CoreHarness, request: MeetingRequest = aCalendarRequest) {
  for (let attempts = 0; attempts < 20; attempts += 1) {
    try {
      return (await createMeeting(request, core.metadata(attempts), core.deps)).result;
    } catch (thrown) {
      if (!(thrown instanceof MeetingError) || !thrown.retryable) throw thrown;
      core.clock.advance(thrown.retryAfterMs ?? 200_000);
    }
  }
  throw new Error('There is no result.');
}

/** All calls of the core to Graph, in their order. */
const callsOf = ({ calendars, graph }: CoreHarness): string[] => [
  ...calendars.calls,
  ...graph.calls,
];

test('a meeting in the calendar: options first, invitations last', async () => {
  const core = new CoreHarness();
  const calls: string[] = [];
  core.calendars.fault = (call) => void calls.push(call);
  core.graph.fault = (call) => void calls.push(call);
  const result = await sendUntilDone(core);
  expect(calls).toEqual(['findUserId', 'createEvent', 'find', 'update', 'updateEvent']);
  expect(result).toMatchObject({
    status: 'created',
    error: null,
    notApplied: [],
    event: { id: 'event-1', webLink: 'https://outlook.example/event-1' },
    meeting: { subject: 'Parent evening', lobbyBypassSettings: { scope: 'everyone' } },
  });
  expect(core.calendars.mails).toEqual(invitations);
});

test('the event is in the ledger before anybody is invited', async () => {
  const core = new CoreHarness();
  const seen: unknown[] = [];
  core.calendars.fault = (call) => {
    if (call !== 'updateEvent') return undefined;
    void core.ledger
      .read(aCalendarRequest.requestId ?? '')
      .then((stored) => seen.push(stored?.entry.event?.id));
    return undefined;
  };
  await sendUntilDone(core);
  expect(seen).toEqual(['event-1']);
});

describe('after any fault there is one event, and one invitation for each person', () => {
  const names = ['findUserId', 'createEvent', 'find', 'update', 'updateEvent'];
  const cases = names.flatMap((name) =>
    ['before', 'after'].flatMap((when) => [1, 5].map((times) => ({ name, when, times }))),
  );

  test.each(cases)('$times times $when $name', async ({ name, when, times }) => {
    const core = new CoreHarness();
    let left = times;
    const fault = (call: string) => {
      if (call !== name || left === 0) return undefined;
      left -= 1;
      return { [when]: lost };
    };
    core.calendars.fault = fault;
    core.graph.fault = fault;
    expect(await sendUntilDone(core)).toMatchObject({ status: 'created', error: null });
    expect(core.calendars.events).toHaveLength(1);
    expect(core.calendars.mails).toEqual(invitations);
  });

  test.each([
    ['the id is not named', { namesDuplicates: false, keepsKeys: true }],
    ['Exchange has forgotten the key', { namesDuplicates: true, keepsKeys: false }],
  ])('also when an attempt dies after the event was made, and %s', async (_, how) => {
    const core = new CoreHarness();
    Object.assign(core.calendars, how);
    await dieAfter(core, 'createEvent');
    core.clock.advance(1_000_000);
    expect(await sendUntilDone(core)).toMatchObject({ status: 'created' });
    expect(core.calendars.events).toHaveLength(1);
    expect(core.calendars.mails).toEqual(invitations);
  });

  test.each(['createEvent', 'find', 'update', 'updateEvent'])(
    'an attempt that dies after %s is followed by another',
    async (name) => {
      const core = new CoreHarness();
      await dieAfter(core, name);
      core.clock.advance(1_000_000);
      expect(await sendUntilDone(core)).toMatchObject({ status: 'created', attempts: 2 });
      expect(core.calendars.events).toHaveLength(1);
      expect(core.calendars.mails).toEqual(invitations);
    },
  );

  /** The process dies after the answer to this call. */
  async function dieAfter(core: CoreHarness, name: string): Promise<void> {
    const dead = new Promise<never>(() => undefined);
    let isDead = false;
    const hanging = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (object, property) => {
          const value: unknown = Reflect.get(object, property, object);
          if (typeof value !== 'function') return value;
          return async (...given: unknown[]): Promise<unknown> => {
            if (isDead) return dead;
            const answer: unknown = await Reflect.apply(value, object, given);
            if (property === name) isDead = true;
            return isDead ? dead : answer;
          };
        },
      });
    const deps = {
      ...core.deps,
      provider: hanging(core.graph),
      calendars: hanging(core.calendars),
      ledger: hanging(core.ledger),
    };
    void createMeeting(aCalendarRequest, core.metadata(), deps);
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    expect(isDead).toBe(true);
  }
});

test('an attempt that has lost its row invites nobody', async () => {
  const core = new CoreHarness();
  core.calendars.fault = (call) => {
    if (call === 'createEvent') core.ledger.touch(aCalendarRequest.requestId ?? '');
    return undefined;
  };
  await expect(createMeeting(aCalendarRequest, core.metadata(), core.deps)).rejects.toMatchObject({
    code: 'requestInProgress',
  });
  expect(core.calendars.mails).toEqual([]);
});

test('a link that comes late is waited for', async () => {
  const core = new CoreHarness();
  core.calendars.linkAfterReads = 7;
  expect(await sendUntilDone(core)).toMatchObject({ status: 'created' });
  expect(core.calendars.mails).toEqual(invitations);
});

test('a meeting that is not found by its link at first is looked for again', async () => {
  const core = new CoreHarness();
  let left = 6;
  core.graph.fault = (call) => {
    if (call !== 'find' || left === 0) return undefined;
    left -= 1;
    return { before: new MeetingError('meetingNotFound', 'not yet') };
  };
  expect(await sendUntilDone(core)).toMatchObject({ status: 'created' });
  expect(core.calendars.events).toHaveLength(1);
});

describe('a request that cannot succeed leaves no event', () => {
  test('a mailbox that does not allow Teams', async () => {
    const core = new CoreHarness();
    core.calendars.allowsTeams = false;
    expect(await sendUntilDone(core)).toMatchObject({
      status: 'failed',
      meeting: null,
      error: { code: 'teamsNotInMailbox', retryable: false },
    });
    expect(core.calendars.present).toEqual([]);
    expect(core.calendars.mails).toEqual([]);
  });

  test('a retry after the cause is gone makes another event, and one invitation a person', async () => {
    const core = new CoreHarness();
    core.calendars.allowsTeams = false;
    const { requestId } = await sendUntilDone(core);
    core.calendars.allowsTeams = true;
    const metadata = core.metadata();
    const { result } = await retryRequest({ requestId, confirmed: false, metadata }, core.deps);
    expect(result).toMatchObject({ status: 'created', event: { id: 'event-2' } });
    expect(core.calendars.present).toHaveLength(1);
    expect(core.calendars.mails).toEqual(invitations);
  });

  test('no access policy of Teams, which shows only once the event is there', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'find' ? { before: new MeetingError('accessPolicyMissing', 'none') } : undefined;
    expect(await sendUntilDone(core)).toMatchObject({
      status: 'failed',
      error: { code: 'accessPolicyMissing' },
    });
    expect(core.calendars.present).toEqual([]);
  });

  test.each(['before', 'after'])(
    'also when the answer to its removal is lost %s it took effect',
    async (when) => {
      const core = new CoreHarness();
      core.calendars.allowsTeams = false;
      let left = 6;
      core.calendars.fault = (call) => {
        if (call !== 'deleteEvent' || left === 0) return undefined;
        left -= 1;
        return { [when]: lost };
      };
      expect(await sendUntilDone(core)).toMatchObject({ status: 'failed' });
      expect(core.calendars.present).toEqual([]);
    },
  );

  test('a mailbox out of scope', async () => {
    const core = new CoreHarness();
    core.calendars.fault = () => ({ before: new MeetingError('mailboxOutOfScope', 'no') });
    expect(await sendUntilDone(core)).toMatchObject({
      status: 'failed',
      error: { code: 'mailboxOutOfScope' },
    });
  });
});

describe('nobody is invited to a meeting that is not as it was asked for', () => {
  test('because Graph refuses an option', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'update'
        ? { before: new MeetingError('graphRejected', 'No such lobby.') }
        : undefined;
    expect(await sendUntilDone(core)).toMatchObject({
      status: 'created',
      notApplied: ['lobbyBypassSettings.scope'],
      event: { id: 'event-1' },
      error: {
        code: 'invitationsWithheld',
        message: expect.stringContaining('No such lobby.') as string,
      },
    });
    expect(core.calendars.mails).toEqual([]);
  });

  test('without people to invite, the refusal itself is reported', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'update'
        ? { before: new MeetingError('graphRejected', 'No such lobby.') }
        : undefined;
    const result = await sendUntilDone(core, { ...aCalendarRequest, calendar: {} });
    expect(result).toMatchObject({ status: 'created', error: { code: 'graphRejected' } });
  });

  test('an option that Graph accepts and then omits counts as set', async () => {
    const core = new CoreHarness();
    core.graph.omit = () => ['lobbyBypassSettings'];
    expect(await sendUntilDone(core)).toMatchObject({
      status: 'created',
      error: null,
      notApplied: ['lobbyBypassSettings.scope'],
    });
    expect(core.calendars.mails).toHaveLength(2);
  });
});

test('an event that a person deletes before the invitations ends the request; a retry makes another', async () => {
  const core = new CoreHarness();
  let isDeleted = false;
  core.graph.fault = (call) => {
    if (call !== 'find' || isDeleted) return undefined;
    isDeleted = true;
    core.calendars.remove('event-1');
    return { before: new MeetingError('throttled', 'wait', { retryAfterMs: 60_000 }) };
  };
  const { requestId, ...result } = await sendUntilDone(core);
  expect(result).toMatchObject({ status: 'failed', error: { code: 'eventDeleted' } });
  const metadata = core.metadata();
  const retried = await retryRequest({ requestId, confirmed: false, metadata }, core.deps);
  expect(retried.result).toMatchObject({ status: 'created', event: { id: 'event-2' } });
  expect(core.calendars.mails).toEqual(invitations);
});

test('people with a role are named on the online meeting, everybody is invited once', async () => {
  const core = new CoreHarness();
  const attendees = [
    { upn: 'guest@example.org' },
    { upn: 'anna@contoso.com', role: 'coorganizer' as const },
    { upn: 'BEN@contoso.com' },
  ];
  const result = await sendUntilDone(core, {
    ...aCalendarRequest,
    meeting: { ...aCalendarRequest.meeting, participants: { attendees } },
  });
  expect(result).toMatchObject({ status: 'created', notApplied: [] });
  expect(core.graph.meetings[0]?.participants?.attendees).toMatchObject([
    { upn: 'anna@contoso.com', role: 'coorganizer', identity: { user: {} } },
  ]);
  expect(core.calendars.mails.map(({ to }) => to)).toEqual([
    'parent@example.org',
    'ben@contoso.com',
    'guest@example.org',
    'anna@contoso.com',
  ]);
});

test('a request without an id gets one, and its event is in the ledger', async () => {
  const core = new CoreHarness();
  const { requestId: _, ...request } = aCalendarRequest;
  const { result } = await createMeeting(request, core.metadata(), core.deps);
  expect(hasMeeting(result.status)).toBe(true);
  expect((await core.ledger.read(result.requestId))?.entry).toMatchObject({
    plan: 'ensureEvent',
    event: { id: 'event-1', number: 0 },
  });
});

test.each([
  ['with a calendar, after one without', aRequest, aCalendarRequest],
  ['without a calendar, after one with', aCalendarRequest, aRequest],
])('a request %s is another request', async (_, first, second) => {
  const core = new CoreHarness();
  const one = { ...first, meeting: aRequest.meeting };
  const other = { ...second, meeting: aRequest.meeting };
  await createMeeting(one, core.metadata(), core.deps);
  await expect(createMeeting(other, core.metadata(), core.deps)).rejects.toMatchObject({
    code: 'requestIdReused',
    message: 'This requestId belongs to another request: calendar differs.',
  });
});

test('where calendars are not set up, nothing is made', async () => {
  const core = new CoreHarness();
  const deps = { ...core.deps, calendars: undefined };
  await expect(carryOut(aCalendarRequest, core.metadata(), deps)).rejects.toMatchObject({
    code: 'calendarNotEnabled',
    target: 'calendar',
    executed: 'no',
  });
  expect(callsOf(core)).toEqual([]);
});
