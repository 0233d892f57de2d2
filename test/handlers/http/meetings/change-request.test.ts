import { HttpRequest, InvocationContext } from '@azure/functions';
import { createMeeting } from '../../../../src/meetings/create/create-meeting';
import {
  makeCancelRequestHandler,
  makeUpdateRequestHandler,
} from '../../../../src/handlers/http/meetings/change-request';
import { makeGetRequestHandler } from '../../../../src/handlers/http/meetings/requests';
import { answering } from '../../../../src/handlers/invocation';
import { aRequest, CoreHarness } from '../../../support/harness/core-harness';

const requestId = 'enrolment-2026-0017';
const handlers = {
  GET: makeGetRequestHandler,
  PATCH: makeUpdateRequestHandler,
  DELETE: makeCancelRequestHandler,
};

interface Call {
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

function call(core: CoreHarness, method: keyof typeof handlers, { query = {}, body }: Call = {}) {
  core.clock.advance(1_000);
  const request = new HttpRequest({
    method,
    url: `https://convoke.example/api/requests/${requestId}`,
    params: { requestId },
    query,
    ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
  });
  return answering(handlers[method](core.deps), core.deps)(request, new InvocationContext());
}

async function withMeeting(): Promise<CoreHarness> {
  const core = new CoreHarness();
  await createMeeting(aRequest, core.metadata(), core.deps);
  return core;
}

const rename = { meeting: { subject: 'Renamed' } };

test('a change and a cancel answer 200 with their result', async () => {
  const core = await withMeeting();
  expect(await call(core, 'PATCH', { body: { ...rename, revision: 5 } })).toMatchObject({
    status: 200,
    jsonBody: { status: 'updated', revision: 5, meeting: { subject: 'Renamed' } },
  });
  expect(await call(core, 'DELETE', { query: { revision: '6', comment: 'Ill.' } })).toMatchObject({
    status: 200,
    jsonBody: { status: 'cancelled', revision: 6, meeting: null, error: null },
  });
  expect(await call(core, 'DELETE')).toMatchObject({ status: 200 });
  expect(await call(core, 'GET')).toMatchObject({
    jsonBody: {
      state: 'cancelled',
      revision: 6,
      meeting: null,
      result: { status: 'created' },
      changes: [
        { action: 'update', revision: 5, status: 'updated' },
        { action: 'cancel', revision: 6, status: 'cancelled' },
      ],
    },
  });
});

test.each<[string, unknown, number, string]>([
  ['a list', [], 400, 'invalidRequest'],
  ['another requestId', { ...rename, requestId: 'another' }, 400, 'invalidRequest'],
  ['another action', { ...rename, action: 'cancel' }, 400, 'invalidRequest'],
  ['a property in the wrong place', { subject: 'Renamed' }, 400, 'invalidRequest'],
  [
    'another organizer',
    { ...rename, organizer: 'b73ab5ca-fb6b-4d6c-9a0f-9f4c4b2f2f11' },
    409,
    'requestIdReused',
  ],
])('%s is refused before Graph is called', async (_name, body, status, code) => {
  const core = await withMeeting();
  const calls = core.graph.calls.length;
  expect(await call(core, 'PATCH', { body })).toMatchObject({
    status,
    jsonBody: { error: { code } },
  });
  expect(core.graph.calls).toHaveLength(calls);
});

test('a change of what is not there is 404, and after a cancel 409', async () => {
  const core = new CoreHarness();
  expect(await call(core, 'PATCH', { body: rename })).toMatchObject({ status: 404 });
  expect(await call(core, 'DELETE')).toMatchObject({ status: 200 });
  expect(await call(core, 'PATCH', { body: rename })).toMatchObject({
    status: 409,
    jsonBody: { error: { code: 'requestCancelled' } },
  });
});

test('the meeting is shown as Graph has it only when that is asked for', async () => {
  const core = await withMeeting();
  Object.assign(core.graph.meetings[0] ?? {}, { subject: 'Changed in Teams' });
  expect(await call(core, 'GET')).toMatchObject({
    jsonBody: { meeting: { subject: 'Parent evening' } },
  });
  expect(await call(core, 'GET', { query: { live: 'true' } })).toMatchObject({
    jsonBody: { meeting: { subject: 'Changed in Teams' } },
  });
  expect(await call(core, 'PATCH', { query: { refresh: 'true' }, body: {} })).toMatchObject({
    jsonBody: { status: 'updated', meeting: { subject: 'Parent evening' } },
  });
});
