import type { MeetingResult } from '../../../src/results/meeting-result';
import { graphFaults } from '../../../trial/trouble/trial-faults';
import { eventually } from '../../support/harness/eventually';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
/** All faults except latency. */
const trialFaults = graphFaults(7);
const faults = {
  ...trialFaults,
  rules: trialFaults.rules?.filter(({ fault }) => !['hang', 'latency'].includes(fault.kind)),
};
beforeEach(() => harness.stack.graph.reset());

const everyone = { lobbyBypassSettings: { scope: 'everyone' } };
const meeting = { subject: 'Parent evening', startDateTime: '2026-12-01T14:30:00', ...everyone };
const inCalendar = (requestId: string, invite: string): object =>
  requestBody({ requestId, meeting, calendar: { invite, location: 'Room 3' } });

const mails = (): string[] =>
  harness.stack.graph.events.mails.map(({ kind, to, lobby }) => `${kind} ${to} ${lobby ?? ''}`);

test('a meeting in the calendar: an event, its options, then the invitations', async () => {
  const { status, body } = await harness.post(
    'createMeeting',
    inCalendar('c-1', 'parent@example.org; ben@contoso.com'),
  );
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'created',
    event: {
      id: expect.any(String) as string,
      webLink: expect.stringContaining('outlook') as string,
    },
    meeting: everyone,
    notApplied: [],
    error: null,
  });
  expect(mails()).toEqual([
    'invitation parent@example.org everyone',
    'invitation ben@contoso.com everyone',
  ]);
  const again = await harness.post('createMeeting', inCalendar('c-1', 'parent@example.org'));
  expect(again.status).toBe(200);
  expect(harness.stack.graph.events.list()).toHaveLength(1);
  const { headers } = await fetch(`${harness.stack.url}/api/requests/c-1/invitation?format=ics`);
  expect(headers.get('content-type')).toContain('method=PUBLISH');
});

test('its life: moved by PATCH, cancelled by DELETE, and attendees hear of it', async () => {
  await harness.post('createMeeting', inCalendar('c-2', 'parent@example.org'));
  const url = `${harness.stack.url}/api/requests/c-2`;
  const moved = await fetch(url, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      timeZone: 'UTC',
      durationMinutes: 30,
      meeting: { startDateTime: '2026-12-02T09:00:00' },
    }),
  });
  expect([moved.status, ((await moved.json()) as MeetingResult).status]).toEqual([200, 'updated']);
  expect(harness.stack.graph.meetings.list()).toMatchObject([
    { meeting: { startDateTime: '2026-12-02T09:00:00Z' } },
  ]);
  expect((await fetch(`${url}?comment=Snow`, { method: 'DELETE' })).status).toBe(200);
  expect(harness.stack.graph.events.mails).toMatchObject([
    { kind: 'invitation' },
    { kind: 'update' },
    { kind: 'cancellation', comment: 'Snow' },
  ]);
  expect(harness.stack.graph.events.list()).toEqual([]);
  const invitation = await fetch(`${url}/invitation?format=ics`);
  expect(await invitation.text()).toContain('METHOD:CANCEL');
});

describe('a hundred rows with attendees, while Graph fails as in the trial', () => {
  const count = 100;
  const people = ['anna@contoso.com', 'ben@contoso.com', 'chloe.martin@contoso.com'];
  const indexes = Array.from({ length: count }, (_, index) => index);

  const row = (index: number, day: number, action: string): string =>
    [
      ...[`row-${index}`, action, people[index % 3], `Evening ${index}`],
      ...[`2026-12-0${day}T14:30:00Z`, `p${index}@example.org`, action === 'cancel' ? 'Snow' : ''],
    ].join(',');
  const sheet = (day: number, actionOf: (index: number) => string): string =>
    [
      'requestId,action,organizer,subject,startDateTime,calendar.invite,calendar.comment',
      ...indexes.map((index) => row(index, day, actionOf(index))),
    ].join('\n');

  async function send(body: string): Promise<object> {
    harness.stack.graph.events.mails.length = 0;
    const query = 'durationMinutes=30&lobbyBypassSettings.scope=everyone';
    const headers = { 'Content-Type': 'text/csv' };
    const { status, body: batch } = await harness.post(`batches?${query}`, body, headers);
    expect(status).toBe(202);
    const { batchId } = batch as { readonly batchId: string };
    const counts = async (): Promise<object | false> => {
      const answer = await harness.get(`batches/${batchId}`);
      return answer.status === 200 && (answer.body as { readonly counts: object }).counts;
    };
    return eventually('the end of the batch', counts, { withinMs: 150_000, everyMs: 1_000 });
  }

  /** The mails to the people of each of these rows. */
  const each = (rows: readonly number[], told: string): string[] =>
    rows.map((index) => told.replace('*', `p${index}@example.org`)).toSorted();
  const told = (): string[] =>
    harness.stack.graph.events.mails
      .map(({ kind, to, lobby, comment }) => [kind, to, lobby, comment].join(' ').trimEnd())
      .toSorted();

  test('become a hundred events, with the right lobby and one invitation a person; are moved and cancelled by the sheet', async () => {
    const { graph } = harness.stack;
    graph.tenant.update({ switches: { duplicateTransaction: 'conflict' } });
    graph.setFaults(faults);
    expect(await send(sheet(1, () => ''))).toMatchObject({ total: count, created: count });
    expect(
      graph.events
        .list()
        .map(({ event }) => String(event.subject))
        .toSorted(),
    ).toEqual(indexes.map((index) => `Evening ${index}`).toSorted());
    expect(told()).toEqual(each(indexes, 'invitation * everyone'));

    const half = indexes.slice(0, count / 2);
    const others = indexes.slice(count / 2);
    const moved = await send(sheet(2, (index) => (index < count / 2 ? 'cancel' : 'upsert')));
    expect(moved).toMatchObject({ cancelled: half.length, updated: others.length });
    expect(graph.events.list().map(({ event }) => event.start.dateTime)).toEqual(
      others.map(() => '2026-12-02T14:30:00.0000000'),
    );
    expect(told()).toEqual([
      ...each(half, 'cancellation * everyone Snow'),
      ...each(others, 'update * everyone'),
    ]);
    expect(graph.mailboxes.refused).toBe(0);
  }, 300_000);
});

test('if the mailbox does not allow Teams, the event is removed again', async () => {
  harness.stack.graph.tenant.updateUser('anna@contoso.com', { mailbox: { allowsTeams: false } });
  const { status, body } = await harness.post(
    'createMeeting',
    inCalendar('c-4', 'parent@example.org'),
  );
  expect(status).toBe(403);
  expect(body).toMatchObject({ error: { code: 'teamsNotInMailbox', target: 'organizer' } });
  expect(harness.stack.graph.events.list()).toEqual([]);
  expect(mails()).toEqual([]);
});
