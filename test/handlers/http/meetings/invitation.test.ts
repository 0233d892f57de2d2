import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import { MeetingError } from '../../../../src/errors/meeting-error';
import { makeGetInvitationHandler } from '../../../../src/handlers/http/meetings/invitation';
import { answering } from '../../../../src/handlers/invocation';
import { renderInvitation } from '../../../../src/invitations';
import { createMeeting } from '../../../../src/meetings/create/create-meeting';
import { aRequest, CoreHarness } from '../../../support/harness/core-harness';

async function setUp({ isMade = true } = {}) {
  const core = new CoreHarness();
  if (isMade) {
    await createMeeting(aRequest, core.metadata(), core.deps);
    const [meeting] = core.graph.meetings;
    Object.assign(meeting ?? {}, { joinInformation: { content: 'data:text/html,Join+now' } });
  }
  core.graph.calls.length = 0;
  const handler = answering(
    makeGetInvitationHandler({ ...core.deps, renderInvitation }),
    core.deps,
  );
  const get = async (query = '', headers: Record<string, string> = {}) => {
    const url = `https://convoke.example/api/requests/x/invitation${query}`;
    const params = { requestId: aRequest.requestId ?? '' };
    const request = new HttpRequest({ method: 'GET', url, params, headers });
    return (await handler(request, new InvocationContext())) as HttpResponseInit & {
      readonly headers: Readonly<Record<string, string>>;
    };
  };
  return { core, get };
}

test.each([
  ['text/calendar', 'text/calendar; charset=utf-8; method=PUBLISH'],
  ['text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'text/html; charset=utf-8'],
  ['text/html;q=0.5, text/calendar', 'text/calendar; charset=utf-8; method=PUBLISH'],
  ['text/html;q=0, */*', 'text/plain; charset=utf-8'],
  ['application/json', 'text/plain; charset=utf-8'],
  ['', 'text/plain; charset=utf-8'],
])('Accept: %s is answered as %s', async (accept, type) => {
  const { get } = await setUp();
  const answer = await get('', { accept });
  expect(answer.headers).toMatchObject({ 'Content-Type': type, 'Cache-Control': 'no-store' });
});

test('the query overrides the headers', async () => {
  const { core, get } = await setUp();
  const answer = await get('?format=ics&language=de', {
    accept: 'text/html',
    'accept-language': 'fr',
  });
  expect(answer.headers['Content-Type']).toMatch(/^text\/calendar/);
  expect(core.graph.readIn).toEqual(['de']);
});

test('a language takes one call, and none is made when the row has what is needed', async () => {
  const { core, get } = await setUp();
  const [meeting] = core.graph.meetings;
  await get('', { 'accept-language': 'pt-BR' });
  expect(core.graph.calls).toEqual(['get']);
  expect(core.graph.readIn).toEqual(['pt-BR']);
  const stored = await core.ledger.read(aRequest.requestId ?? '');
  const { progress } = stored?.entry ?? {};
  if (stored === undefined || progress?.state !== 'finished') throw new Error('not finished');
  const result = { ...progress.result, meeting: { ...meeting } };
  await core.ledger.replace(stored.etag, { ...stored.entry, progress: { ...progress, result } });
  expect((await get()).body).toContain('Join now');
  expect(core.graph.calls).toEqual(['get']);
});

test.each([
  ['?format=pdf', { target: 'format' }],
  ['?language=x_y', { details: [{ target: 'language' }] }],
  ['?timeZone=Mars', { details: [{ target: 'timeZone' }] }],
])('%s is refused by name', async (query, expected) => {
  const { get } = await setUp();
  expect(await get(query)).toMatchObject({
    status: 400,
    jsonBody: { error: { code: 'invalidRequest', ...expected } },
  });
});

test('a request that nobody made has no invitation', async () => {
  const { get } = await setUp({ isMade: false });
  expect(await get()).toMatchObject({
    status: 404,
    jsonBody: { error: { code: 'requestNotFound' } },
  });
});

test('a request that failed says so', async () => {
  const { core, get } = await setUp({ isMade: false });
  core.graph.fault = (call) =>
    call === 'createOrGet' ? { before: new MeetingError('accessPolicyMissing', 'x') } : undefined;
  await createMeeting(aRequest, core.metadata(), core.deps);
  expect(await get()).toMatchObject({
    status: 404,
    jsonBody: { error: { message: expect.stringContaining('accessPolicyMissing') as string } },
  });
});

test('a request that is still under way is asked for again', async () => {
  const { core, get } = await setUp({ isMade: false });
  core.graph.fault = () => ({
    before: new MeetingError('throttled', 'x', { retryAfterMs: 60_000 }),
  });
  await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('x');
  expect(await get()).toMatchObject({
    status: 409,
    jsonBody: { error: { code: 'requestInProgress' } },
  });
});

test('HTML may not run anything in a browser', async () => {
  const { get } = await setUp();
  expect((await get('?format=html')).headers['Content-Security-Policy']).toContain(
    "default-src 'none'",
  );
});
