import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostProcess, type HostProcessOptions } from './host-process';

const hosts: HostProcess[] = [];
const folders: string[] = [];

function start(options: Partial<HostProcessOptions> = {}): HostProcess {
  const host = new HostProcess({ app: 'sample', ...options });
  hosts.push(host);
  return host;
}

/** An app of one file, in a separate folder. */
function startApp(files: Record<string, string>): HostProcess {
  const folder = mkdtempSync(join(tmpdir(), 'functions-host-'));
  folders.push(folder);
  const all = { 'host.json': '{"version":"2.0"}', 'package.json': '{"main":"app.js"}', ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return start({ app: folder });
}

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.kill()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('a stop lets running requests finish, runs the hooks and leaves with 0', async () => {
  const host = start();
  const { url } = await host.ready();
  const slow = fetch(`${url}/api/slow`);
  // Answers on another connection only after the slow call has begun.
  await fetch(`${url}/api/nothing`);
  const code = host.stop();
  const response = await slow;
  expect(response.headers.get('connection')).toBe('close');
  expect(await response.text()).toBe('finished');
  expect(await code).toBe(0);
  expect(host.output).toContain('hook appTerminate after appStart');
});

test('the host stops when its parent is gone', async () => {
  const host = start();
  await host.ready();
  host.child.disconnect();
  expect(await host.exitCode()).toBe(0);
});

/** Status and text of an answer. */
async function get(address: string): Promise<[number, string]> {
  const response = await fetch(address);
  return [response.status, await response.text()];
}

test('a worker that dies takes its calls with it, an empty 500 each, and is started again', async () => {
  const host = start();
  const { url } = await host.ready();
  const slow = get(`${url}/api/slow`);
  expect(await get(`${url}/api/crash`)).toEqual([500, '']);
  expect(await slow).toEqual([500, '']);
  expect(await get(`${url}/api/slow`)).toEqual([200, 'finished']);
  expect(host.problems().slice(-2)).toEqual([
    expect.stringContaining('nobody waits for this'),
    'The worker process ended with exit code 1. It is started again.',
  ]);
});

test('the third death soon after the others ends the host', async () => {
  const host = start();
  const { url } = await host.ready();
  await get(`${url}/api/crash`);
  const [, second] = await host.some(2, 'worker', () => true);
  process.kill(second?.pid ?? 0, 'SIGKILL');
  await host.next('problem', ({ message }) => message.includes('ended by SIGKILL. It is started'));
  await fetch(`${url}/api/crash`).catch(() => undefined);
  expect(await host.exitCode()).toBe(1);
  expect(host.problems().at(-1)).toBe(
    'The worker process ended with exit code 1. This is the third time, so the host ends.',
  );
});

test('a worker whose host is killed ends', async () => {
  const host = start();
  const { url } = await host.ready();
  const call = fetch(`${url}/api/stuck`).catch(() => 'ended');
  // The worker has the same output, which is closed when both have ended.
  const closed = once(host.child, 'close');
  await host.kill();
  await closed;
  expect(await call).toBe('ended');
});

test('an invocation that takes too long is answered 500, and ends the worker', async () => {
  const host = start({ env: { AzureFunctionsJobHost__functionTimeout: '00:00:04' } });
  const { url } = await host.ready();
  expect(await get(`${url}/api/slow`)).toEqual([200, 'finished']);
  expect(await get(`${url}/api/stuck`)).toEqual([500, '']);
  expect(await get(`${url}/api/slow`)).toEqual([200, 'finished']);
  expect(host.problems().at(-1)).toContain('Timeout value of 4 s');
  expect(await host.some(2, 'worker', () => true)).toHaveLength(2);
});

test('keys are checked where they are asked for', async () => {
  const host = start({ args: ['--enable-auth', '--function-key', 'K', '--master-key', 'M'] });
  const { url } = await host.ready();
  const status = async (path: string, key?: string) =>
    (await fetch(url + path, key === undefined ? {} : { headers: { 'x-functions-key': key } }))
      .status;
  expect(await status('/api/nothing')).toBe(204);
  expect(await status('/api/defaultRoute')).toBe(401);
  expect(await status('/api/defaultRoute?code=K')).toBe(200);
  expect(await status('/api/defaultRoute?code=K', 'wrong')).toBe(401);
  expect(await status('/api/defaultRoute', 'M')).toBe(200);
  expect(await status('/api/masterOnly', 'K')).toBe(401);
  expect(await status('/api/masterOnly', 'M')).toBe(200);
  expect(await status('/admin/functions', 'K')).toBe(403);
  expect(await status('/admin/functions')).toBe(401);
  expect((await fetch(`${url}/admin/functions`)).headers.get('www-authenticate')).toBe('Bearer');
  expect(await status('/api/defaultRoute?Code=K')).toBe(200);
  expect(await status('/runtime/anything')).toBe(401);
  expect(await status('/runtime/anything', 'M')).toBe(404);
  expect(await status('/admin/')).toBe(404);
  expect(await status('/admin/functions', 'M')).toBe(200);
});

test('requests over the limit are refused', async () => {
  const limit = 'AzureFunctionsJobHost__extensions__http__maxOutstandingRequests';
  const host = start({ env: { [limit]: '1', AzureWebJobsDisableHomepage: 'true' } });
  const { url } = await host.ready();
  expect((await fetch(url)).status).toBe(204);
  const [one, other] = await Promise.all([fetch(`${url}/api/slow`), fetch(`${url}/api/slow`)]);
  const turnedAway = one.status === 200 ? other : one;
  expect([one.status, other.status].toSorted((a, b) => a - b)).toEqual([200, 429]);
  expect(turnedAway.headers.get('x-function-scaleout')).toBe('1');
});

test('a port in use is a problem', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = start({ args: ['--port', String(port)] });
  expect(await host.exitCode()).toBe(1);
  expect(host.problems()).toContainEqual(`Port ${port} is in use.`);
  server.close();
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a broken host.json', { 'host.json': '{"version":"1.0"}' }, /host\.json is not valid.*version/],
  ['an entry file that throws', { 'app.js': 'throw new Error("at load")' }, /at load/],
])('%s ends the process', async (_, files, problem) => {
  const host = startApp(files);
  expect(await host.exitCode()).toBe(1);
  expect(host.problems()).toContainEqual(expect.stringMatching(problem));
});

test('an app without functions is a problem, but runs', async () => {
  const host = startApp({});
  const { functions } = await host.ready();
  expect(functions).toEqual([]);
  expect(host.problems()).toEqual([
    '"main" of package.json matches no file.',
    'No functions were found.',
  ]);
});
