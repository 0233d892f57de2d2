import { HostProcess } from '../host-process';

let host: HostProcess;
let url: string;

beforeAll(async () => {
  const env = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000', SAMPLE_GIVEN: 'from environment' };
  host = new HostProcess({ app: 'sample', env });
  ({ url } = await host.ready());
});

afterAll(() => host.kill());

const get = (path: string, init?: RequestInit) => fetch(url + path, init);
/** The input that the function reports. */
type Described = { body: string; functionName: string; traceParent: string } & Record<
  'headers' | 'params' | 'query',
  Record<string, string>
>;

async function describeRequest(path: string, init?: RequestInit): Promise<Described> {
  return (await (await get(path, init)).json()) as Described;
}

test('reports the functions that it serves', async () => {
  const { functions } = await host.ready();
  expect(functions).toContainEqual({
    name: 'echo',
    trigger: 'http',
    route: 'api/items/{id:int}/{part?}',
    methods: ['POST', 'GET'],
  });
  expect(functions.map(({ name }) => name)).not.toContain('twiceB');
  expect(host.problems()).toContainEqual(expect.stringContaining("'twiceB'"));
});

test('a function is given the request', async () => {
  const described = await describeRequest('/API/items/7/a%20b?x=1&x=2&y=', {
    method: 'POST',
    body: 'grüß',
    headers: { 'X-Mixed-Case': 'kept', 'x-empty': '', 'content-type': 'text/plain' },
  });
  expect(described).toMatchObject({
    functionName: 'echo',
    method: 'POST',
    url: `${url}/API/items/7/a%20b?x=1&x=2&y=`,
    params: { id: '7', part: 'a b' },
    query: { x: '1,2', y: '' },
    headers: { 'x-mixed-case': 'kept', 'x-empty': '', 'content-type': 'text/plain' },
    body: 'grüß',
    triggerMetadata: null,
  });
});

test('an optional parameter that is not given is absent', async () => {
  expect((await describeRequest('/api/items/7')).params).toEqual({ id: '7' });
});

test('the first route by function name wins, and a failed constraint leaves it to the next', async () => {
  expect((await describeRequest('/api/items/7')).functionName).toBe('echo');
  expect(await describeRequest('/api/items/x/y')).toMatchObject({
    functionName: 'zzCatchAll',
    params: { rest: 'x/y' },
  });
});

test('the trace of the caller continues', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { traceParent } = await describeRequest('/api/items/7', { headers: { traceparent } });
  expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  expect(traceParent).not.toBe(traceparent);
});

test('a body without a length is not passed on', async () => {
  const body = new Blob(['{"a":1}']).stream();
  const init = { method: 'POST', body, duplex: 'half' } as const;
  expect((await describeRequest('/api/items/7', init)).body).toBe('');
});

test.each<[string, string, number]>([
  ['GET', '/api/nothing', 204],
  ['GET', '/api/text', 500],
  ['GET', '/api/broken', 500],
  ['GET', '/api/missing', 404],
  ['PUT', '/api/items/7', 404],
  ['HEAD', '/api/nothing', 404],
  ['GET', '/admin/unknown', 404],
  ['POST', '/admin/host/ping', 200],
])('%s %s is answered %i with an empty body', async (method, path, status) => {
  const response = await get(path, { method });
  expect([response.status, await response.text()]).toEqual([status, '']);
});

test('a failure is reported with its cause', async () => {
  await get('/api/broken');
  expect(
    await host.next('invocation', ({ functionName }) => functionName === 'broken'),
  ).toMatchObject({ trigger: 'http', outcome: 'failed', status: 500 });
  expect(host.logs('broken').join()).toContain('the handler broke');
});

test('a body over the limit is an empty 500, as no 413 of the server reaches a caller', async () => {
  const responses = [1000, 1001].map((size) =>
    get('/api/items/7', { method: 'POST', body: 'x'.repeat(size) }),
  );
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  expect(statuses).toEqual([200, 500]);
});

test('status, headers, cookies and body are those of the function, and host.json adds headers', async () => {
  const response = await get('/api/cookies');
  expect(response.status).toBe(201);
  expect(response.headers.get('x-sample')).toBe('from the function');
  expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  expect(response.headers.getSetCookie()).toEqual([
    'a=b%20c; max-age=5; path=/; samesite=lax; httponly',
  ]);
  expect(await response.text()).toBe('made');
  expect((await get('/api/nothing')).headers.get('x-sample')).toBe('from host.json');
});

test('there is a page at the root', async () => {
  const response = await get('/');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
});

test('the app runs in its folder with its environment', async () => {
  expect(await (await get('/api/settings')).json()).toEqual({
    given: 'from environment',
    empty: null,
    environment: 'Development',
    folder: expect.stringMatching(/fixtures[/\\]sample$/),
  });
});

test('an ES module registers too', async () => {
  expect(await (await get('/api/fromModule')).text()).toBe('an ES module');
});

test('nothing can be registered once the app runs', async () => {
  const text = await (await get('/api/lateRegistration')).text();
  expect(text).toBe('A function can only be registered during app startup.');
});

test('hooks see and change an invocation', async () => {
  expect(await (await get('/api/hooked')).text()).toBe('appStart pre');
  expect(host.logs('hooked')).toEqual(['hidden']);
  expect((await get('/api/refused')).status).toBe(500);
  expect(host.logs('refused').join()).toContain('refused by a hook');
});

test('timers due at start and the warm-up have run', async () => {
  for (const name of ['atStart', 'warm']) {
    const { outcome } = await host.next('invocation', (event) => event.functionName === name);
    expect(outcome).toBe('ok');
  }
});

/** Starts a function as an administrator does. */
async function start(name: string, body: string, type = 'application/json'): Promise<number> {
  const headers = { 'content-type': type };
  return (await get(`/admin/functions/${name}`, { method: 'POST', body, headers })).status;
}

test('an administrator starts any function', async () => {
  expect(await start('nightly', '{"input":""}')).toBe(202);
  await host.next('log', ({ message }) => message === 'nightly false');
  expect(await start('takeMessage', JSON.stringify({ input: '{"by":"hand"}' }))).toBe(202);
  const { message } = await host.next('log', (log) => log.functionName === 'takeMessage');
  expect(JSON.parse(message).message).toEqual({ by: 'hand' });
  expect(await start('nobody', '{}')).toBe(404);
  expect(await start('nightly', 'no JSON')).toBe(400);
  expect(await start('nightly', '{}', 'text/plain')).toBe(415);
  expect(await start('cookies', '{}')).toBe(202);
  await host.next('invocation', ({ functionName }) => functionName === 'cookies');
});

test('an administrator sees state and functions', async () => {
  expect(await (await get('/admin/host/status')).json()).toMatchObject({ state: 'Running' });
  expect(await (await get('/admin/functions')).json()).toContainEqual(
    expect.objectContaining({ name: 'nothing', invoke_url_template: `${url}/api/nothing` }),
  );
  expect(await (await get('/admin/functions/Nothing')).json()).toMatchObject({ name: 'nothing' });
});
