import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeCreateMeetingHandler } from '../../../../src/handlers/http/meetings/create-meeting';
import { previewing } from '../../../../src/handlers/http/meetings/preview-meeting';
import { answering } from '../../../../src/handlers/invocation';
import { CoreHarness } from '../../../support/harness/core-harness';

const base = {
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Berlin',
  durationMinutes: 30,
  meeting: { subject: 'Evening', startDateTime: '2030-12-03T18:00' },
};

const post = (body: unknown, { deps } = new CoreHarness()) =>
  answering(makeCreateMeetingHandler(deps), deps)(
    new HttpRequest({
      method: 'POST',
      url: 'https://convoke.example/api/createMeeting',
      body: { bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
    }),
    new InvocationContext({ invocationId: 'invocation-1' }),
  );

const starting = (startDateTime: string, change: object = {}) => ({
  ...base,
  ...change,
  meeting: { ...base.meeting, startDateTime },
});

test.each<[string, unknown]>([
  ['a date with one meaning', starting('25.12.2030 18:00')],
  ['a date in the order that is named', starting('01/02/2030 18:00', { dateOrder: 'dmy' })],
  ['a copied organizer', { ...base, organizer: 'Berg, Anna <anna@contoso.com>' }],
  ['a duration in words', { ...base, durationMinutes: '1 h 30' }],
  ['an event', { specversion: '1.0', type: 'x', source: '/x', id: '1', data: base }],
])('POST /api/createMeeting takes %s', async (_name, body) => {
  expect(await post(body)).toMatchObject({ status: 201 });
});

test.each<[string, unknown, string, RegExp]>([
  ['a list', [base], '$', /Send a list to POST \/api\/batches/],
  ['a body with requests', { requests: [base] }, '$', /Send a list to POST \/api\/batches/],
  ['an Excel error', { ...base, organizer: '#NV' }, 'organizer', /Excel error #NV/],
  ['a day alone', starting('47820'), 'meeting.startDateTime', /date without a time of day/],
  ['a meeting that is over', starting('44895.604166'), 'meeting.endDateTime', /over.*1904/],
  ['Python bytes', `b'${JSON.stringify(base)}'`, '$', /Python bytes/],
])('POST /api/createMeeting refuses %s', async (_name, body, target, message) => {
  expect(await post(body)).toMatchObject({
    status: 400,
    jsonBody: {
      error: { details: [{ target, message: expect.stringMatching(message) as string }] },
    },
  });
});

test('a request that is refused says too that its meeting is over', async () => {
  const body = starting('2020-12-03T18:00', { organizer: 'anna' });
  expect(await post(body)).toMatchObject({
    jsonBody: { error: { details: [{ target: 'organizer' }, { code: 'inThePast' }] } },
  });
});

describe('the same requestId with other options', () => {
  const withLobby = (scope: string, action = 'create') => ({
    ...base,
    requestId: 'evening-1',
    action,
    meeting: { ...base.meeting, lobbyBypassSettings: { scope } },
  });

  test('has the first meeting, and says which options that does not have', async () => {
    const harness = new CoreHarness();
    await post(withLobby('organizer'), harness);
    expect(await post(withLobby('organizer'), harness)).toMatchObject({
      jsonBody: { status: 'existing', notApplied: [] },
    });
    expect(await post(withLobby('everyone'), harness)).toMatchObject({
      status: 200,
      jsonBody: {
        status: 'existing',
        meeting: { lobbyBypassSettings: { scope: 'organizer' } },
        notApplied: ['lobbyBypassSettings.scope'],
      },
    });
    expect(harness.results.published.map(({ notApplied }) => notApplied)).toEqual([[], [], []]);
  });

  test('as an upsert changes the meeting', async () => {
    const harness = new CoreHarness();
    await post(withLobby('organizer'), harness);
    expect(await post(withLobby('everyone', 'upsert'), harness)).toMatchObject({
      jsonBody: { status: 'updated', notApplied: [] },
    });
  });
});

test.each([
  ['?Preview=true', 'Preview', /Did you mean preview\?/],
  ['?preveiw=true', 'preveiw', /Did you mean preview\?/],
  ['?confirm=true', 'confirm', /not supported here\.$/],
  ['?preview=false&preview=true', 'preview', /must have one value/],
])('POST /api/createMeeting%s is refused, and creates nothing', async (query, target, message) => {
  const harness = new CoreHarness();
  const { deps } = harness;
  const previewDeps = { ...deps, rights: { check: () => Promise.resolve() } };
  const handler = answering(previewing(makeCreateMeetingHandler(deps), previewDeps), deps);
  const request = new HttpRequest({
    method: 'POST',
    url: `https://convoke.example/api/createMeeting${query}`,
    body: { bytes: Buffer.from(JSON.stringify(base)) },
  });
  expect(await handler(request, new InvocationContext())).toMatchObject({
    status: 400,
    jsonBody: { error: { target, message: expect.stringMatching(message) as string } },
  });
  expect(harness.graph.meetings).toEqual([]);
});
