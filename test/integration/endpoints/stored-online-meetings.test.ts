import { StackHarness, type JsonAnswer } from '../../support/harness/stack-harness';
import { anna, ben } from '../../support/harness/graph-harness';

const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
const harness = StackHarness.use({
  settings: { WEBSITE_AUTH_ENABLED: 'True', AUTH_TENANT_ID: tenantId },
});

type Json = Record<string, unknown>;

const signedIn = (id: string): Record<string, string> => ({
  'X-MS-CLIENT-PRINCIPAL': Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      claims: [
        { typ: 'oid', val: id },
        { typ: 'tid', val: tenantId },
      ],
    }),
  ).toString('base64'),
});

async function send(
  method: string,
  path: string,
  { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
): Promise<JsonAnswer> {
  const response = await fetch(`${harness.stack.url}/api/v1.0/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers: answered } = response;
  return { status, headers: answered, body: text === '' ? undefined : JSON.parse(text) };
}

const times = { startDateTime: '2030-12-01T14:30:00Z', endDateTime: '2030-12-01T15:00:00Z' };
const annas = `users/${anna}/onlineMeetings`;
const one = ({ id }: Json): string => encodeURIComponent(String(id));

async function make(): Promise<Json> {
  return (await send('POST', annas, { body: { subject: 'Talk', ...times } })).body as Json;
}

describe.each([
  ['/users/{object id}', annas, {}],
  ['/users/{name}', 'users/anna@contoso.com/onlineMeetings', {}],
  ['/me', 'me/onlineMeetings', signedIn(anna)],
])('%s', (_, meetings, headers) => {
  test('a meeting is read, found, changed and deleted, and the answers are Graph’s', async () => {
    const made = await make();
    const read = await send('GET', `${meetings}/${one(made)}`, { headers });
    expect(read).toMatchObject({ status: 200, body: made });

    const { joinMeetingId } = made['joinMeetingIdSettings'] as Json;
    for (const filter of [
      `JoinWebUrl eq '${String(made['joinWebUrl'])}'`,
      `JoinWebUrl eq '${encodeURIComponent(String(made['joinWebUrl']))}'`,
      `joinMeetingIdSettings/joinMeetingId eq '${String(joinMeetingId)}'`,
    ]) {
      const found = await send('GET', `${meetings}?$filter=${encodeURIComponent(filter)}`, {
        headers,
      });
      expect(found).toMatchObject({ status: 200, body: { value: [{ id: made['id'] }] } });
    }

    const body = { subject: 'Walk', allowedPresenters: 'organizer' };
    const changed = await send('PATCH', `${meetings}/${one(made)}`, { headers, body });
    expect(changed).toMatchObject({ status: 200, body: { ...body, ...times, id: made['id'] } });

    const deleted = await send('DELETE', `${meetings}/${one(made)}`, { headers });
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect(deleted.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
    const gone = await send('GET', `${meetings}/${one(made)}`, { headers });
    expect(gone).toMatchObject({ status: 404, body: { error: { code: 'meetingNotFound' } } });
  });
});

test('an id in the address may stand as Graph wrote it', async () => {
  const made = await make();
  expect((await send('GET', `${annas}/${String(made['id'])}`)).status).toBe(200);
});

test('Accept-Language and $select have their effect', async () => {
  const made = await make();
  const path = `${annas}/${one(made)}?$select=id,joinInformation`;
  const { body } = await send('GET', path, { headers: { 'accept-language': 'pt-BR' } });
  const { joinInformation, ...rest } = body as { joinInformation: { content: string } };
  expect(rest).toEqual({ '@odata.context': made['@odata.context'], id: made['id'] });
  expect(joinInformation.content).toContain('Ingressar');
});

test('a delete whose answer is lost is done when the meeting is gone', async () => {
  const made = await make();
  harness.stack.graph.setFaults({
    rules: [{ match: { method: 'DELETE' }, count: 1, fault: { kind: 'drop', when: 'after' } }],
  });
  expect((await send('DELETE', `${annas}/${one(made)}`)).status).toBe(204);
  harness.stack.graph.setFaults({});
});

test.each([
  ['a query that is not served', 'GET', `${annas}/abc?$expand=registration`, undefined, '$expand'],
  ['all meetings', 'GET', annas, undefined, '$filter'],
  ['another property', 'GET', `${annas}?$filter=subject eq 'Talk'`, undefined, '$filter'],
  ['a path that leads elsewhere', 'GET', `${annas}/%2e%2e%2f%2e%2e`, undefined, undefined],
  ['a user that is none', 'GET', 'users/anna/onlineMeetings/abc', undefined, 'userId'],
  [
    'what an update cannot set',
    'PATCH',
    `${annas}/abc`,
    { meetingTemplateId: 'x' },
    'meetingTemplateId',
  ],
])('%s is refused by name, and Graph is not called', async (_, method, path, body, target) => {
  const before = harness.stack.graph.log.list().length;
  const answer = await send(method, path, body === undefined ? {} : { body });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: {
      ...(target !== undefined && { target }),
      innerError: { remedy: expect.any(String) as string },
    },
  });
  expect(harness.stack.graph.log.list()).toHaveLength(before);
});

test.each(['GET', 'PATCH', 'DELETE'])('%s createOrGet is refused by its method', async (method) => {
  const body = method === 'PATCH' ? { body: { subject: 'Talk' } } : {};
  const answer = await send(method, `${annas}/createOrGet`, body);
  expect(answer).toMatchObject({ status: 405, body: { error: { code: 'methodNotAllowed' } } });
  expect(answer.headers.get('allow')).toBe('POST');
});

test('nobody reaches the meeting of another organizer', async () => {
  const made = await make();
  for (const method of ['GET', 'PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { body: { subject: 'Mine now' } } : {};
    const me = await send(method, `me/onlineMeetings/${one(made)}`, {
      headers: signedIn(ben),
      ...body,
    });
    expect(me).toMatchObject({ status: 403, body: { error: { code: 'accessDenied' } } });
    const nobody = await send(method, `me/onlineMeetings/${one(made)}`, body);
    expect(nobody.status).toBe(401);
  }
  expect(await send('GET', `${annas}/${one(made)}`)).toMatchObject({ body: { subject: 'Talk' } });
});
