import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeGetBatchResultsHandler } from '../../../src/handlers/http/batches/batch-results';
import { makeGetBatchHandler } from '../../../src/handlers/http/batches/batches';
import { makeListFinishedBatchesHandler } from '../../../src/handlers/http/batches/finished-batches';
import { makeListChoicesHandler } from '../../../src/handlers/http/choices';
import { makeDoctorHandler } from '../../../src/handlers/http/doctor';
import { makeGetInvitationHandler } from '../../../src/handlers/http/meetings/invitation';
import { makeGetRequestHandler } from '../../../src/handlers/http/meetings/requests';
import { makeRedriveHandler } from '../../../src/handlers/http/redrive';
import { answering } from '../../../src/handlers/invocation';
import { renderInvitation } from '../../../src/invitations';
import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { accepted, someRows } from '../../support/harness/batch-harness';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';

async function setUp() {
  const core = new CoreHarness();
  await createMeeting(aRequest, core.metadata(), core.deps);
  const { batch, deps } = await accepted(someRows(1));
  const params = { requestId: aRequest.requestId ?? '', batchId: batch.batchId, list: 'timeZones' };
  const handlers = {
    request: makeGetRequestHandler(core.deps),
    invitation: makeGetInvitationHandler({ ...core.deps, renderInvitation }),
    batch: makeGetBatchHandler(deps, 'key'),
    results: makeGetBatchResultsHandler(deps, 'key'),
    batches: makeListFinishedBatchesHandler(deps as never),
    doctor: makeDoctorHandler({} as never),
    choices: makeListChoicesHandler({} as never),
    redrive: makeRedriveHandler({ deadLetters: [] } as never),
  };
  return { handlers, params, core };
}

type Name = keyof Awaited<ReturnType<typeof setUp>>['handlers'];

test.each<[Name, string, string]>([
  ['request', 'Live', 'live'],
  ['batch', 'Wait', 'wait'],
  ['doctor', 'organiser', 'organizer'],
  ['results', 'Format', 'format'],
  ['choices', 'Search', 'search'],
  ['redrive', 'Queue', 'queue'],
  ['invitation', 'timezone', 'timeZone'],
])('%s?%s= is refused with a hint', async (name, given, meant) => {
  const { handlers, params, core } = await setUp();
  const url = `https://convoke.example/api/x?${given}=true`;
  const request = new HttpRequest({ method: 'GET', url, params });
  const answer = await answering(handlers[name], core.deps)(request, new InvocationContext());
  const message = `The query parameter ${given} is not supported here. Did you mean ${meant}?`;
  expect(answer).toMatchObject({ status: 400, jsonBody: { error: { target: given, message } } });
});

test.each<[Name, string, string]>([
  ['request', 'live', 'maybe'],
  ['batch', 'wait', 'abc'],
  ['doctor', 'probe', 'maybe'],
  ['doctor', 'organizer', 'a b'],
  ['batches', 'completedAfter', '2026-02-30T00:00:00Z'],
  ['batches', 'completedAfter', 'yesterday'],
  ['results', 'format', 'pdf'],
  ['results', 'top', '0'],
  ['results', 'delimiter', 'x'],
  ['invitation', 'format', 'pdf'],
])('%s?%s=%s is refused with a remedy of its own', async (name, parameter, value) => {
  const { handlers, params, core } = await setUp();
  const url = `https://convoke.example/api/x?${new URLSearchParams({ [parameter]: value }).toString()}`;
  const request = new HttpRequest({ method: 'GET', url, params });
  const answer = await answering(handlers[name], core.deps)(request, new InvocationContext());
  expect(answer).toMatchObject({
    status: 400,
    jsonBody: {
      error: {
        code: 'invalidRequest',
        target: parameter,
        message: expect.stringContaining(`The query parameter ${parameter} must be `) as string,
        innerError: {
          remedy: `Correct the query parameter ${parameter} or leave it out, then send the request again.`,
        },
      },
    },
  });
});
