import { clientId, makeToken, SimulatorClient, users, type Json } from '../simulator-client';

let client: SimulatorClient;
let now = new Date('2030-01-07T08:00:00Z');

beforeAll(async () => {
  client = await SimulatorClient.start({ seed: 3, now: () => now });
});

afterAll(() => client.close());
beforeEach(() => {
  client.simulator.reset();
  now = new Date('2030-01-07T08:00:00Z');
});

const events = `/users/${users.anna}/events`;
const body = {
  subject: 'Parent evening',
  start: { dateTime: '2030-01-08T14:00:00', timeZone: 'UTC' },
  end: { dateTime: '2030-01-08T15:00:00', timeZone: 'UTC' },
  isOnlineMeeting: true,
  onlineMeetingProvider: 'teamsForBusiness',
};
const attendee = (address: string): Json => ({ type: 'required', emailAddress: { address } });
const property = { id: 'String {11111111-2222-4333-8444-555555555555} Name Key', value: 'k1' };
const byProperty = encodeURIComponent(
  `singleValueExtendedProperties/Any(ep: ep/id eq '${property.id}' and ep/value eq 'k1')`,
);

const create = async (more: Json = {}): Promise<Json> =>
  (await client.send(`POST ${events}`, { body: { ...body, ...more } })).body;
const place = ({ id }: Json): string => `${events}/${encodeURIComponent(String(id))}`;
const mails = async (): Promise<unknown[]> =>
  (await client.control('GET /mails')).list.map(({ kind, to }) => `${String(kind)} ${String(to)}`);
const joinUrlOf = ({ onlineMeeting }: Json): string =>
  (onlineMeeting as { joinUrl: string }).joinUrl;
const findByLink = (url: string) =>
  client.send(
    `GET /users/${users.anna}/onlineMeetings?$filter=${encodeURIComponent(`JoinWebUrl eq '${url}'`)}`,
  );

test('an event has a meeting that is found by its join link', async () => {
  const event = await create();
  expect(event).toMatchObject({
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    start: { dateTime: '2030-01-08T14:00:00.0000000', timeZone: 'UTC' },
  });
  const { body: found } = await findByLink(joinUrlOf(event));
  expect(found['value']).toMatchObject([
    { subject: 'Parent evening', startDateTime: '2030-01-08T14:00:00Z' },
  ]);
});

test('people are invited when they are named at creation or added later, once each', async () => {
  const event = await create({ attendees: [attendee('a@fabrikam.com')] });
  await client.send(`PATCH ${place(event)}`, {
    body: { attendees: [attendee('A@fabrikam.com'), attendee('b@fabrikam.com')] },
  });
  expect(await mails()).toEqual(['invitation a@fabrikam.com', 'invitation b@fabrikam.com']);
});

test('moving an event moves its meeting and tells everybody; cancelling tells them why', async () => {
  const event = await create({ attendees: [attendee('a@fabrikam.com')] });
  const start = { dateTime: '2030-01-09T14:00:00', timeZone: 'UTC' };
  const end = { dateTime: '2030-01-09T15:00:00', timeZone: 'UTC' };
  await client.send(`PATCH ${place(event)}`, { body: { start, end } });
  const { body: found } = await findByLink(joinUrlOf(event));
  expect(found['value']).toMatchObject([{ startDateTime: '2030-01-09T14:00:00Z' }]);
  const cancelled = await client.send(`POST ${place(event)}/cancel`, { body: { comment: 'Snow' } });
  expect(cancelled.status).toBe(202);
  expect((await client.control('GET /mails')).list).toMatchObject([
    { kind: 'invitation', comment: null },
    { kind: 'update', to: 'a@fabrikam.com' },
    { kind: 'cancellation', comment: 'Snow' },
  ]);
  expect((await client.send(`GET ${place(event)}`)).status).toBe(404);
  expect((await client.control('GET /events')).list).toEqual([]);
});

test('a body without the join block switches the meeting off', async () => {
  const event = await create();
  const change = { body: { contentType: 'html', content: 'Bring your reports.' } };
  expect((await client.send(`PATCH ${place(event)}`, { body: change })).body).toMatchObject({
    isOnlineMeeting: false,
    onlineMeeting: null,
  });
});

test.each([
  { form: 'badRequestWithId', status: 400, named: true },
  { form: 'badRequest', status: 400, named: false },
  { form: 'conflictWithId', status: 409, named: true },
  { form: 'conflict', status: 409, named: false },
])('a transactionId that comes again is answered as $form', async ({ form, status, named }) => {
  client.simulator.tenant.update({ switches: { duplicateTransaction: form } });
  const event = await create({ transactionId: 't1' });
  const again = await client.send(`POST ${events}`, { body: { ...body, transactionId: 't1' } });
  expect(again.status).toBe(status);
  const error = again.body['error'] as Json;
  expect(error['code']).toBe('ErrorDuplicateTransactionId');
  expect(error['@event.existingEventId']).toBe(named ? event['id'] : undefined);
  expect((await client.control('GET /events')).list).toHaveLength(1);
});

test('a transactionId that comes again can be answered with the same event, or be forgotten', async () => {
  client.simulator.tenant.update({ switches: { duplicateTransaction: 'sameEvent' } });
  const event = await create({ transactionId: 't1' });
  expect((await create({ transactionId: 't1' }))['id']).toBe(event['id']);
  client.simulator.tenant.update({ switches: { transactionIdsKept: false } });
  expect((await create({ transactionId: 't1' }))['id']).not.toBe(event['id']);
});

test('an event is found by its extended property', async () => {
  const event = await create({ singleValueExtendedProperties: [property] });
  await create();
  const { body: found } = await client.send(`GET ${events}?$filter=${byProperty}&$select=id`);
  expect(found['value']).toEqual([{ id: event['id'] }]);
});

test('the join link and the index of links can come late', async () => {
  client.simulator.tenant.update({
    switches: { joinLinkAfterMs: 1_000, foundByLinkAfterMs: 5_000 },
  });
  const event = await create();
  expect(event).toMatchObject({ isOnlineMeeting: true, onlineMeeting: null });
  now = new Date('2030-01-07T08:00:01Z');
  const { body: linked } = await client.send(`GET ${place(event)}`);
  expect((await findByLink(joinUrlOf(linked))).status).toBe(404);
  client.simulator.tenant.update({ switches: { notFoundByLink: 'emptyList' } });
  expect((await findByLink(joinUrlOf(linked))).body['value']).toEqual([]);
  now = new Date('2030-01-07T08:00:05Z');
  expect((await findByLink(joinUrlOf(linked))).body['value']).toHaveLength(1);
});

test('a mailbox that does not allow Teams gets an event without a meeting', async () => {
  client.simulator.tenant.updateUser(users.anna, { mailbox: { allowsTeams: false } });
  expect(await create()).toMatchObject({
    isOnlineMeeting: false,
    onlineMeetingProvider: 'unknown',
    onlineMeeting: null,
  });
  const calendar = await client.send(`GET /users/${users.anna}/calendar`);
  expect(calendar.body['allowedOnlineMeetingProviders']).toEqual([]);
});

test('only mailboxes of the group are open, unless the token has the role for all', async () => {
  const outside = `POST /users/${users.noPolicy}/events`;
  expect(await client.send(outside, { body })).toMatchObject({
    status: 403,
    body: { error: { code: 'ErrorAccessDenied' } },
  });
  const token = makeToken({ roles: ['Calendars.ReadWrite'] });
  expect((await client.send(outside, { body, token })).status).toBe(201);
  client.simulator.tenant.update({ calendarAssignments: [] });
  expect((await client.send(`POST ${events}`, { body })).status).toBe(403);
  expect(clientId).not.toBe('');
});

test('a user without a mailbox has no events', async () => {
  client.simulator.tenant.updateUser(users.anna, { mailbox: null });
  expect(await client.send(`POST ${events}`, { body })).toMatchObject({
    status: 404,
    body: { error: { code: 'MailboxNotEnabledForRESTAPI' } },
  });
});

test('a mailbox takes four calls at once', async () => {
  client.simulator.setFaults({
    rules: [{ match: { path: 'events' }, fault: { kind: 'latency', ms: 50 } }],
  });
  const replies = await Promise.all(
    Array.from({ length: 6 }, () => client.send(`POST ${events}`, { body })),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(4);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(2);
  expect((await client.control('GET /mailboxes')).body).toMatchObject({ refused: 2 });
});

test('an event is changed and deleted as in Outlook', async () => {
  const event = await create({ attendees: [attendee('a@fabrikam.com')] });
  const key = `/events/${encodeURIComponent(String(event['id']))}`;
  const changed = await client.control(`PATCH ${key}`, { subject: 'Parents' });
  expect(changed.body).toMatchObject({ subject: 'Parents', changes: 1, lobby: 'organization' });
  await client.control(`DELETE ${key}`);
  expect(await mails()).toEqual([
    'invitation a@fabrikam.com',
    'update a@fabrikam.com',
    'cancellation a@fabrikam.com',
  ]);
});

test('the page of the simulator shows the mails', async () => {
  await create({ attendees: [attendee('carla@example.com')] });
  const page = await (await fetch(new URL('/', client.simulator.url))).text();
  expect(page).toContain('<h2>Mails (1)</h2>');
  expect(page).toMatch(/<td>invitation<\/td><td>carla@example\.com<\/td>/);
});
