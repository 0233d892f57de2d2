import type { MeetingResult } from '../../../src/results/meeting-result';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
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

test('a sheet under faults: a row, an event; a person, an invitation, with the right lobby', async () => {
  const { graph } = harness.stack;
  graph.tenant.update({
    switches: { joinLinkAfterMs: 200, foundByLinkAfterMs: 400, duplicateTransaction: 'conflict' },
  });
  graph.setFaults({
    seed: 7,
    rules: [
      { match: { path: 'events' }, probability: 0.15, fault: { kind: 'drop', when: 'after' } },
      { match: { path: 'events' }, probability: 0.1, fault: { kind: 'status', status: 503 } },
      {
        match: { path: 'onlineMeetings' },
        probability: 0.1,
        fault: { kind: 'status', status: 429, retryAfterSeconds: 1 },
      },
    ],
  });
  const people = ['anna@contoso.com', 'ben@contoso.com', 'chloe.martin@contoso.com'];
  const rows = Array.from({ length: 20 }, (_, index) =>
    [`row-${index}`, people[index % 3], `Evening ${index}`, `p${index}@example.org`].join(','),
  );
  const sheet = ['requestId,organizer,subject,calendar.invite', ...rows].join('\n');
  const query =
    'durationMinutes=30&meeting.startDateTime=2026-12-01T14:30:00Z&lobbyBypassSettings.scope=everyone';
  const { status, body } = await harness.post(`batches?${query}`, sheet, {
    'Content-Type': 'text/csv',
  });
  expect(status).toBe(202);
  const { batchId } = body as { readonly batchId: string };
  while ((await harness.get(`batches/${batchId}`)).status === 202)
    await new Promise((resolve) => setTimeout(resolve, 200));
  const { body: results } = await harness.get(`batches/${batchId}/results`);
  const { value } = results as { readonly value: readonly MeetingResult[] };
  expect(value.map((result) => `${result.status} ${result.error?.code ?? ''}`)).toEqual(
    rows.map(() => 'created '),
  );
  expect(graph.events.list()).toHaveLength(20);
  expect(mails().toSorted()).toEqual(
    rows.map((_, index) => `invitation p${index}@example.org everyone`).toSorted(),
  );
  expect(graph.mailboxes.refused).toBe(0);
}, 180_000);

test('where the mailbox does not allow Teams, the event goes away again', async () => {
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
