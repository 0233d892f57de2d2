import { HostProcess } from '../host-process';
import { rawGet, sendRaw } from './raw-request';

/** Observed answers of Microsoft's host to unusual requests. */
let host: HostProcess;
let url: string;

beforeAll(async () => {
  host = new HostProcess({ app: 'sample' });
  ({ url } = await host.ready());
});
afterAll(() => host.kill());

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const manyHeaders = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `X-${index}: 1`);

const items = '/api/items/7';
test.each<[string, string, number]>([
  ['a path with a null', rawGet('/api/items/7%00'), 400],
  ['a URL line over 8 KiB', rawGet(`${items}?x=${'x'.repeat(8192)}`), 414],
  ['a URL line of 8 KiB', rawGet(`${items}?x=${'x'.repeat(8160)}`), 200],
  ['headers over 32 KiB', rawGet(items, [`X-Long: ${'x'.repeat(33_000)}`]), 431],
  ['headers of 30 KiB', rawGet(items, [`X-Long: ${'x'.repeat(30_000)}`]), 200],
  ['more than 100 headers', rawGet(items, manyHeaders(99)), 431],
  ['100 headers', rawGet(items, manyHeaders(98)), 200],
  [
    'a header beyond Latin-1, which the library throws at',
    rawGet(items, [`X-Name: ${utf8('日本')}`]),
    500,
  ],
  ['a header of Latin-1 characters in UTF-8', rawGet(items, [`X-Name: ${utf8('ü')}`]), 200],
  ['a header that is not UTF-8', rawGet(items, ['X-Name: \xff']), 400],
  ['a backslash in the path', rawGet('/api\\items/7'), 404],
  ['a raw # in the path', rawGet('/api/items/7#x'), 404],
  ['an absolute target', rawGet('http://localhost/api/items/7'), 200],
  ['an absolute target of another host', rawGet('http://other/api/items/7'), 400],
  ['two hosts', rawGet(items, ['Host: one', 'Host: two']), 400],
  ['an empty host', rawGet(items, ['Host: ']), 500],
  ['a host that is none', rawGet(items, ['Host: a b']), 400],
  ['a host with a path', rawGet(items, ['Host: a/b']), 400],
  ['a host with a bad port', rawGet(items, ['Host: localhost:x']), 400],
  ['a host with a port out of range', rawGet(items, ['Host: localhost:99999']), 400],
  ['OPTIONS *', rawGet('*').replace('GET', 'OPTIONS'), 404],
  ['an unknown expectation', rawGet(items, ['Expect: miracles']), 200],
  ['a path below /runtime', rawGet('/runtime/webhooks'), 404],
  ['/admin/ itself', rawGet('/admin/'), 404],
])('%s is answered as by the real host', async (_, request, status) => {
  const answer = await sendRaw(url, request);
  expect(answer.status).toBe(status);
  if (status !== 200) expect(answer.body).toBe('');
});

test.each([
  [`${items}/a%252Fb`, `${items}/a%2Fb`],
  [`${items}/a%zz`, `${items}/a%25zz`],
  [`${items}/%41%20b`, `${items}/A%20b`],
  [`${items}/%ff|"`, `${items}/%ff%7C%22`],
  [`${items}/a%2fb?q=%252F`, `${items}/a%2fb?q=%252F`],
  [`${items}/gr%C3%BC%C3%9F`, `${items}/gr%C3%BC%C3%9F`],
])('the address %s reaches a function as %s', async (target, told) => {
  const answer = await sendRaw(url, rawGet(target).replace('HTTP/1.1', 'HTTP/1.0'));
  expect(JSON.parse(answer.body)).toMatchObject({ url: `http://localhost${told}` });
});

test('names of query parameters ignore case', async () => {
  const response = await fetch(`${url}${items}?a=1&A=2&b=3`);
  expect(await response.json()).toMatchObject({ query: { a: '1,2', b: '3' } });
});

test('the trace of a call has the attributes of its request', async () => {
  const response = await fetch(`${url}${items}?x=1`, { headers: { 'user-agent': 'test' } });
  const { attributes } = (await response.json()) as { attributes: Record<string, string> };
  expect(attributes).toEqual({
    'server.address': '127.0.0.1',
    'server.port': new URL(url).port,
    'http.request.method': 'GET',
    'url.scheme': 'http',
    'url.path': items,
    'network.protocol.version': '1.1',
    'user_agent.original': 'test',
  });
});

test.each([
  ['an answer', 'text', /^transfer-encoding: chunked$/m, 'hello'],
  ['an empty answer', 'empty', /^content-length: 0$/m, ''],
  ['an untrue length', 'untrue-length', /^http\/1\.1 500.*\r\ncontent-length: 0$/ms, ''],
  ['a true length', 'true-length', /^content-length: 5$/m, 'hello'],
  ['another transfer coding', 'coding', /^http\/1\.1 500/, ''],
  ['a header beyond ASCII', 'non-ascii', /^http\/1\.1 500/, ''],
  ['a connection of its own', 'connection', /^connection: close$/m, 'hello'],
])('%s of a function is sent as it is, or not at all', async (_, kind, head, body) => {
  const answer = await sendRaw(url, rawGet(`/api/answer/${kind}`));
  expect(answer.head).toMatch(head);
  expect(answer.body.replace(/^5\r\nhello\r\n0\r\n\r\n$/, 'hello')).toBe(body);
});
