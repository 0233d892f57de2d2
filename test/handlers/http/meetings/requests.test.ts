import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeCancelRequestHandler } from '../../../../src/handlers/http/meetings/change-request';
import {
  makeGetRequestHandler,
  makeRetryRequestHandler,
} from '../../../../src/handlers/http/meetings/requests';
import type { HttpHandler } from '../../../../src/handlers/http/response';
import { CoreHarness } from '../../../support/harness/core-harness';

/** A ledger with these requests, none of which has a meeting yet. */
async function withRequests(...requestIds: readonly string[]): Promise<CoreHarness> {
  const harness = new CoreHarness();
  for (const requestId of requestIds)
    await harness.ledger.begin({
      requestId,
      fingerprint: {
        organizer: 'anna@contoso.com',
        subject: null,
        startDateTime: null,
        endDateTime: null,
        externalId: null,
      },
      plan: 'ensure',
      attempts: 1,
      acceptedDateTime: harness.clock.now().toISOString(),
      progress: { state: 'waiting' },
    });
  return harness;
}

const call = (handler: HttpHandler, requestId: string, query = '') =>
  handler(
    new HttpRequest({
      method: 'GET',
      url: `https://convoke.example/api/requests/x${query}`,
      params: { requestId },
      query: Object.fromEntries(new URLSearchParams(query)),
    }),
    new InvocationContext(),
  );

/** The id as the host passes it on: decoded, except for slashes. */
test.each([
  ['enrolment-7', 'enrolment-7'],
  ['a%2Fb', 'a/b'],
  ['a%2fb%2Fc', 'a/b/c'],
  ['a%2Fb', 'a%2Fb'],
  ['50%', '50%'],
  ['100%25', '100%25'],
  ['%zz', '%zz'],
  ['a+b', 'a+b'],
  ['a%20b', 'a b'],
])('the parameter %s stands for the request %s', async (parameter, requestId) => {
  const { deps } = await withRequests(requestId);
  const { jsonBody } = await call(makeGetRequestHandler(deps), parameter);
  expect(jsonBody).toMatchObject({ requestId, state: 'waiting' });
});

test.each([
  ['a%2Fb', ['a/b', 'a%2Fb']],
  ['a%20b', ['a b', 'a%20b']],
])(
  'nothing is done under the parameter %s while the requests %j are there',
  async (parameter, ids) => {
    const { deps, ledger } = await withRequests(...ids);
    for (const make of [makeGetRequestHandler, makeRetryRequestHandler, makeCancelRequestHandler])
      await expect(call(make(deps), parameter)).rejects.toMatchObject({
        code: 'invalidRequest',
        target: 'requestId',
      });
    for (const id of ids)
      expect((await ledger.read(id))?.entry).toMatchObject({ progress: { state: 'waiting' } });
  },
);

test.each([
  ['a cancel', makeCancelRequestHandler, '?Revision=3', 'Revision'],
  ['a cancel', makeCancelRequestHandler, '?coment=Rain', 'coment'],
  ['a cancel', makeCancelRequestHandler, '?preview=true', 'preview'],
  ['a retry', makeRetryRequestHandler, '?Confirm=true', 'Confirm'],
])(
  '%s with a query parameter of another spelling or endpoint is refused: %#',
  async (_what, make, query, target) => {
    const { deps, ledger } = await withRequests('a');
    await expect(call(make(deps), 'a', query)).rejects.toMatchObject({
      code: 'invalidRequest',
      target,
    });
    expect((await ledger.read('a'))?.entry.isCancelled).toBeUndefined();
  },
);

test('query parameters of a gateway are ignored', async () => {
  const { deps, ledger } = await withRequests('a');
  await call(makeCancelRequestHandler(deps), 'a', '?code=key&subscription-key=1&sig=2');
  expect((await ledger.read('a'))?.entry.isCancelled).toBe(true);
});
