import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { CommandLineHarness } from '../support/harness/command-line';
import { eventually } from '../support/harness/eventually';
import { StackHarness } from '../support/harness/stack-harness';

const harness = StackHarness.use();
const { run: convoke, runProcess: convokeProcess, file, folder } = CommandLineHarness.use(harness);
jest.setTimeout(90_000);

const oneByOptions = [
  ...['send', '--organizer', 'anna@contoso.com', '--subject', 'By options'],
  ...['--start', '2030-01-15T14:30:00', '--minutes', '30', '--time-zone', 'Europe/Lisbon'],
];

const request = (requestId: string, change: object = {}): object => ({
  requestId,
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { subject: requestId, startDateTime: '2030-01-15T14:30:00' },
  ...change,
});

test('one request by options is created, and sent again it is the same meeting', async () => {
  const first = await convoke([...oneByOptions, '--id', 'cli-1']);
  expect(first.stdout).toMatch(/^✓ created cli-1\n {2}https:\/\/teams\.microsoft\.com\/\S+\n$/);
  const second = await convokeProcess([...oneByOptions, '--id', 'cli-1']);
  expect(second.stdout).toBe(first.stdout.replace('created', 'existing'));
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
});

test('each request of a list has its result, and a failed one says why and what to do', async () => {
  const path = file('list.json', [
    request('cli-2', { organizer: 'nobody@contoso.com' }),
    request('cli-3'),
  ]);
  const { exitCode, stdout } = await convokeProcess(['send', path, '--json']);
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(results).toMatchObject([
    {
      requestId: 'cli-2',
      status: 'failed',
      error: { code: 'organizerNotFound', remedy: expect.stringMatching(/./) },
    },
    { requestId: 'cli-3', status: 'created' },
  ]);
  expect(exitCode).toBe(1);
});

test('requests on the queue have their results there, which stay until they are removed', async () => {
  const path = file('queued.json', { requests: [request('cli-4')] });
  expect((await convoke(['send', path, '--queue'])).stdout).toBe('✓ sent cli-4\n');
  const looked = await eventually('the result', async () => {
    const run = await convoke(['results']);
    return run.stdout.includes('cli-4') ? run : undefined;
  });
  expect(looked.stdout).toContain('✓ created cli-4\n');
  const taken = await convoke(['results', '--take']);
  expect(taken.stdout).toBe(looked.stdout);
  expect((await convoke(['results'])).stdout).toBe('');
});

const sheet = file(
  'evening.csv',
  [
    'requestId,organizer,subject,startDateTime',
    'b-1,anna@contoso.com,One,2030-01-15 14:30',
    'b-2,nobody@contoso.com,Two,2030-01-15 15:00',
    'b-3,ben@contoso.com,Three,2030-01-15 15:30',
  ].join('\n'),
);
const batchArgs = ['batch', sheet, '--time-zone', 'Europe/Lisbon', '--minutes', '30'];

test('a sheet is followed to its end, shown as a table and saved', async () => {
  const out = join(folder, 'out.csv');
  const { exitCode, stdout } = await convoke([...batchArgs, '--out', out]);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^row +requestId +status +link or problem$/),
    expect.stringMatching(/^2 +b-1 +created +https:\/\//),
    expect.stringMatching(/^3 +b-2 +failed +No user in the tenant has this name/),
    expect.stringMatching(/^4 +b-3 +created +https:\/\//),
    '',
    expect.stringMatching(/^Batch \S+ finished: 3 rows, 2 created, 1 failed$/),
    '',
  ]);
  expect(readFileSync(out, 'utf8')).toContain('b-3,ben@contoso.com,Three');
  const batchId = / (\S+) finished/.exec(stdout)?.[1] ?? '';
  const status = await convoke(['status', batchId]);
  expect(status.stdout).toBe(`Batch ${batchId} finished: 3 rows, 2 created, 1 failed\n`);
  expect((await convoke([...batchArgs])).stdout).toBe(stdout);
}, 60_000);

test('a preview predicts the outcome of each row, and does nothing', async () => {
  const path = file('preview.csv', readFileSync(sheet, 'utf8').replaceAll('b-', 'p-'));
  const args = [path, '--time-zone', 'Europe/Lisbon', '--minutes', '30', '--preview'];
  const { exitCode, stdout } = await convoke(['batch', ...args]);
  expect(stdout.split('\n').slice(1, 4)).toEqual([
    expect.stringMatching(/^2 +p-1 +would create/),
    expect.stringMatching(/^3 +p-2 +would refuse +No user in the tenant has this name/),
    expect.stringMatching(/^4 +p-3 +would create/),
  ]);
  expect(stdout).toContain('3 rows, 2 would create, 1 would refuse\n');
  expect(exitCode).toBe(1);
  const one = await convoke([...oneByOptions, '--id', 'p-1', '--preview']);
  expect(one.stdout).toMatch(/^✓ would create p-1\n/);
  const list = file('unchanged.json', [request('p-4')]);
  await convoke(['send', list]);
  const again = await convoke(['send', list, '--preview']);
  expect(again.stdout).toMatch(/^✓ would not change p-4\n/);
  const rows = await convoke(['batch', list, '--preview']);
  expect(rows.stdout).toContain(' 1 row, 1 would not change\n');
}, 60_000);

test('the state of a request is shown, and its meeting is cancelled', async () => {
  await convoke([...oneByOptions, '--id', 'cli-5']);
  expect((await convoke(['status', 'cli-5'])).stdout).toMatch(/^✓ created cli-5\n {2}https/);
  const invitation = join(folder, 'invitation.ics');
  await convoke(['invitation', 'cli-5', '--format', 'ics', '--out', invitation]);
  expect(readFileSync(invitation, 'utf8')).toMatch(/^BEGIN:VCALENDAR/);
  expect((await convoke(['cancel', 'cli-5'])).stdout).toBe('✓ cancelled cli-5\n');
  const unknown = await convoke(['status', 'never-sent']);
  expect(unknown).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr:
      'There is neither a request nor a batch with the id "never-sent".\nCheck the id. Finished ones are removed after the retention period.\n',
  });
});

test('a meeting is moved, and keeps its link', async () => {
  const made = await convoke([...oneByOptions, '--id', 'cli-6']);
  const change = ['--start', '2030-01-16T10:00:00', '--minutes', '45', '--time-zone', 'UTC'];
  const moved = await convoke(['update', 'cli-6', ...change]);
  expect(moved.stdout).toBe(made.stdout.replace('created', 'updated'));
  const [stored] = harness.stack.graph.meetings
    .list()
    .filter(({ meeting }) => made.stdout.includes(meeting.joinWebUrl));
  expect(stored?.meeting).toMatchObject({
    startDateTime: expect.stringMatching(/^2030-01-16T10:00:00/) as unknown,
    endDateTime: expect.stringMatching(/^2030-01-16T10:45:00/) as unknown,
  });
});

test('a sheet changes the meetings of rows that were sent before', async () => {
  const rows = (subject: string): string =>
    `requestId,organizer,subject,startDateTime\nu-1,anna@contoso.com,${subject},2030-01-15 14:30`;
  const args = ['--time-zone', 'Europe/Lisbon', '--minutes', '30'];
  await convoke(['batch', file('before.csv', rows('Before')), ...args]);
  const after = file('after.csv', rows('After'));
  const { stdout, exitCode } = await convoke(['batch', after, ...args, '--action', 'update']);
  expect(stdout).toMatch(/^2 +u-1 +updated +https:\/\//m);
  expect(exitCode).toBe(0);
});

test('messages of the poison queue are counted, and put back', async () => {
  const queue = harness.queue('meeting-batches-poison');
  const args = ['redrive', '--queue', 'meeting-batches-poison'];
  await queue.createIfNotExists();
  const counted = await convoke([...args, '--dry-run', '--json']);
  expect(JSON.parse(counted.stdout)).toEqual({
    queue: 'meeting-batches-poison',
    exitCode: 0,
    messages: ['About 0 messages in meeting-batches-poison.'],
  });
  const { stdout, exitCode } = await convoke(args);
  expect([stdout.split('\n')[0], exitCode]).toEqual([
    'About 0 messages in meeting-batches-poison.',
    0,
  ]);
});

/** A program that is first on the path. */
function standIn(name: string, script: string): Record<string, string> {
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${bin}${delimiter}${process.env['PATH']}` };
}

test('the app is opened in a browser, and its address printed', async () => {
  const opened = join(folder, 'opened.txt');
  const env = standIn(
    'xdg-open',
    `printf %s "$1" > "${opened}.new"; mv "${opened}.new" "${opened}"`,
  );
  const { stdout, exitCode } = await convokeProcess(['open'], env);
  expect([stdout, exitCode]).toEqual([`${harness.stack.url}/\n`, 0]);
  await eventually('the browser', async () => existsSync(opened));
  expect(readFileSync(opened, 'utf8')).toBe(stdout.trim());
});

describe('with the sign-in of az', () => {
  const seen: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    seen.push(headers.authorization);
    response.setHeader('Content-Type', 'application/json').end('{"status":"cancelled"}');
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => void server.close(resolve)));

  const signedIn = (az: string): Record<string, string> => ({
    ...standIn('az', az),
    CONVOKE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    CONVOKE_SIGN_IN_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  });

  test('each call carries its token, which is for the app alone', async () => {
    const asked = join(folder, 'az.txt');
    const token = JSON.stringify({ accessToken: 'token-of-az', expires_on: 4_000_000_000 });
    const az = `printf '%s ' "$@" >> "${asked}"; printf '%s' '${token}'`;
    const { exitCode } = await convokeProcess(['cancel', 'x'], signedIn(az));
    expect([exitCode, seen]).toEqual([0, ['Bearer token-of-az']]);
    expect(readFileSync(asked, 'utf8')).toContain(
      '--resource api://11111111-2222-4333-8444-555555555555',
    );
  });

  test('without one it says so, and calls nothing', async () => {
    seen.length = 0;
    const az = `echo "Please run 'az login' to set up an account." >&2; exit 1`;
    const { exitCode, stderr } = await convokeProcess(['cancel', 'x'], signedIn(az));
    expect(stderr).toMatch(
      /^az did not return a token for api:\/\/11111111-2222-4333-8444-555555555555: /,
    );
    expect([exitCode, seen]).toEqual([2, []]);
  });
});

test('the doctor reports as JSON', async () => {
  const { stdout } = await convoke(['doctor', 'anna@contoso.com', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ status: expect.any(String) });
});

test('a failure of the app has the id to report', async () => {
  const error = {
    code: 'internalError',
    message: 'Something went wrong inside this app.',
    innerError: { remedy: 'Report the request-id to the operator of this app.' },
  };
  const server = createServer((_, response) =>
    response.writeHead(500, { 'request-id': 'invocation-1' }).end(JSON.stringify({ error })),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const env = { CONVOKE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const asked = await convoke(['cancel', 'x'], env);
  const sent = await convoke([...oneByOptions, '--id', 'x'], env);
  await new Promise((resolve) => void server.close(resolve));
  const lines = `${error.message}\n${error.innerError.remedy}\nrequest-id: invocation-1\n`;
  expect(asked).toEqual({ exitCode: 1, stdout: '', stderr: lines });
  expect(sent).toMatchObject({
    exitCode: 1,
    stdout: `✗ failed x\n${lines.replaceAll(/^(?=.)/gm, '  ')}`,
  });
});

test('an app that is not there is named, with what to do', async () => {
  const { exitCode, stderr } = await convoke(['status', 'x'], {
    CONVOKE_URL: 'http://127.0.0.1:9',
  });
  expect(stderr).toMatch(
    /^http:\/\/127\.0\.0\.1:9 does not respond \(.+\)\. For the local stack, run "npm start"/,
  );
  expect(exitCode).toBe(1);
});

test('an option that does not exist prints the usage', async () => {
  const { exitCode, stderr } = await convokeProcess(['send', '--nope']);
  expect(stderr).toContain("error: unknown option '--nope'");
  expect(stderr).toContain('Usage: convoke send [options] [file]');
  expect(exitCode).toBe(2);
});
