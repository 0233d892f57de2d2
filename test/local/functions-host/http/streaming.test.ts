import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { HostProcess } from '../host-process';

let host: HostProcess;

const start = async (env: Record<string, string> = {}): Promise<string> => {
  host = new HostProcess({ app: 'streaming', env });
  return (await host.ready()).url;
};

afterEach(() => host.kill());

test('an app that asks for streaming is given a body without a length, and streams its answer', async () => {
  const url = await start();
  const response = await fetch(`${url}/api/stream/7?x=1&x=2`, {
    method: 'POST',
    headers: { 'x-sent': 'header' },
    body: new Blob(['in parts, ']).stream(),
    duplex: 'half',
  });
  expect(response.status).toBe(202);
  expect([response.headers.get('x-id'), response.headers.get('x-all')]).toEqual(['7', '1 2']);
  expect(await response.text()).toBe(`in parts, ${url}/api/stream/7?x=1&x=2 header`);
  expect(await host.stop()).toBe(0);
});

/** This many bytes in chunks of 64 KiB, without a length. */
function* parts(bytes: number): Generator<Buffer> {
  const part = Buffer.alloc(64 * 1024, 'x');
  for (let left = bytes; left > 0; left -= part.length) yield part.subarray(0, left);
}

const sendParts = (address: string, bytes: number): Promise<Response> =>
  fetch(address, { method: 'POST', body: ReadableStream.from(parts(bytes)), duplex: 'half' });

test('a large body arrives whole', async () => {
  const url = await start();
  const bytes = 20_000_000;
  const response = await sendParts(`${url}/api/digest`, bytes);
  expect(await response.json()).toEqual({
    bytes,
    sha256: createHash('sha256').update('x'.repeat(bytes)).digest('hex'),
  });
});

test('a body over the limit is cut off, with a length and without', async () => {
  const url = await start({ FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '100000' });
  const body = 'x'.repeat(100_001);
  expect((await fetch(`${url}/api/digest`, { method: 'POST', body })).status).toBe(500);
  expect((await sendParts(`${url}/api/digest`, 100_001)).status).toBe(500);
  expect((await sendParts(`${url}/api/digest`, 100_000)).status).toBe(200);
});

test('a caller that goes away is noticed by the function', async () => {
  const url = await start();
  const call = request(`${url}/api/digest`, { method: 'POST' });
  call.on('error', () => undefined).write('the first part');
  await host.next('log', ({ message }) => message === 'part of 14');
  call.destroy();
  const { outcome } = await host.next('invocation', () => true);
  expect(outcome).toBe('failed');
});

test('a worker that dies leaves its callers a 500, and streams again afterwards', async () => {
  const url = await start();
  const call = request(`${url}/api/digest`, { method: 'POST' });
  const answered = once(call, 'response');
  call.write('the first part');
  await host.next('log', ({ message }) => message === 'part of 14');
  process.kill((await host.next('worker', () => true)).pid, 'SIGKILL');
  const [response] = (await answered) as [{ statusCode: number }];
  expect(response.statusCode).toBe(500);
  call.destroy();
  // The connection may break before the host is told that the process has ended.
  await host.some(2, 'worker', () => true);
  expect(await (await sendParts(`${url}/api/digest`, 10)).json()).toMatchObject({ bytes: 10 });
});

test('an app that answers before it has read a body leaves the connection to the next request', async () => {
  const url = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = async (path: string, bytes: number): Promise<unknown> => {
    const call = request(`${url}/api/${path}`, { method: 'POST', agent });
    call.end(Buffer.alloc(bytes, 'x'));
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    return [response.statusCode, await text(response)];
  };
  expect(await post('refuse', 5_000_000)).toEqual([413, 'too large']);
  expect(await post('digest', 10)).toEqual([200, expect.stringContaining('"bytes":10')]);
  agent.destroy();
});
