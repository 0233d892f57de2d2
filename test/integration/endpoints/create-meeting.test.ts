import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
const meetingWith = (options: object): object => ({
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00',
  ...options,
});

describe('POST /api/createMeeting', () => {
  test('answers 201 with the result and puts the same result on the queue', async () => {
    const { status, body } = await harness.post(
      'createMeeting',
      requestBody({ requestId: 'endpoint-1' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      requestId: 'endpoint-1',
      status: 'created',
      organizer: { given: 'anna@contoso.com', id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' },
      meeting: {
        subject: 'Parent evening',
        startDateTime: '2026-12-01T14:30:00Z',
        endDateTime: '2026-12-01T15:00:00Z',
        // Not in Graph's schema: passed on unchanged.
        meetingCode: expect.stringMatching(/^\d+$/) as unknown,
      },
      notApplied: [],
      error: null,
    });
    expect(await harness.resultOf('endpoint-1')).toEqual(body);
  });

  test('chooses the organizer from a pool, once', async () => {
    const request = requestBody({
      requestId: 'endpoint-pool',
      organizer: undefined,
      organizerPool: 'Teachers',
    });
    const first = await harness.post('createMeeting?preview=true', request);
    const made = await harness.post('createMeeting', request);
    const repeated = await harness.post('createMeeting', request);
    const id = expect.stringMatching(/^dc17674c-81d9-4adb-bfb2-8f6a442e460[123]$/) as string;
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ organizer: { given: null, pool: 'Teachers', id } });
    expect(first.body).toMatchObject({
      preview: { outcome: 'create' },
      organizer: (made.body as { organizer: object }).organizer,
    });
    const { organizer, meeting } = made.body as { organizer: object; meeting: object };
    expect(repeated.body).toMatchObject({ status: 'existing', organizer, meeting });
  });

  test('answers a repeat with 200 and the same meeting', async () => {
    const first = await harness.post('createMeeting', requestBody({ requestId: 'endpoint-2' }));
    const second = await harness.post('createMeeting', requestBody({ requestId: 'endpoint-2' }));
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual({ ...(first.body as object), status: 'existing' });
  });

  test('answers 409 to the same requestId for another meeting', async () => {
    await harness.post('createMeeting', requestBody({ requestId: 'endpoint-3' }));
    const { status, body } = await harness.post(
      'createMeeting',
      requestBody({ requestId: 'endpoint-3', durationMinutes: 45 }),
    );
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'requestIdReused', target: 'requestId' } });
  });

  test('takes the key from the Idempotency-Key header as well', async () => {
    const { requestId: _, ...body } = requestBody() as { requestId: string };
    const headers = { 'Idempotency-Key': 'endpoint-key' };
    const first = await harness.post('createMeeting', body, headers);
    const second = await harness.post('createMeeting', body, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({ requestId: 'endpoint-key' });
  });

  test('makes another meeting on every call without a requestId', async () => {
    const { requestId: _, ...body } = requestBody() as { requestId: string };
    const [first, second] = [
      await harness.post('createMeeting', body),
      await harness.post('createMeeting', body),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect((first.body as { meeting: { id: string } }).meeting.id).not.toBe(
      (second.body as { meeting: { id: string } }).meeting.id,
    );
  });

  test('sets every option that only an update accepts', async () => {
    const options = {
      lobbyBypassSettings: { scope: 'invited', isDialInBypassEnabled: true },
      allowedPresenters: 'organizer',
      allowMeetingChat: 'limited',
    };
    const { body } = await harness.post(
      'createMeeting',
      requestBody({ meeting: meetingWith(options) }),
    );
    expect(body).toMatchObject({ meeting: options, notApplied: [] });
  });

  test.each([
    ['required', true, expect.stringMatching(/^\w{8}$/) as unknown],
    ['not required', false, null],
  ])('makes a meeting with a passcode %s', async (_name, isPasscodeRequired, passcode) => {
    const { status, body } = await harness.post(
      'createMeeting',
      requestBody({ meeting: meetingWith({ joinMeetingIdSettings: { isPasscodeRequired } }) }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      meeting: { joinMeetingIdSettings: { isPasscodeRequired, passcode } },
    });
  });

  test.each([
    ['language', requestBody({ language: 'pt-BR' }), {}],
    ['Accept-Language', requestBody(), { 'Accept-Language': 'pt-BR' }],
  ])('asks Graph for the language in %s', async (_name, body, headers) => {
    await harness.post('createMeeting', body, headers);
    const create = harness.stack.graph.log.list().findLast((entry) => entry.method === 'POST');
    expect(create).toMatchObject({
      acceptLanguage: 'pt-BR',
      prefer: 'include-unknown-enum-members',
    });
  });

  test('invites people and tells their roles', async () => {
    const attendees = [
      { upn: 'ben@contoso.com', role: 'presenter' },
      { upn: 'parent@example.org', role: 'attendee' },
    ];
    const { body } = await harness.post(
      'createMeeting',
      requestBody({ meeting: meetingWith({ participants: { attendees } }) }),
    );
    expect(body).toMatchObject({ status: 'created', notApplied: [] });
  });

  test('refuses a presenter who has no Entra identity, with the reason', async () => {
    const participants = { attendees: [{ upn: 'parent@example.org', role: 'presenter' }] };
    const { status, body } = await harness.post(
      'createMeeting',
      requestBody({ meeting: meetingWith({ participants }) }),
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: {
        code: 'invalidRequest',
        target: 'meeting.participants.attendees[0].role',
        message: expect.stringContaining('Entra') as unknown,
      },
    });
  });

  test.each([
    ['no-policy@contoso.com', 403, 'accessPolicyMissing'],
    ['no-licence@contoso.com', 403, 'organizerNotLicensed'],
    ['nobody@contoso.com', 404, 'organizerNotFound'],
    ['guest@fabrikam.com', 404, 'organizerNotFound'],
    ['guest_fabrikam.com#EXT#@contoso.onmicrosoft.com', 404, 'organizerNotFound'],
    ['dc17674c-81d9-4adb-bfb2-8f6a442e46ff', 404, 'organizerNotFound'],
    ['ffffffff-81d9-4adb-bfb2-8f6a442e46ff', 404, 'organizerNotFound'],
  ])(
    'organizer %s gives %i %s, in an answer and in a result',
    async (organizer, expected, code) => {
      const requestId = `organizer-${organizer}`;
      const { status, body } = await harness.post(
        'createMeeting',
        requestBody({ requestId, organizer }),
      );
      expect(status).toBe(expected);
      expect(body).toMatchObject({
        error: {
          code,
          innerError: {
            remedy: expect.any(String) as unknown,
            date: expect.any(String) as unknown,
          },
        },
      });
      expect(await harness.resultOf(requestId)).toMatchObject({
        status: 'failed',
        meeting: null,
        error: { code },
      });
    },
  );

  test('reports all problems of a request at once, by path', async () => {
    const { status, body } = await harness.post('createMeeting', {
      requestId: 'x'.repeat(300),
      timeZone: 'Mars/Olympus',
      colour: 'red',
      meeting: {
        subject: 'a',
        startDateTime: '2026-02-30T10:00:00Z',
        id: 'x',
        joinWebUrl: 'x',
        externalId: 'x',
        joinMeetingIdSettings: { passcode: '123' },
      },
    });
    expect(status).toBe(400);
    const { details } = (body as { error: { details: { target: string; code: string }[] } }).error;
    expect(details.map(({ code, target }) => `${target} ${code}`).sort()).toEqual([
      'colour unknownProperty',
      'meeting.endDateTime missing',
      'meeting.externalId unsupportedProperty',
      'meeting.id readOnlyProperty',
      'meeting.joinMeetingIdSettings.passcode unsupportedProperty',
      'meeting.joinWebUrl readOnlyProperty',
      'meeting.startDateTime invalidTime',
      'organizer missing',
      'requestId tooLong',
      'timeZone unknownTimeZone',
    ]);
  });
});
