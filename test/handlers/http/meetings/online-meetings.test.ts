import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import { MeetingError } from '../../../../src/errors/meeting-error';
import { makeCreateMeetingHandler } from '../../../../src/handlers/http/meetings/create-meeting';
import {
  makeCreateMyOnlineMeetingHandler,
  makeCreateOnlineMeetingHandler,
  makeCreateOrGetMyOnlineMeetingHandler,
  makeCreateOrGetOnlineMeetingHandler,
} from '../../../../src/handlers/http/meetings/online-meetings';
import { answering } from '../../../../src/handlers/invocation';
import type { HttpHandler } from '../../../../src/handlers/http/response';
import { CoreHarness } from '../../../support/harness/core-harness';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const ben = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';
const meeting = {
  subject: 'Parent evening',
  startDateTime: '2030-12-01T14:30:00Z',
  endDateTime: '2030-12-01T15:00:00Z',
};

type Answer = HttpResponseInit & {
  readonly jsonBody: { readonly id?: string; readonly error?: object };
};

/** The endpoints for meetings, with everything behind them in memory. */
class Endpoints {
  readonly core = new CoreHarness();
  readonly #deps = this.core.deps;
  readonly #signIn = { enabled: true };
  readonly create = this.#at(makeCreateOnlineMeetingHandler(this.#deps));
  readonly createOrGet = this.#at(makeCreateOrGetOnlineMeetingHandler(this.#deps));
  readonly createMine = this.#at(makeCreateMyOnlineMeetingHandler(this.#deps, this.#signIn));
  readonly createOrGetMine = this.#at(
    makeCreateOrGetMyOnlineMeetingHandler(this.#deps, this.#signIn),
  );
  readonly createMeeting = this.#at(makeCreateMeetingHandler(this.#deps));

  #at(handler: HttpHandler) {
    return async (
      body: unknown,
      headers: Record<string, string> = {},
      params: Record<string, string> = { userId: anna },
    ): Promise<Answer> => {
      const request = new HttpRequest({
        method: 'POST',
        url: 'https://convoke.example/api',
        headers,
        params,
        ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
      });
      const context = new InvocationContext({ invocationId: 'invocation-1' });
      return (await answering(handler, this.#deps)(request, context)) as Answer;
    };
  }
}

const key = (value: string) => ({ 'Idempotency-Key': value });
const signedIn = (objectId: string): Record<string, string> => ({
  'x-ms-client-principal': Buffer.from(
    JSON.stringify({ auth_typ: 'aad', claims: [{ typ: 'oid', val: objectId }] }),
  ).toString('base64'),
});

describe('an object that an SDK sends a second time has an empty body', () => {
  const empty = [undefined, {}, { '@odata.type': '#microsoft.graph.onlineMeeting' }];

  test.each(empty)('under a known key it repeats the request: %j', async (body) => {
    const endpoints = new Endpoints();
    const first = await endpoints.create(meeting, key('k'));
    const second = await endpoints.create(body, key('k'));
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.jsonBody).toEqual(first.jsonBody);
    expect(endpoints.core.graph.meetings).toHaveLength(1);
  });

  test('it repeats a request that could not be carried out the first time, as it was', async () => {
    const endpoints = new Endpoints();
    const options = { ...meeting, allowedPresenters: 'organizer' };
    endpoints.core.graph.fault = () => ({
      before: new MeetingError('throttled', 'Too many.', { retryAfterMs: 60_000 }),
    });
    const first = await endpoints.create(options, key('k'));
    endpoints.core.graph.fault = () => undefined;
    const second = await endpoints.create({}, key('k'));
    expect([first.status, second.status]).toEqual([429, 201]);
    expect(second.jsonBody).toMatchObject(options);
  });

  test('for createOrGet too, and for the signed-in caller', async () => {
    const endpoints = new Endpoints();
    const mine = { ...signedIn(anna), ...key('k') };
    const kept = { ...meeting, externalId: 'e' };
    const answers = [
      await endpoints.createOrGet(kept, key('k')),
      await endpoints.createOrGet({}, key('k')),
      await endpoints.createMine(meeting, mine),
      await endpoints.createMine({}, mine),
      await endpoints.createOrGetMine(kept, { ...signedIn(ben), ...key('k') }),
      await endpoints.createOrGetMine({}, { ...signedIn(ben), ...key('k') }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 201, 200, 201, 200]);
  });

  test.each(empty)(
    'without a key, or under one that is not known, it is refused: %j',
    async (body) => {
      const endpoints = new Endpoints();
      for (const headers of [{}, key('never-used')]) {
        const answer = await endpoints.create(body, headers);
        expect(answer).toMatchObject({
          status: 400,
          jsonBody: {
            error: {
              code: 'invalidRequest',
              message:
                'The body is empty. Graph SDKs send only what has changed since an object was last sent.',
            },
          },
        });
      }
      expect(endpoints.core.graph.meetings).toEqual([]);
    },
  );

  test('another organizer does not get the meeting by its key', async () => {
    const endpoints = new Endpoints();
    await endpoints.create(meeting, key('k'));
    const answer = await endpoints.create({}, key('k'), { userId: ben });
    expect(answer).toMatchObject({
      status: 409,
      jsonBody: { error: { code: 'requestIdReused' } },
    });
  });

  test('a body that says at least one thing is a meeting, as for Graph', async () => {
    const endpoints = new Endpoints();
    expect(await endpoints.create({ subject: null })).toMatchObject({ status: 201 });
  });
});

describe('keys of callers who may act only for themselves', () => {
  test('a key that is the id of another person’s request does not affect it', async () => {
    const endpoints = new Endpoints();
    const squatted = await endpoints.createMine(meeting, { ...signedIn(ben), ...key('hr-1') });
    const owner = await endpoints.createMeeting({
      requestId: 'hr-1',
      organizer: anna,
      meeting: { ...meeting, subject: 'Interview' },
    });
    expect([squatted.status, owner.status]).toEqual([201, 201]);
  });

  test('the same key of two callers is two requests, and of one caller is one', async () => {
    const endpoints = new Endpoints();
    const send = (who: string) => endpoints.createMine(meeting, { ...signedIn(who), ...key('k') });
    const answers = [await send(anna), await send(ben), await send(anna)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200]);
    expect(answers[2]?.jsonBody.id).toBe(answers[0]?.jsonBody.id);
  });

  test('not even a key that looks like the id of another caller’s is taken for it', async () => {
    const endpoints = new Endpoints();
    await endpoints.createMine(meeting, { ...signedIn(anna), ...key('k') });
    const other = await endpoints.createMine(
      { ...meeting, subject: 'Other' },
      { ...signedIn(ben), ...key(`me:${anna}:k`) },
    );
    expect(other.status).toBe(201);
  });

  test('the longest key differs from one with another last character', async () => {
    const endpoints = new Endpoints();
    const send = (last: string) =>
      endpoints.createMine(
        { ...meeting, subject: last },
        { ...signedIn(anna), ...key('x'.repeat(255) + last) },
      );
    const answers = [await send('a'), await send('b'), await send('a')];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200]);
  });
});

test('createOrGet: two organizers with long addresses do not share an externalId', async () => {
  const endpoints = new Endpoints();
  const body = { ...meeting, externalId: 'e'.repeat(200) };
  const rest = `${'x'.repeat(60)}@contoso.com`;
  const users = [`anna-${rest}`, `ben-${rest}`];
  users.forEach((user, at) => endpoints.core.graph.people.set(user, [anna, ben][at] ?? ''));
  const answers = [];
  for (const userId of users) answers.push(await endpoints.createOrGet(body, {}, { userId }));
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
});

describe('every error identifies the call with', () => {
  test.each([
    ['as the caller gave it', { 'client-request-id': 'call-7' }, 'call-7'],
    ['of the app, when the caller gave none', {}, 'invocation-1'],
    [
      'of the app, when the host could not send the caller’s',
      { 'client-request-id': 'é' },
      'invocation-1',
    ],
    [
      'of the app, when the caller’s is endless',
      { 'client-request-id': 'x'.repeat(9_000) },
      'invocation-1',
    ],
  ])('its id, %s', async (_what, headers, id) => {
    const answer = await new Endpoints().create({}, headers);
    expect(answer.headers).toMatchObject({ 'client-request-id': id, 'request-id': 'invocation-1' });
    expect(answer.jsonBody.error).toMatchObject({ innerError: { 'client-request-id': id } });
  });

  test('when another attempt is under way: to come back within seconds, not when its lease ends', async () => {
    const endpoints = new Endpoints();
    const { ledger, clock } = endpoints.core;
    await ledger.begin({
      requestId: 'k',
      fingerprint: { organizer: anna, externalId: null, ...meeting },
      plan: 'createOnce',
      attempts: 1,
      acceptedDateTime: clock.now().toISOString(),
      progress: { state: 'inProgress', leaseUntil: clock.now().getTime() + 120_000 },
    });
    const answer = await endpoints.create(meeting, key('k'));
    expect(answer).toMatchObject({
      status: 409,
      headers: { 'Retry-After': '5' },
      jsonBody: { error: { code: 'requestInProgress' } },
    });
  });
});
