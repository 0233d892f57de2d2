import { makeGraphCalendars } from '../../../src/adapters/graph/calendars';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import type {
  CalendarEvent,
  CalendarProvider,
  NewEvent,
} from '../../../src/meetings/calendar-provider';
import type { MeetingProvider } from '../../../src/meetings/ports';
import { FakeCalendars } from '../../support/fakes/fake-calendars';
import { FakeGraph } from '../../support/fakes/fake-graph';
import { anna, GraphHarness, soon } from '../../support/harness/graph-harness';

let harness: GraphHarness;
beforeAll(async () => {
  harness = await GraphHarness.start();
});
afterAll(() => harness.close());
beforeEach(() => harness.simulator.reset());

const event: NewEvent = {
  key: 'key-1',
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
};
const required = (address: string) => ({ address, type: 'required' as const });

interface Calendars {
  readonly calendars: CalendarProvider;
  readonly meetings: MeetingProvider;
  readonly mails: () => readonly { readonly kind: string; readonly to: string }[];
}

const real = (): Calendars => ({
  calendars: makeGraphCalendars(harness.graph),
  meetings: makeGraphMeetings(harness.graph),
  mails: () => harness.simulator.events.mails,
});

async function create(calendars: CalendarProvider, given = event): Promise<CalendarEvent> {
  const answer = await calendars.createEvent(anna, given, soon());
  if (answer.kind !== 'event') throw new Error('duplicate');
  return answer.event;
}

describe.each<[string, () => Calendars]>([
  [
    'the fake calendars',
    () => {
      const meetings = new FakeGraph();
      const calendars = new FakeCalendars(meetings);
      return { calendars, meetings, mails: () => calendars.mails };
    },
  ],
  ['the Graph client on the simulator', real],
])('%s', (_name, make) => {
  test('makes an event with an online meeting, which is found by its link', async () => {
    const { calendars, meetings } = make();
    const made = await create(calendars);
    expect(made).toMatchObject({ isOnlineMeeting: true, attendees: [] });
    expect([made.webLink, made.iCalUId].map((text) => typeof text)).toEqual(['string', 'string']);
    const key = { property: 'JoinWebUrl', value: made.joinUrl ?? '' } as const;
    expect(await meetings.find(anna, key, soon())).toMatchObject({
      value: [{ subject: 'Parent evening', startDateTime: '2026-12-01T14:30:00Z' }],
    });
  });

  test('makes one event for one key, and names it', async () => {
    const { calendars } = make();
    const made = await create(calendars);
    expect(await calendars.createEvent(anna, event, soon())).toEqual({
      kind: 'duplicate',
      eventId: made.id,
    });
  });

  test('finds an event by its key, and reads it', async () => {
    const { calendars } = make();
    const made = await create(calendars);
    await create(calendars, { ...event, key: 'key-2' });
    expect(await calendars.findEvent(anna, 'key-1', soon())).toEqual(made);
    expect(await calendars.findEvent(anna, 'key-3', soon())).toBeUndefined();
    expect(await calendars.getEvent(anna, made.id, soon())).toEqual(made);
  });

  test('invites new people, notifies removed ones, and moves the meeting', async () => {
    const { calendars, meetings, mails } = make();
    const { id, joinUrl = '' } = await create(calendars);
    const change = (attendees: string[], more = {}) =>
      calendars.updateEvent(anna, id, {
        change: { ...more, attendees: attendees.map(required) },
        options: soon(),
      });
    await change(['A@example.org', 'b@example.org']);
    const moved = await change(['a@example.org', 'c@example.org'], {
      startDateTime: '2026-12-02T14:30:00Z',
      endDateTime: '2026-12-02T15:00:00Z',
    });
    expect(moved.attendees).toEqual(['a@example.org', 'c@example.org']);
    expect(mails().map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'invitation a@example.org',
      'invitation b@example.org',
      'invitation c@example.org',
      'cancellation b@example.org',
      'update a@example.org',
    ]);
    const key = { property: 'JoinWebUrl', value: joinUrl } as const;
    expect(await meetings.find(anna, key, soon())).toMatchObject({
      value: [{ startDateTime: '2026-12-02T14:30:00Z' }],
    });
  });

  test('cancels with a comment, and then there is no event', async () => {
    const { calendars, mails } = make();
    const { id } = await create(calendars);
    const attendees = [required('a@example.org')];
    await calendars.updateEvent(anna, id, { change: { attendees }, options: soon() });
    await calendars.cancelEvent(anna, id, { comment: 'Snow', options: soon() });
    expect(mails().at(-1)).toMatchObject({ kind: 'cancellation', comment: 'Snow' });
    for (const call of [
      () => calendars.getEvent(anna, id, soon()),
      () => calendars.cancelEvent(anna, id, { options: soon() }),
      () => calendars.deleteEvent(anna, id, soon()),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'meetingNotFound', executed: 'no' });
  });
});

test.each([
  ['badRequest', undefined],
  ['conflictWithId', expect.any(String)],
  ['conflict', undefined],
])('a key that comes again, answered as %s', async (duplicateTransaction, eventId) => {
  harness.simulator.tenant.update({ switches: { duplicateTransaction } });
  const { calendars } = real();
  await create(calendars);
  expect(await calendars.createEvent(anna, event, soon())).toEqual({
    kind: 'duplicate',
    ...(eventId !== undefined && { eventId: eventId as unknown }),
  });
});

test('a key that comes again, answered with the same event', async () => {
  harness.simulator.tenant.update({ switches: { duplicateTransaction: 'sameEvent' } });
  const { calendars } = real();
  expect(await create(calendars)).toEqual(await create(calendars));
});

test.each([
  ['a mailbox out of scope', { calendarAssignments: [] }, {}, 'mailboxOutOfScope'],
  ['a user without a mailbox', {}, { mailbox: null }, 'organizerNotFound'],
])('%s', async (_, tenant, user, code) => {
  harness.simulator.tenant.update(tenant);
  harness.simulator.tenant.updateUser(anna, user);
  await expect(create(real().calendars)).rejects.toMatchObject({
    code,
    target: 'organizer',
    executed: 'no',
    retryable: false,
  });
});

test('a mailbox that does not allow Teams has events without meetings', async () => {
  harness.simulator.tenant.updateUser(anna, { mailbox: { allowsTeams: false } });
  expect(await create(real().calendars)).toMatchObject({ isOnlineMeeting: false });
});

test('other refusals of Exchange quote its message', async () => {
  const body = { error: { code: 'ErrorInvalidRecipients', message: 'No such recipient.' } };
  harness.simulator.setFaults({
    rules: [{ match: { path: 'events' }, fault: { kind: 'status', status: 400, body } }],
  });
  await expect(create(real().calendars)).rejects.toMatchObject({
    code: 'graphRejected',
    message: expect.stringContaining('ErrorInvalidRecipients: No such recipient.') as string,
  });
});

test('an event arrives in the format of Exchange', async () => {
  await create(real().calendars, {
    ...event,
    body: { contentType: 'text', content: 'Bring <reports>\nand "pens" & paper' },
    location: 'Room 3',
    reminderMinutesBeforeStart: 30,
    showAs: 'free',
    categories: ['School'],
    hideAttendees: true,
    responseRequested: false,
  });
  const [stored] = harness.simulator.events.list();
  expect(stored?.event).toMatchObject({
    transactionId: 'key-1',
    location: { displayName: 'Room 3' },
    reminderMinutesBeforeStart: 30,
    isReminderOn: true,
    showAs: 'free',
    categories: ['School'],
    hideAttendees: true,
    responseRequested: false,
    allowNewTimeProposals: false,
  });
  expect(stored?.event.body.content).toMatch(
    /^Bring &lt;reports&gt;<br>and "pens" &amp; paper<div class="me-email-text"/,
  );
});
