import { meetings, SimulatorClient, users, type Json } from './simulator-client';

let client: SimulatorClient;

beforeAll(async () => {
  client = await SimulatorClient.start();
});

afterAll(() => client.close());
beforeEach(() => client.simulator.reset());

const createOrGet = `POST ${meetings}/createOrGet`;
const body = { externalId: 'e1', subject: 'Talk', startDateTime: '2026-12-01T14:30:00Z' };

test('makes the meeting once, and then returns it whatever the body says', async () => {
  const first = await client.send(createOrGet, { body });
  const again = await client.send(createOrGet, { body: { ...body, subject: 'Other' } });
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  expect(first.body).toMatchObject({ externalId: 'e1', subject: 'Talk' });
});

test('of twenty calls at once exactly one creates', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => client.send(createOrGet, { body })),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(replies.map((reply) => reply.body['id'])).size).toBe(1);
});

test('keeps organizers apart', async () => {
  const other = `POST /users/${users.ben}/onlineMeetings/createOrGet`;
  await client.send(createOrGet, { body });
  expect((await client.send(other, { body })).status).toBe(201);
});

test('takes subject, times and participants, and ignores every option', async () => {
  const options = {
    allowedPresenters: 'organizer',
    recordAutomatically: 'not even a boolean',
    joinMeetingIdSettings: { isPasscodeRequired: true },
  };
  client.simulator.tenant.update({ switches: { passcodeByDefault: true } });
  const attendees = [{ upn: 'ben@contoso.com' }];
  const reply = await client.send(createOrGet, {
    body: { ...body, ...options, participants: { attendees } },
  });
  expect(reply.body).toMatchObject({
    subject: 'Talk',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:30:00Z',
    allowedPresenters: 'everyone',
    recordAutomatically: false,
    joinMeetingIdSettings: { isPasscodeRequired: false, passcode: null },
    participants: { attendees: [{ upn: 'ben@contoso.com' }] },
  });
});

test.each<[string, Json]>([
  ['no externalId', { externalId: undefined }],
  ['an empty externalId', { externalId: '' }],
  ['an end without a start', { startDateTime: undefined, endDateTime: '2026-12-02T00:00:00Z' }],
  ['an end before the start', { endDateTime: '2026-12-01T00:00:00Z' }],
])('%s is a bad request', async (_, change) => {
  expect((await client.send(createOrGet, { body: { ...body, ...change } })).status).toBe(400);
});
