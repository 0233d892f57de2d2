import { HostProcess } from '../host-process';

let host: HostProcess;

afterEach(() => host.kill());

test('an app that asks for streaming is given a body without a length, and streams its answer', async () => {
  host = new HostProcess({ app: 'streaming' });
  const { url } = await host.ready();
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
