import type { HostEvent } from '../../../local/functions-host/events';
import { eventually } from '../../support/harness/eventually';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';
import type { MeetingResult } from '../../../src/results/meeting-result';

const seen: string[] = [];
const note = (event: HostEvent): void => {
  if (event.type === 'log') seen.push(event.message);
};
const harness = StackHarness.use({ onEvent: note });

/** The meetings that the simulator has for a request, known by their subject. */
const meetingsCalled = (subject: string) =>
  harness.stack.graph.meetings.list().filter(({ meeting }) => meeting.subject === subject);

const named = (requestId: string, more: object = {}): object =>
  requestBody({
    requestId,
    meeting: { subject: requestId, startDateTime: '2026-12-01T14:30:00', ...more },
  });

const moved = { startDateTime: '2026-12-02T09:00:00' };
const movedUtc = { startDateTime: '2026-12-02T09:00:00Z', endDateTime: '2026-12-02T09:30:00Z' };

async function send(method: 'PATCH' | 'DELETE', requestId: string, body?: object) {
  const response = await fetch(`${harness.stack.url}/api/requests/${requestId}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as MeetingResult };
}

const change = { timeZone: 'Europe/Lisbon', durationMinutes: 30, meeting: moved };

/** The ledger entry, once it has this state. */
const stateOf = (requestId: string, fits: (state: Record<string, unknown>) => boolean) =>
  eventually(`another state of ${requestId}`, async () => {
    const { body } = await harness.get(`requests/${requestId}`);
    const state = body as Record<string, unknown>;
    return fits(state) && state;
  });

test('a meeting is moved and cancelled over HTTP', async () => {
  await harness.post('createMeeting', named('life-http'));
  expect(await send('PATCH', 'life-http', change)).toMatchObject({
    status: 200,
    body: { status: 'updated', meeting: movedUtc },
  });
  expect(await send('PATCH', 'life-http', change)).toMatchObject({
    body: { status: 'unchanged' },
  });
  expect(meetingsCalled('life-http')).toMatchObject([{ meeting: movedUtc }]);
  expect(await send('DELETE', 'life-http')).toMatchObject({
    status: 200,
    body: { status: 'cancelled', meeting: null },
  });
  expect(meetingsCalled('life-http')).toEqual([]);
  expect(await harness.post('createMeeting', named('life-http'))).toMatchObject({
    status: 409,
    body: { error: { code: 'requestCancelled' } },
  });
});

test('a meeting is made, moved and cancelled by upserts and messages', async () => {
  const asMessage = (more: object): string => JSON.stringify({ ...named('life-queue'), ...more });
  await harness.send(asMessage({ action: 'upsert', revision: 1 }));
  expect(await harness.resultOf('life-queue')).toMatchObject({ status: 'created', revision: 1 });
  await harness.send(
    asMessage({ action: 'upsert', revision: 3, meeting: { subject: 'life-queue', ...moved } }),
  );
  await stateOf('life-queue', ({ revision }) => revision === 3);
  await harness.send(asMessage({ action: 'upsert', revision: 2 }));
  const late = await stateOf('life-queue', ({ changes }) => (changes as object[]).length === 2);
  expect(late).toMatchObject({
    meeting: movedUtc,
    changes: [
      { revision: 2, status: 'superseded' },
      { revision: 3, status: 'updated' },
    ],
  });
  await harness.send(JSON.stringify({ requestId: 'life-queue', action: 'cancel' }));
  await stateOf('life-queue', ({ state }) => state === 'cancelled');
  expect(meetingsCalled('life-queue')).toEqual([]);
});

test('a change and a cancel that overtake their create on the queue are not lost', async () => {
  await harness.send(JSON.stringify({ requestId: 'life-first', action: 'cancel' }));
  expect(await harness.resultOf('life-first')).toMatchObject({ status: 'cancelled', error: null });
  await harness.send(JSON.stringify(named('life-first')));
  await harness.send(JSON.stringify({ requestId: 'life-early', action: 'update', ...change }));
  await eventually('the change that waits', () =>
    seen.some((line) => line.includes('request.deferred') && line.includes('life-early')),
  );
  await harness.send(JSON.stringify(named('life-early')));
  await stateOf('life-early', ({ revision }) => revision !== undefined);
  expect(meetingsCalled('life-early')).toMatchObject([{ meeting: movedUtc }]);
  expect(meetingsCalled('life-first')).toEqual([]);
});

test('a refresh reverts what people changed in Teams', async () => {
  await harness.post('createMeeting', named('life-teams'));
  const [stored] = meetingsCalled('life-teams');
  const path = `v1.0/users/${stored?.organizerId}/onlineMeetings/${stored?.meeting.id}`;
  const body = JSON.stringify({ allowedPresenters: 'organizer', subject: 'Changed in Teams' });
  await fetch(`${harness.stack.url}/api/${path}`, { method: 'PATCH', body });
  const again = { ...named('life-teams'), action: 'upsert' };
  expect((await harness.post('createMeeting', again)).body).toMatchObject({ status: 'unchanged' });
  expect((await harness.post('createMeeting?refresh=true', again)).body).toMatchObject({
    status: 'updated',
    meeting: { subject: 'life-teams' },
  });
});
