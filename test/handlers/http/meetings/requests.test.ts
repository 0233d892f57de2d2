import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeGetRequestHandler } from '../../../../src/handlers/http/meetings/requests';
import { CoreHarness } from '../../../support/harness/core-harness';

/** The id as the host passes it on: decoded, except for slashes. */
test.each([
  ['enrolment-7', 'enrolment-7'],
  ['a%2Fb', 'a/b'],
  ['a%2fb%2Fc', 'a/b/c'],
  ['50%', '50%'],
  ['100%25', '100%25'],
  ['%zz', '%zz'],
  ['a+b', 'a+b'],
  ['a%20b', 'a b'],
])('the parameter %s stands for the request %s', async (parameter, requestId) => {
  const { ledger, clock } = new CoreHarness();
  await ledger.begin({
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
    acceptedDateTime: clock.now().toISOString(),
    progress: { state: 'waiting' },
  });
  const request = new HttpRequest({
    method: 'GET',
    url: 'https://convoke.example/api/requests/x',
    params: { requestId: parameter },
  });
  const answer = await makeGetRequestHandler({ ...new CoreHarness().deps, ledger })(
    request,
    new InvocationContext(),
  );
  expect(answer.jsonBody).toMatchObject({ requestId, state: 'waiting' });
});
