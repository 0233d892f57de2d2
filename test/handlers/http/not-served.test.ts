import { HttpRequest, InvocationContext, type HttpMethod } from '@azure/functions';
import { makeNotServedHandler } from '../../../src/handlers/http/not-served';

const handler = makeNotServedHandler(() => new Date('2030-12-01T09:00:00Z'));
const context = new InvocationContext({ invocationId: 'invocation-1' });

const ask = (method: HttpMethod, path: string) =>
  handler(
    new HttpRequest({
      method,
      url: `https://convoke.example/api/${path}`,
      params: path === '' ? {} : { path },
      headers: { 'client-request-id': 'call-7' },
    }),
    context,
  );

test.each<[HttpMethod, string, number, string]>([
  ['GET', '', 404, 'endpointNotFound'],
  ['POST', 'createMeetings', 404, 'endpointNotFound'],
  ['GET', 'v1.0/me', 404, 'endpointNotFound'],
  ['GET', 'v1.0/users/anna@contoso.com', 404, 'endpointNotFound'],
  ['POST', 'beta/users/anna@contoso.com/onlineMeetings', 404, 'endpointNotFound'],
  ['POST', 'v1.0/$batch', 501, 'notImplemented'],
  ['POST', 'beta/$batch', 501, 'notImplemented'],
  ['GET', 'createMeeting', 405, 'methodNotAllowed'],
  ['HEAD', 'Health', 405, 'methodNotAllowed'],
  ['PUT', 'v1.0/users/anna@contoso.com/onlineMeetings', 405, 'methodNotAllowed'],
  ['GET', 'v1.0/me/onlineMeetings/createOrGet/', 405, 'methodNotAllowed'],
  ['POST', 'openapi.json', 405, 'methodNotAllowed'],
  ['HEAD', 'app', 405, 'methodNotAllowed'],
  ['POST', 'openapiXjson', 404, 'endpointNotFound'],
])('%s /api/%s is %i %s, in the shape of Graph’s errors', async (method, path, status, code) => {
  expect(await ask(method, path)).toMatchObject({
    status,
    headers: { 'request-id': 'invocation-1', 'client-request-id': 'call-7' },
    jsonBody: {
      error: {
        code,
        message: expect.stringMatching(/\.$/) as unknown,
        innerError: { date: '2030-12-01T09:00:00', remedy: expect.any(String) as unknown },
      },
    },
  });
});

test('the wrong method is answered with the right ones', async () => {
  expect(await ask('PUT', 'batches')).toMatchObject({ headers: { Allow: 'POST, GET' } });
});

test('callers who expect Graph get the list of served Graph calls', async () => {
  expect(await ask('GET', 'v1.0/me/events')).toMatchObject({
    jsonBody: {
      error: {
        message: expect.stringContaining('POST /v1.0/users/{userId}/onlineMeetings/createOrGet'),
        innerError: { remedy: 'Send this call to Microsoft Graph itself.' },
      },
    },
  });
});

test('the quoted part of an address is short and without control characters', async () => {
  const answer = await ask('GET', `x\u0007${'y'.repeat(5_000)}`);
  const { message } = (answer.jsonBody as { error: { message: string } }).error;
  expect(message.length).toBeLessThan(120);
  expect(message).not.toMatch(/\p{Cc}/u);
});
