import { meetings, SimulatorClient, tenantId, users, type Json } from './simulator-client';

let client: SimulatorClient;
const clock = { now: new Date('2026-12-01T10:00:00Z') };

beforeAll(async () => {
  client = await SimulatorClient.start({ seed: 1, now: () => clock.now });
});

afterAll(() => client.close());

beforeEach(() => {
  clock.now = new Date('2026-12-01T10:00:00Z');
  client.simulator.reset();
});

const post = `POST ${meetings}`;

test('the answer has the shape of a real one', async () => {
  const body = {
    subject: 'Talk',
    startDateTime: '2026-12-01T14:30:00-07:00',
    endDateTime: '2026-12-01T15:00:00.1234500Z',
  };
  const start = '2026-12-01T14:30:00Z';
  const reply = await client.send(post, { body: { ...body, startDateTime: start } });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('content-type')).toBe('application/json');
  const meeting = reply.body;
  expect(meeting).toMatchObject({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${users.anna}')/onlineMeetings/$entity`,
    subject: 'Talk',
    startDateTime: start,
    endDateTime: '2026-12-01T15:00:00.12345Z',
    externalId: null,
    autoAdmittedUsers: 'everyoneInCompany',
    allowedPresenters: 'everyone',
    allowMeetingChat: 'enabled',
    isEntryExitAnnounced: false,
    recordAutomatically: false,
    audioConferencing: null,
    lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
    participants: {
      organizer: {
        upn: 'anna@contoso.com',
        role: 'presenter',
        identity: {
          application: null,
          device: null,
          user: { id: users.anna, displayName: null, tenantId, identityProvider: 'AAD' },
        },
      },
      attendees: [],
    },
    joinMeetingIdSettings: { isPasscodeRequired: false, passcode: null },
    chatInfo: { messageId: '0', replyChainMessageId: null },
    joinInformation: { contentType: 'html' },
  });
  const { threadId } = meeting['chatInfo'] as { threadId: string };
  expect(threadId).toMatch(/^19:meeting_\w+@thread\.v2$/);
  expect(Buffer.from(String(meeting['id']), 'base64').toString()).toBe(
    `1*${users.anna}*0**${threadId}`,
  );
  expect(meeting['joinUrl']).toBe(meeting['joinWebUrl']);
  expect(meeting['joinWebUrl']).toBe(
    `https://teams.microsoft.com/l/meetup-join/${threadId.replace(':', '%3a').replace('@', '%40')}/0` +
      `?context=%7b%22Tid%22%3a%22${tenantId}%22%2c%22Oid%22%3a%22${users.anna}%22%7d`,
  );
});

describe('times', () => {
  test.each([
    ['an offset becomes UTC', '2026-12-01T14:30:00+05:30', '2026-12-01T09:00:00Z'],
    ['no offset means UTC', '2026-12-01T14:30:00', '2026-12-01T14:30:00Z'],
    ['seven digits are kept', '2026-12-01T14:30:00.1234567Z', '2026-12-01T14:30:00.1234567Z'],
    ['trailing zeros are cut', '2026-12-01T14:30:00.5000000Z', '2026-12-01T14:30:00.5Z'],
    ['the past is allowed', '2020-02-29T23:59:59Z', '2020-02-29T23:59:59Z'],
  ])('%s', async (_, startDateTime, expected) => {
    const meeting = await client.create({ startDateTime, endDateTime: '2027-01-01T00:00:00Z' });
    expect(meeting['startDateTime']).toBe(expected);
  });

  test('a meeting without times starts now and lasts exactly an hour', async () => {
    const meeting = await client.create({});
    expect(meeting['subject']).toBeNull();
    expect(meeting['startDateTime']).toMatch(/^2026-12-01T10:00:00\.\d{1,7}Z$/);
    expect(meeting['endDateTime']).toBe(String(meeting['startDateTime']).replace('T10:', 'T11:'));
  });

  test('a meeting with a start only lasts an hour', async () => {
    const meeting = await client.create({ startDateTime: '2026-12-31T23:30:00Z' });
    expect(meeting['endDateTime']).toBe('2027-01-01T00:30:00Z');
  });

  test('start and end may be the same', async () => {
    const time = '2026-12-01T14:30:00Z';
    const meeting = await client.create({ startDateTime: time, endDateTime: time });
    expect(meeting).toMatchObject({ startDateTime: time, endDateTime: time });
  });
});

test.each<[string, unknown]>([
  ['nothing', ''],
  ['broken JSON', '{"subject":'],
  ['an array', []],
  ['a number as subject', { subject: 5 }],
  ['a date without a time', { startDateTime: '2026-12-01', endDateTime: '2026-12-02' }],
  [
    'a day that does not exist',
    { startDateTime: '2026-02-30T10:00:00Z', endDateTime: '2026-12-02T00:00:00Z' },
  ],
  ['a number as time', { startDateTime: 46000.5 }],
  ['an unknown enum member', { allowedPresenters: 'nobody' }],
  ['an unknown lobby scope', { lobbyBypassSettings: { scope: 'all' } }],
  ['a text as boolean', { recordAutomatically: 'true' }],
  ['an unknown role', { participants: { attendees: [{ upn: 'a@x.org', role: 'boss' }] } }],
  [
    'an end before the start',
    { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T14:29:59Z' },
  ],
  ['an end without a start', { endDateTime: '2026-12-01T14:30:00Z' }],
  ['an externalId', { externalId: 'abc' }],
  ['a chat', { chatInfo: { threadId: '19:abc@thread.v2' } }],
])('%s is a bad request', async (_, body) => {
  const reply = await client.send(post, { body });
  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error: { code: 'BadRequest' } });
  expect(client.simulator.meetings.list()).toEqual([]);
});

test('a body that is not called JSON is a bad request', async () => {
  const headers = { 'content-type': 'text/plain' };
  expect((await client.send(post, { body: {}, headers })).status).toBe(400);
});

test('a live event is not made here', async () => {
  expect((await client.send(post, { body: { isBroadcast: true } })).status).toBe(405);
});

test('options are kept, unknown and read-only properties have no effect', async () => {
  const options = {
    allowedPresenters: 'roleIsPresenter',
    allowMeetingChat: 'limited',
    recordAutomatically: true,
    isEntryExitAnnounced: true,
    allowParticipantsToChangeName: true,
    shareMeetingChatHistoryDefault: 'all',
    meetingTemplateId: '05b9ed5f-2ac3-4470-aae9-f4a0c30b1a4b',
    lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: false },
    watermarkProtection: { isEnabledForContentSharing: true, isEnabledForVideo: false },
  };
  const ignored: Json = { colour: 'red', joinWebUrl: 'https://example.org', id: '1' };
  const meeting = await client.create({ ...options, ...ignored });
  expect(meeting).toMatchObject({ ...options, autoAdmittedUsers: 'everyone' });
  expect(meeting).not.toHaveProperty('colour');
  expect(meeting['joinWebUrl']).toMatch(/^https:\/\/teams\.microsoft\.com\//);
  expect(meeting['id']).not.toBe('1');
});

test('null says nothing about an option', async () => {
  const meeting = await client.create({
    allowedPresenters: null,
    lobbyBypassSettings: { scope: null, isDialInBypassEnabled: true },
  });
  expect(meeting).toMatchObject({
    allowedPresenters: 'everyone',
    lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: true },
  });
});

test('attendees are kept as given; someone named by upn alone is looked up', async () => {
  const wrongId = '00000000-0000-0000-0000-00000000dead';
  const attendees = [
    { upn: 'ben@contoso.com', role: 'presenter' },
    { upn: 'stranger@example.org' },
    { identity: { user: { id: wrongId } } },
  ];
  const meeting = await client.create({ participants: { attendees } });
  expect(meeting['participants']).toMatchObject({
    attendees: [
      { upn: 'ben@contoso.com', role: 'presenter', identity: { user: { id: users.ben } } },
      { upn: 'stranger@example.org', role: 'attendee', identity: { user: null } },
      { upn: null, role: 'attendee', identity: { user: { id: wrongId } } },
    ],
  });
});

describe('passcode', () => {
  const withPasscode = {
    isPasscodeRequired: true,
    passcode: expect.stringMatching(/^[A-Za-z0-9]{8}$/) as string,
  };
  const without = { isPasscodeRequired: false, passcode: null };

  test.each([
    { name: 'asked for', asked: true, byDefault: false, expected: withPasscode },
    { name: 'not asked for', asked: undefined, byDefault: false, expected: without },
    { name: 'given by the tenant', asked: undefined, byDefault: true, expected: withPasscode },
    { name: 'declined', asked: false, byDefault: true, expected: without },
  ])('$name', async ({ asked, byDefault, expected }) => {
    client.simulator.tenant.update({ switches: { passcodeByDefault: byDefault } });
    const meeting = await client.create({ joinMeetingIdSettings: { isPasscodeRequired: asked } });
    expect(meeting['joinMeetingIdSettings']).toMatchObject(expected);
  });
});

test.each([
  ['no subject', { startDateTime: '2026-12-01T10:00:00Z', endDateTime: '2026-12-01T11:00:00Z' }],
  ['no end', { subject: 'Talk', startDateTime: '2026-12-01T10:00:00Z' }],
])('the strict switch refuses %s', async (_, body) => {
  client.simulator.tenant.update({ switches: { requireSubjectAndEnd: true } });
  expect((await client.send(post, { body })).status).toBe(400);
});

test('the monthly limit throttles until the next month', async () => {
  client.simulator.tenant.update({ switches: { monthlyMeetingLimit: 1 } });
  clock.now = new Date('2026-12-31T23:59:00Z');
  expect((await client.send(post, { body: {} })).status).toBe(201);
  const throttled = await client.send(post, { body: {} });
  expect(throttled.status).toBe(429);
  expect(throttled.headers.get('retry-after')).toBe('60');
  expect((await client.send(`POST /users/${users.ben}/onlineMeetings`, { body: {} })).status).toBe(
    201,
  );
  clock.now = new Date('2027-01-01T00:00:00Z');
  expect((await client.send(post, { body: {} })).status).toBe(201);
});
