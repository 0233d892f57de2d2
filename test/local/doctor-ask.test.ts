import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask } from '../../local/doctor/ask';

let server: Server | undefined;
afterEach(() => server?.close());

/** The address of a server that answers everything so. */
async function answering(status: number, body: string): Promise<URL> {
  server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/doctor`);
}

const refusal = (code: string, message: string): string =>
  JSON.stringify({ error: { code, message } });

test.each([
  [503, 'Function host is not running.'],
  [502, ''],
  [504, '<html>Gateway Timeout</html>'],
])('%i without the app’s own words means that the host is down', async (status, body) => {
  const asked = ask(await answering(status, body), '');
  await expect(asked).rejects.toThrow(
    /returned \d+\.\nThe Functions host itself is down.*storage is the usual cause[^]*Roles[^]*Network[^]*Name/,
  );
});

test.each([
  [400, refusal('invalidRequest', 'The parameter organizer is not a name.'), 'is not a name'],
  [500, refusal('internalError', 'Something went wrong.'), 'Something went wrong'],
  [503, refusal('storageUnavailable', 'Storage did not answer.'), 'Storage did not answer'],
  [401, '', 'refused the key'],
  [403, '', 'master key, not a function key'],
  [404, '', 'has no doctor'],
  [200, 'Your app is up and running.', 'returned 200, which is not a report of the doctor'],
])('%i with %s is said in words', async (status, body, said) => {
  await expect(ask(await answering(status, body), 'secret-key')).rejects.toThrow(said);
});

test('an unknown host name is reported as wrong', async () => {
  await expect(ask(new URL('https://convoke.invalid/api/doctor'), '')).rejects.toThrow(
    /The host convoke\.invalid does not exist\. Check the address|does not respond/,
  );
});
