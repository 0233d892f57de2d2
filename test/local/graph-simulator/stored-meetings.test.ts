import { meetings, SimulatorClient, users, type Json } from './simulator-client';

let client: SimulatorClient;

beforeAll(async () => {
  client = await SimulatorClient.start();
});

afterAll(() => client.close());
beforeEach(() => client.simulator.reset());

const one = ({ id }: Json): string => `${meetings}/${String(id)}`;

describe('finding', () => {
  test('a meeting is got by its id', async () => {
    const meeting = await client.create();
    const reply = await client.send(`GET ${one(meeting)}`);
    expect(reply).toMatchObject({ status: 200, body: meeting });
  });

  test('$select leaves the rest out', async () => {
    const meeting = await client.create();
    const { body } = await client.send(`GET ${one(meeting)}?$select=id,subject`);
    expect(body).toEqual({
      '@odata.context': meeting['@odata.context'],
      id: meeting['id'],
      subject: 'Talk',
    });
  });

  test.each([
    ['once', (url: string) => encodeURIComponent(url)],
    ['twice', (url: string) => encodeURIComponent(encodeURIComponent(url))],
  ])('a meeting is found by its join URL, encoded %s', async (_, encode) => {
    const meeting = await client.create();
    const url = encode(String(meeting['joinWebUrl']));
    const { status, body } = await client.send(`GET ${meetings}?$filter=JoinWebUrl eq '${url}'`);
    expect(status).toBe(200);
    expect(body['value']).toMatchObject([{ id: meeting['id'] }]);
  });

  test.each([
    ['an unknown meeting', `${meetings}/${Buffer.from('1*a*0**19:b').toString('base64')}`, 404],
    ['an id that is none', `${meetings}/abc`, 400],
    ['an unknown join URL', `${meetings}?$filter=JoinWebUrl eq 'https://example.org'`, 404],
    ['another property', `${meetings}?$filter=subject eq 'Talk'`, 400],
    ['all meetings', meetings, 400],
  ])('asking for %s is refused', async (_, path, status) => {
    expect((await client.send(`GET ${path}`)).status).toBe(status);
  });

  test('a meeting of another organizer is refused', async () => {
    const { id } = await client.create();
    const reply = await client.send(`GET /users/${users.ben}/onlineMeetings/${String(id)}`);
    expect(reply.status).toBe(403);
  });
});

describe('updating', () => {
  test('changes what is named and keeps the rest', async () => {
    const meeting = await client.create({
      subject: 'Talk',
      lobbyBypassSettings: { isDialInBypassEnabled: true },
      participants: { attendees: [{ upn: 'ben@contoso.com' }] },
    });
    const change = { subject: 'Walk', lobbyBypassSettings: { scope: 'everyone' } };
    const { status, body } = await client.send(`PATCH ${one(meeting)}`, { body: change });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...meeting,
      subject: 'Walk',
      autoAdmittedUsers: 'everyone',
      lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: true },
    });
    expect((await client.send(`GET ${one(meeting)}`)).body).toEqual(body);
  });

  test('a list of attendees replaces the one before', async () => {
    const meeting = await client.create({
      participants: { attendees: [{ upn: 'ben@contoso.com' }] },
    });
    const body = { participants: { attendees: [{ upn: 'chloe@contoso.onmicrosoft.com' }] } };
    const reply = await client.send(`PATCH ${one(meeting)}`, { body });
    expect(reply.body['participants']).toMatchObject({
      organizer: { upn: 'anna@contoso.com' },
      attendees: [
        { upn: 'chloe@contoso.onmicrosoft.com', identity: { user: { id: users.chloe } } },
      ],
    });
  });

  test('both times move together, and the expiry with them', async () => {
    const meeting = await client.create();
    const body = { startDateTime: '2027-01-01T10:00:00Z', endDateTime: '2027-01-01T11:00:00Z' };
    const reply = await client.send(`PATCH ${one(meeting)}`, { body });
    expect(reply.body).toMatchObject({ ...body, expiryDateTime: '2027-03-02T11:00:00Z' });
  });

  test.each<[string, Json, string]>([
    ['one time alone', { startDateTime: '2027-01-01T10:00:00Z' }, 'BadRequest'],
    [
      'an end before the start',
      { startDateTime: '2027-01-01T10:00:00Z', endDateTime: '2027-01-01T09:00:00Z' },
      'BadRequest',
    ],
    ['an unknown enum member', { allowedPresenters: 'nobody' }, 'BadRequest'],
    ['the passcode', { joinMeetingIdSettings: { isPasscodeRequired: true } }, 'InvalidArgument'],
    ['renaming by participants', { allowParticipantsToChangeName: true }, 'InvalidArgument'],
    ['the chat history', { shareMeetingChatHistoryDefault: 'all' }, 'InvalidArgument'],
    ['the template', { meetingTemplateId: 'x' }, 'InvalidArgument'],
    ['the externalId', { externalId: 'x' }, 'InvalidArgument'],
    ['a type annotation', { '@odata.type': '#microsoft.graph.onlineMeeting' }, 'InvalidArgument'],
    ['an unknown property', { colour: 'red' }, 'InvalidArgument'],
  ])('%s cannot be updated, and nothing else is', async (_, change, code) => {
    const meeting = await client.create();
    const body = { subject: 'Walk', ...change };
    const reply = await client.send(`PATCH ${one(meeting)}`, { body });
    expect(reply).toMatchObject({ status: 400, body: { error: { code } } });
    expect((await client.send(`GET ${one(meeting)}`)).body['subject']).toBe('Talk');
  });
});

test('a deleted meeting is gone, and its externalId is free', async () => {
  const call = `POST ${meetings}/createOrGet`;
  const { body } = await client.send(call, { body: { externalId: 'e1' } });
  expect(await client.send(`DELETE ${one(body)}`)).toMatchObject({ status: 204, body: {} });
  expect((await client.send(`GET ${one(body)}`)).status).toBe(404);
  expect((await client.send(`DELETE ${one(body)}`)).status).toBe(404);
  expect((await client.send(call, { body: { externalId: 'e1' } })).status).toBe(201);
});

describe('later enum members', () => {
  const body = {
    lobbyBypassSettings: { scope: 'invited' },
    participants: { attendees: [{ upn: 'ben@contoso.com', role: 'coorganizer' }] },
  };
  const asksForAll = { prefer: 'include-unknown-enum-members' };

  const hidden = 'unknownFutureValue';

  test.each([
    { name: 'are hidden without Prefer', headers: {}, scope: hidden, role: hidden },
    { name: 'are shown with it', headers: asksForAll, scope: 'invited', role: 'coorganizer' },
  ])('$name', async ({ headers, scope, role }) => {
    const meeting = await client.create(body, headers);
    expect(meeting).toMatchObject({
      lobbyBypassSettings: { scope },
      participants: { attendees: [{ role }] },
    });
  });

  test('are stored either way', async () => {
    const meeting = await client.create(body);
    const reply = await client.send(`GET ${one(meeting)}`, { headers: asksForAll });
    expect(reply.body).toMatchObject({ lobbyBypassSettings: { scope: 'invited' } });
  });
});

describe('joinInformation', () => {
  test.each([
    ['nothing', '', 'Join the meeting now'],
    ['a language', 'pt-BR', 'Ingressar na reunião agora'],
    ['another region of it', 'de-AT', 'Jetzt an der Besprechung teilnehmen'],
    ['the bare language', 'ja', '今すぐ会議に参加する'],
    ['an unknown language', 'tlh', 'Join the meeting now'],
    ['a list with weights', 'tlh, fr;q=0.5, es;q=0.9', 'Unirse a la reunión ahora'],
  ])('asked for in %s', async (_, language, text) => {
    const meeting = await client.create({}, { 'accept-language': language });
    expect(decode(meeting)).toContain(`>${text}</a>`);
  });

  test('is encoded as Graph encodes it, with the meeting’s own link, id and passcode', async () => {
    const meeting = await client.create({ joinMeetingIdSettings: { isPasscodeRequired: true } });
    const settings = meeting['joinMeetingIdSettings'] as Json;
    const { content } = meeting['joinInformation'] as { content: string };
    expect(content).toMatch(/^data:text\/html,%3cdiv\+style%3d%22[\w.+%-]*$/);
    expect(content).not.toMatch(/%[0-9A-F]?[A-F]/);
    const html = decode(meeting);
    expect(html).toContain(`href="${String(meeting['joinWebUrl'])}"`);
    expect(html).toContain(`<span>${String(settings['passcode'])}</span>`);
    expect(html.replaceAll(' ', '')).toContain(`<span>${String(settings['joinMeetingId'])}</span>`);
  });
});

function decode({ joinInformation }: Json): string {
  const { content } = joinInformation as { content: string };
  return decodeURIComponent(content.replaceAll('+', '%20'));
}
