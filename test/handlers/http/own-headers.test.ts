import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import { answering } from '../../../src/handlers/invocation';
import { CoreHarness } from '../../support/harness/core-harness';
import { MeetingError } from '../../../src/errors/meeting-error';

const request = new HttpRequest({ method: 'GET', url: 'https://convoke.example/api/requests/x' });
const context = new InvocationContext({ invocationId: 'invocation-1' });

const headersOf = async (handler: () => Promise<HttpResponseInit>): Promise<unknown> =>
  (await answering(handler, new CoreHarness().deps)(request, context)).headers;

test('an answer has an id for support, and is not cached', async () => {
  expect(await headersOf(() => Promise.resolve({ jsonBody: {} }))).toEqual({
    'request-id': 'invocation-1',
    'Cache-Control': 'no-store',
  });
});

test('so has an error', async () => {
  const fail = () => Promise.reject(new MeetingError('requestNotFound', 'It does not exist.'));
  expect(await headersOf(fail)).toMatchObject({
    'request-id': 'invocation-1',
    'Cache-Control': 'no-store',
  });
});

test('an answer that is the same for everybody says so itself', async () => {
  const headers = { 'Cache-Control': 'public, max-age=3600' };
  expect(await headersOf(() => Promise.resolve({ headers }))).toEqual({
    'request-id': 'invocation-1',
    'Cache-Control': 'public, max-age=3600',
  });
});
