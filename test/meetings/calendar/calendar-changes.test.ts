import type { EventChange } from '../../../src/meetings/calendar-provider';
import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { aCalendarRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';

const { requestId = '' } = aCalendarRequest;
const lost = new MeetingError('graphUnavailable', 'lost', { executed: 'unknown' });
const later = { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:00:00Z' };

type More = Partial<MeetingRequest>;

/** A meeting in the calendar and a change of it, retried like from the queue until it has its result. */
class Changes {
  readonly core = new CoreHarness();
  #revision = 0;

  async create(request: MeetingRequest = aCalendarRequest): Promise<MeetingResult> {
    const result = await this.send(request);
    this.core.calendars.mails.length = 0;
    this.core.calendars.calls.length = 0;
    return result;
  }

  change(action: 'update' | 'upsert' | 'cancel', more: More = {}): Promise<MeetingResult> {
    this.#revision += 1;
    return this.send({
      requestId,
      action,
      revision: this.#revision,
      organizer: '',
      meeting: {},
      ...more,
    });
  }

  async send(request: MeetingRequest): Promise<MeetingResult> {
    const { core } = this;
    const { acceptedDateTime } = core.metadata();
    for (let attempts = 0; attempts < 20; attempts += 1) {
      try {
        const metadata = { attempts, acceptedDateTime };
        return (await carryOut(request, metadata, core.deps)).result;
      } catch (thrown) {
        if (!(thrown instanceof MeetingError) || !thrown.retryable) throw thrown;
        core.clock.advance(thrown.retryAfterMs ?? 200_000);
      }
    }
    throw new Error('There is no result.');
  }

  get mails(): string[] {
    return this.core.calendars.mails.map(({ kind, to }) => `${kind} ${to}`);
  }
}

async function created(request?: MeetingRequest): Promise<Changes> {
  const changes = new Changes();
  await changes.create(request);
  return changes;
}

const both = (kind: string): string[] => [`${kind} parent@example.org`, `${kind} ben@contoso.com`];

describe('update', () => {
  test('moves the event and its meeting, and tells the attendees', async () => {
    const changes = await created();
    const result = await changes.change('update', { meeting: later });
    expect(result).toMatchObject({ status: 'updated', meeting: later, error: null });
    expect(changes.core.graph.meetings).toMatchObject([later]);
    expect(changes.mails).toEqual(both('update'));
  });

  test('never sends the body, which holds the join link', async () => {
    const changes = await created();
    const seen: unknown[] = [];
    const { calendars } = changes.core;
    const updateEvent = calendars.updateEvent.bind(calendars);
    calendars.updateEvent = (id, eventId, update) => {
      seen.push(Object.keys(update.change));
      return updateEvent(id, eventId, update);
    };
    await changes.change('update', { meeting: later, calendar: { location: 'Room 3' } });
    expect(seen).toEqual([['location', 'startDateTime', 'endDateTime']]);
  });

  test('sets options on the meeting without a mail', async () => {
    const changes = await created();
    const meeting = { lobbyBypassSettings: { scope: 'organizer' as const } };
    expect(await changes.change('update', { meeting })).toMatchObject({ status: 'updated' });
    expect(changes.core.graph.meetings).toMatchObject([meeting]);
    expect(changes.mails).toEqual([]);
  });

  test('invites new people, and notifies removed ones', async () => {
    const changes = await created();
    const invite = [
      { address: 'ben@contoso.com', type: 'optional' as const },
      { address: 'new@example.org', type: 'required' as const },
    ];
    await changes.change('update', { calendar: { invite } });
    expect(changes.mails).toEqual([
      'invitation new@example.org',
      'cancellation parent@example.org',
    ]);
  });

  test.each(['before', 'after'])('is made once when an answer is lost %s', async (when) => {
    const changes = await created();
    let left = 6;
    changes.core.calendars.fault = (call) => {
      if (call !== 'updateEvent' || left === 0) return undefined;
      left -= 1;
      return { [when]: lost };
    };
    const invite = [...(aCalendarRequest.calendar?.invite ?? [])];
    invite.push({ address: 'new@example.org', type: 'required' });
    const result = await changes.change('update', { calendar: { invite } });
    expect(result).toMatchObject({ status: 'updated' });
    expect(changes.mails).toEqual(['invitation new@example.org']);
  });

  test('sends the invitations that were withheld, once the options are right', async () => {
    const changes = new Changes();
    changes.core.graph.fault = (call) =>
      call === 'update' ? { before: new MeetingError('graphRejected', 'no') } : undefined;
    expect(await changes.create()).toMatchObject({ error: { code: 'invitationsWithheld' } });
    changes.core.graph.fault = () => undefined;
    const meeting = { lobbyBypassSettings: { scope: 'organization' as const } };
    expect(await changes.change('update', { meeting })).toMatchObject({
      status: 'updated',
      notApplied: [],
      error: null,
    });
    expect(changes.core.calendars.mails).toMatchObject([
      { kind: 'invitation', to: 'parent@example.org', lobby: { scope: 'organization' } },
      { kind: 'invitation', to: 'ben@contoso.com' },
    ]);
    expect(await changes.change('update', { meeting })).toMatchObject({ status: 'unchanged' });
  });

  test('of an event that somebody has deleted says so', async () => {
    const changes = await created();
    changes.core.calendars.remove('event-1');
    changes.core.clock.advance(120_000);
    expect(await changes.change('update', { meeting: { subject: 'New' } })).toMatchObject({
      status: 'failed',
      error: { code: 'meetingNotFound' },
    });
  });
});

describe('upsert', () => {
  const upsert = { organizer: aRequest.organizer, meeting: aCalendarRequest.meeting };

  test('makes the event where there is none, and changes nothing where it is as asked for', async () => {
    const changes = new Changes();
    const all = { ...upsert, calendar: aCalendarRequest.calendar ?? {} };
    expect(await changes.change('upsert', all)).toMatchObject({ status: 'created' });
    expect(changes.mails).toEqual(both('invitation'));
    const calls = changes.core.calendars.calls.length;
    expect(await changes.change('upsert', all)).toMatchObject({
      status: 'unchanged',
      event: { id: 'event-1', webLink: 'https://outlook.example/event-1' },
    });
    expect(changes.core.calendars.calls).toHaveLength(calls);
  });

  test.each<[string, MeetingRequest, More, string]>([
    ['a meeting without a calendar into one', aRequest, { calendar: {} }, 'calendar'],
    [
      'another body',
      aCalendarRequest,
      { calendar: { body: { contentType: 'text', content: 'New' } } },
      'calendar.body',
    ],
    [
      'people without an address',
      aCalendarRequest,
      {
        meeting: {
          ...aCalendarRequest.meeting,
          participants: {
            attendees: [{ identity: { user: { id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' } } }],
          },
        },
      },
      'meeting.participants.attendees[0].upn',
    ],
  ])('refuses by name %s', async (_, first, more, target) => {
    const changes = await created(first);
    const result = await changes.change('upsert', { ...upsert, meeting: first.meeting, ...more });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'invalidRequest', target } });
    expect(changes.core.calendars.calls).toEqual([]);
  });
});

describe('refresh', () => {
  const refresh = { organizer: aRequest.organizer, refresh: true } as const;
  const all = { ...refresh, ...aCalendarRequest, requestId };

  /** A meeting whose event somebody changes in Outlook. */
  async function changedInOutlook(change: EventChange): Promise<Changes> {
    const changes = await created();
    const { calendars } = changes.core;
    await calendars.updateEvent('', 'event-1', { change });
    calendars.mails.length = 0;
    calendars.calls.length = 0;
    return changes;
  }

  test('if nothing differs, changes nothing and notifies nobody', async () => {
    const changes = await created();
    expect(await changes.change('upsert', all)).toMatchObject({ status: 'unchanged' });
    expect(await changes.change('update', refresh)).toMatchObject({ status: 'unchanged' });
    expect(changes.core.calendars.calls).toEqual(['getEvent', 'getEvent']);
    expect(changes.mails).toEqual([]);
  });

  test.each<[string, EventChange, EventChange]>([
    ['another time', later, { startDateTime: '2026-12-01T14:30:00Z' }],
    ['another subject', { subject: 'Party' }, { subject: 'Parent evening' }],
  ])('puts back %s, and tells the attendees', async (_, change, expected) => {
    const changes = await changedInOutlook(change);
    const result = await changes.change('update', refresh);
    expect(result).toMatchObject({ status: 'updated', meeting: expected });
    expect(changes.core.calendars.present).toMatchObject([{ basics: expected }]);
    expect(changes.core.graph.meetings).toMatchObject([expected]);
    expect(changes.mails).toEqual(both('update'));
  });

  test('puts back properties that only the calendar has', async () => {
    const changes = await created({ ...aCalendarRequest, calendar: { location: 'Room 3' } });
    const change = { location: 'Elsewhere' };
    await changes.core.calendars.updateEvent('', 'event-1', { change });
    expect(await changes.change('update', refresh)).toMatchObject({ status: 'updated' });
    expect(changes.core.calendars.present).toMatchObject([{ basics: { location: 'Room 3' } }]);
  });

  test('invites removed people again, and removes added ones', async () => {
    const stranger = { address: 'stranger@example.org', type: 'required' as const };
    const ben = { address: 'ben@contoso.com', type: 'optional' as const };
    const changes = await changedInOutlook({ attendees: [ben, stranger] });
    expect(await changes.change('update', refresh)).toMatchObject({ status: 'updated' });
    expect(changes.mails.toSorted()).toEqual([
      'cancellation stranger@example.org',
      'invitation parent@example.org',
    ]);
  });

  test('does not take the organizer for an added person', async () => {
    const anna = { address: 'anna@contoso.com', type: 'required' as const };
    const invite = aCalendarRequest.calendar?.invite ?? [];
    const changes = await changedInOutlook({ attendees: [...invite, anna] });
    expect(await changes.change('update', refresh)).toMatchObject({ status: 'unchanged' });
  });

  test('of an event that somebody has deleted says so', async () => {
    const changes = await created({ ...aCalendarRequest, meeting: aRequest.meeting });
    changes.core.calendars.remove('event-1');
    changes.core.clock.advance(120_000);
    expect(await changes.change('update', refresh)).toMatchObject({
      status: 'failed',
      error: { code: 'meetingNotFound' },
    });
  });
});

describe('cancel', () => {
  test("is Outlook's, with the caller's comment", async () => {
    const changes = await created();
    expect(await changes.change('cancel', { comment: 'Snow' })).toMatchObject({
      status: 'cancelled',
      meeting: null,
    });
    expect(changes.core.calendars.mails).toMatchObject([
      { kind: 'cancellation', to: 'parent@example.org', comment: 'Snow' },
      { kind: 'cancellation', to: 'ben@contoso.com', comment: 'Snow' },
    ]);
    expect(changes.core.calendars.present).toEqual([]);
  });

  test.each(['before', 'after'])(
    'sends one mail a person when an answer is lost %s',
    async (when) => {
      const changes = await created();
      let left = 6;
      changes.core.calendars.fault = (call) => {
        if (call !== 'cancelEvent' || left === 0) return undefined;
        left -= 1;
        return { [when]: lost };
      };
      expect(await changes.change('cancel')).toMatchObject({ status: 'cancelled' });
      expect(changes.mails).toEqual(both('cancellation'));
    },
  );

  test('deletes an event to which nobody was invited', async () => {
    const changes = await created({ ...aCalendarRequest, calendar: {} });
    expect(await changes.change('cancel')).toMatchObject({ status: 'cancelled' });
    expect(changes.core.calendars.present).toEqual([]);
    expect(changes.core.calendars.calls).toEqual(['getEvent', 'deleteEvent']);
  });

  test('of an event that somebody has deleted succeeds', async () => {
    const changes = await created();
    changes.core.calendars.remove('event-1');
    changes.core.calendars.mails.length = 0;
    expect(await changes.change('cancel')).toMatchObject({ status: 'cancelled' });
    expect(changes.mails).toEqual([]);
  });
});

test('a change of a calendar where calendars are not set up is refused', async () => {
  const core = new CoreHarness();
  const deps = { ...core.deps, calendars: undefined };
  const request = { ...aCalendarRequest, action: 'upsert' as const };
  await expect(carryOut(request, core.metadata(), deps)).rejects.toMatchObject({
    code: 'calendarNotEnabled',
  });
});
