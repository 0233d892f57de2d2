import { gzipSync } from 'node:zlib';
import { StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use({
  settings: {
    WEBSITE_AUTH_ENABLED: 'True',
    AUTH_TENANT_ID: '909c6581-5130-43e9-88f3-fcb3582cde37',
  },
});
const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const annasMeetings = `v1.0/users/${anna}/onlineMeetings`;

/** The example of Microsoft's page "Create onlineMeeting": an offset and seven fractional digits. */
const documented = {
  startDateTime: '2019-07-12T14:30:34.2444915-07:00',
  endDateTime: '2019-07-12T15:00:34.2464912-07:00',
  subject: 'User meeting in Microsoft Teams channel.',
};

describe('POST /api/v1.0/users/{userId}/onlineMeetings', () => {
  test.each([
    ['an object id', anna],
    ['a user principal name', 'anna@contoso.com'],
    ['an email address', 'chloe.martin@contoso.com'],
  ])('makes the documented meeting for %s and answers as Graph does', async (_name, user) => {
    const { status, body } = await harness.post(`v1.0/users/${user}/onlineMeetings`, documented);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      '@odata.context': expect.stringContaining('/onlineMeetings/$entity') as unknown,
      subject: 'User meeting in Microsoft Teams channel.',
      startDateTime: '2019-07-12T21:30:34.2444915Z',
      endDateTime: '2019-07-12T22:00:34.2464912Z',
      joinWebUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//) as unknown,
      capabilities: [],
    });
  });

  test.each([
    [
      'required',
      { joinMeetingIdSettings: { isPasscodeRequired: true } },
      expect.stringMatching(/^\w{8}$/) as unknown,
    ],
    ['not required', { joinMeetingIdSettings: { isPasscodeRequired: false } }, null],
    ['not mentioned', {}, null],
  ])('makes the documented meeting with a passcode %s', async (_name, options, passcode) => {
    const { status, body } = await harness.post(annasMeetings, { ...documented, ...options });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      joinMeetingIdSettings: { joinMeetingId: expect.stringMatching(/^\d+$/) as unknown, passcode },
    });
  });

  test('accepts what Graph accepts: no subject and no times', async () => {
    const { status, body } = await harness.post(annasMeetings, { subject: null });
    expect(status).toBe(201);
    expect(body).toMatchObject({ subject: null });
  });

  test('makes one meeting for one Idempotency-Key, and refuses it for another', async () => {
    const headers = { 'Idempotency-Key': 'graph-key-1' };
    const first = await harness.post(annasMeetings, documented, headers);
    const second = await harness.post(annasMeetings, documented, headers);
    const other = await harness.post(annasMeetings, { ...documented, subject: 'Other' }, headers);
    expect([first.status, second.status, other.status]).toEqual([201, 200, 409]);
    expect(second.body).toEqual(first.body);
    expect(other.body).toMatchObject({ error: { code: 'requestIdReused' } });
  });

  test('one key through two endpoints is one meeting', async () => {
    const first = await harness.post(annasMeetings, documented, {
      'Idempotency-Key': 'both-endpoints',
    });
    const second = await harness.post('createMeeting', {
      requestId: 'both-endpoints',
      organizer: 'anna@contoso.com',
      meeting: documented,
    });
    expect(second.status).toBe(200);
    expect((second.body as { meeting: { id: string } }).meeting.id).toBe(
      (first.body as { id: string }).id,
    );
  });

  test('reports a refusal in the format of Graph’s errors', async () => {
    const { status, body, headers } = await harness.post(
      'v1.0/users/no-policy@contoso.com/onlineMeetings',
      documented,
      {
        'client-request-id': '3f1d2f6c-0000-4000-8000-000000000001',
      },
    );
    expect(status).toBe(403);
    expect(headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('client-request-id')).toBe('3f1d2f6c-0000-4000-8000-000000000001');
    expect(body).toEqual({
      error: {
        code: 'accessPolicyMissing',
        message: expect.any(String) as unknown,
        innerError: {
          'request-id': headers.get('request-id'),
          'client-request-id': '3f1d2f6c-0000-4000-8000-000000000001',
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as unknown,
          remedy: expect.stringContaining('application access policy') as unknown,
          'graph-request-id': expect.any(String) as unknown,
        },
      },
    });
  });

  test.each([
    [
      'end before start',
      { ...documented, endDateTime: '2019-07-12T14:00:00Z', startDateTime: '2019-07-12T15:00:00Z' },
      'endDateTime',
    ],
    ['end without start', { subject: 'a', endDateTime: '2019-07-12T14:00:00Z' }, 'endDateTime'],
    ['an externalId on the plain endpoint', { ...documented, externalId: 'x' }, 'externalId'],
  ])('refuses %s', async (_name, body, target) => {
    const answer = await harness.post(annasMeetings, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'invalidRequest', target } });
  });
});

describe('POST /api/v1.0/users/{userId}/onlineMeetings/createOrGet', () => {
  test('answers 201 and then 200 with the same meeting, and takes the options that Graph’s own ignores', async () => {
    const body = {
      ...documented,
      externalId: 'own-key-1',
      lobbyBypassSettings: { scope: 'everyone' },
    };
    const first = await harness.post(`${annasMeetings}/createOrGet`, body);
    const second = await harness.post(`${annasMeetings}/createOrGet`, { externalId: 'own-key-1' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({
      subject: documented.subject,
      lobbyBypassSettings: { scope: 'everyone' },
    });
    expect((second.body as { id: string }).id).toBe((first.body as { id: string }).id);
  });

  test('needs an externalId', async () => {
    const { status, body } = await harness.post(`${annasMeetings}/createOrGet`, documented);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { target: 'externalId' } });
  });
});

describe('POST /api/v1.0/me/onlineMeetings', () => {
  const principal = (claims: object[], provider = 'aad'): Record<string, string> => ({
    'X-MS-CLIENT-PRINCIPAL': Buffer.from(JSON.stringify({ auth_typ: provider, claims })).toString(
      'base64',
    ),
  });
  const id = { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: anna };
  const tenant = {
    typ: 'http://schemas.microsoft.com/identity/claims/tenantid',
    val: '909c6581-5130-43e9-88f3-fcb3582cde37',
  };

  test('createOrGet, as on Graph’s own page, answers 201 and then 200 with the same meeting', async () => {
    const send = () =>
      harness.post(
        'v1.0/me/onlineMeetings/createOrGet',
        { ...documented, externalId: 'my-own-key' },
        principal([id, tenant]),
      );
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect((second.body as { id: string }).id).toBe((first.body as { id: string }).id);
  });

  test('makes the meeting of the signed-in user', async () => {
    const { status, body } = await harness.post(
      'v1.0/me/onlineMeetings',
      documented,
      principal([id, tenant]),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      participants: { organizer: { identity: { user: { id: anna } } } },
    });
  });

  test.each([
    ['nobody is signed in', {}, 401],
    ['the header is garbage', { 'X-MS-CLIENT-PRINCIPAL': '%%%' }, 401],
    ['the sign-in is of another provider', principal([id, tenant], 'google'), 401],
    ['the sign-in has no object id', principal([tenant]), 401],
    [
      'the sign-in is of another tenant',
      principal([id, { ...tenant, val: '11111111-5130-43e9-88f3-fcb3582cde37' }]),
      403,
    ],
  ])('refuses when %s', async (_name, headers, expected) => {
    expect((await harness.post('v1.0/me/onlineMeetings', documented, headers)).status).toBe(
      expected,
    );
  });
});

describe('however a body travels', () => {
  const address = () => `${harness.stack.url}/api/${annasMeetings}`;
  const json = { 'Content-Type': 'application/json' };
  const text = JSON.stringify(documented);

  test('compressed, as the Go SDK of Graph sends it', async () => {
    const answer = await harness.post(annasMeetings, gzipSync(text), {
      'Content-Encoding': 'gzip',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ subject: documented.subject });
  });

  test('in chunks without a length, as PostAsJsonAsync of .NET sends it', async () => {
    const response = await fetch(address(), {
      method: 'POST',
      headers: json,
      body: new Blob([text.slice(0, 40), text.slice(40)]).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ subject: documented.subject });
  });

  test('both at once', async () => {
    const response = await fetch(address(), {
      method: 'POST',
      headers: { ...json, 'Content-Encoding': 'gzip' },
      body: new Blob([gzipSync(text)]).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(201);
  });
});

describe('what is not served', () => {
  test.each([
    ['GET', `v1.0/users/anna@contoso.com`, 404],
    ['GET', `v1.0/users/anna@contoso.com/events`, 404],
    ['POST', 'beta/me/onlineMeetings', 404],
    ['POST', 'v1.0/$batch', 501],
    ['PUT', annasMeetings, 405],
    ['GET', 'createMeeting', 405],
    ['GET', 'nothing/here', 404],
    ['GET', '', 404],
  ])(
    '%s /api/%s is refused as Graph does, and says what there is',
    async (method, path, status) => {
      const response = await fetch(`${harness.stack.url}/api/${path}`, { method });
      expect(response.status).toBe(status);
      expect(response.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(await response.json()).toMatchObject({
        error: {
          code: expect.any(String) as unknown,
          message: expect.any(String) as unknown,
          innerError: { remedy: expect.any(String) as unknown },
        },
      });
    },
  );
});
