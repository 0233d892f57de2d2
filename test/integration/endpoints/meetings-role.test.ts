import { requestBody, StackHarness } from '../../support/harness/stack-harness';
import { anna } from '../../support/harness/graph-harness';

const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
const principal = (...roles: readonly string[]): Record<string, string> => ({
  'X-MS-CLIENT-PRINCIPAL': Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      claims: [
        { typ: 'oid', val: anna },
        { typ: 'tid', val: tenantId },
        ...roles.map((val) => ({ typ: 'roles', val })),
      ],
    }),
  ).toString('base64'),
});

const meeting = {
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
};

/** Every endpoint that makes or shows meetings of any organizer. */
const endpoints: readonly (readonly [endpoint: string, path: string, body: () => unknown])[] = [
  ['createMeeting', 'createMeeting', () => requestBody()],
  ['createOnlineMeeting', `v1.0/users/${anna}/onlineMeetings`, () => meeting],
  [
    'createOrGetOnlineMeeting',
    `v1.0/users/${anna}/onlineMeetings/createOrGet`,
    () => ({ ...meeting, externalId: `e-${Math.random()}` }),
  ],
  ['submitBatch', 'batches', () => ({ requests: [requestBody()] })],
];

describe('with App Service authentication on', () => {
  const harness = StackHarness.use({
    settings: { WEBSITE_AUTH_ENABLED: 'True', AUTH_TENANT_ID: tenantId },
  });

  test.each(endpoints)(
    '%s is closed to a signed-in caller without the role',
    async (_endpoint, path, body) => {
      const answer = await harness.post(path, body(), principal('Meetings.Read'));
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({
        error: { code: 'forbidden', message: expect.stringContaining('Meetings.Create') },
      });
    },
  );

  test.each(endpoints)(
    '%s is open to one with the role, and to a key alone',
    async (_endpoint, path, body) => {
      expect((await harness.post(path, body(), principal('Meetings.Create'))).status).toBeLessThan(
        300,
      );
      expect((await harness.post(path, body())).status).toBeLessThan(300);
    },
  );

  test.each(['GET', 'PATCH', 'DELETE'])(
    '%s of a stored meeting is closed to a signed-in caller without the role',
    async (method) => {
      const address = `${harness.stack.url}/api/v1.0/users/${anna}/onlineMeetings`;
      const calls = [`${address}/abc`, ...(method === 'GET' ? [address] : [])];
      for (const call of calls) {
        const { status } = await fetch(call, { method, headers: principal('Meetings.Read') });
        expect(status).toBe(403);
        const allowed = await fetch(call, { method, headers: principal('Meetings.Create') });
        expect(allowed.status).toBe(400);
      }
    },
  );

  test('what others asked for is not shown without the role', async () => {
    const { requestId } = requestBody() as { requestId: string };
    await harness.post('createMeeting', requestBody({ requestId }));
    const response = await fetch(`${harness.stack.url}/api/requests/${requestId}`, {
      headers: principal(),
    });
    expect(response.status).toBe(403);
  });

  test('/me is open without the role', async () => {
    expect((await harness.post('v1.0/me/onlineMeetings', meeting, principal())).status).toBe(201);
  });
});

describe('with App Service authentication off', () => {
  const harness = StackHarness.use({ settings: { AUTH_TENANT_ID: tenantId } });

  test('a header that anybody can write neither opens /me nor closes an endpoint', async () => {
    expect(
      (await harness.post('v1.0/me/onlineMeetings', meeting, principal('Meetings.Create'))).status,
    ).toBe(401);
    expect((await harness.post('createMeeting', requestBody(), principal())).status).toBe(201);
  });
});
