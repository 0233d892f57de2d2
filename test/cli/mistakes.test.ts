import { CommandLineHarness, type Run } from '../support/harness/command-line';
import { StackHarness } from '../support/harness/stack-harness';

const harness = StackHarness.use();
const { run: convoke, runProcess: convokeProcess, file } = CommandLineHarness.use(harness);
jest.setTimeout(90_000);

const sheet = file('evening.csv', 'requestId,organizer\n');
const noRequests = file('none.json', []);
const broken = file('broken.json', '[');
const mixed = file('mixed.json', [{}, 'x']);
const withDefaults = file('defaults.json', { requests: [{}], defaults: {} });

const mistakes: readonly [readonly string[], Record<string, string>, string][] = [
  [['batch', 'none.xlsx'], {}, 'The file none.xlsx does not exist.\n'],
  [['send', '/'], {}, '/ is a folder. Specify a file.\n'],
  [
    ['update', 'x'],
    {},
    'Specify what to change: --subject, --start, --end, --minutes or --file.\n',
  ],
  [
    ['update', 'x', '--file', noRequests, '--subject', 'y'],
    {},
    '--file has the whole change. Put the other options into the file.\n',
  ],
  [['send'], {}, 'Specify a file, or at least --organizer (or --organizer-pool) and --start.\n'],
  [
    ['send', noRequests, '--subject', 'y'],
    {},
    'A file has whole requests. Put the other options into the file.\n',
  ],
  [['send', sheet], {}, `${sheet} is a sheet. Send it with: convoke batch ${sheet}\n`],
  [['send', broken], {}, `${broken} is not JSON: Unexpected end of JSON input\n`],
  [['send', noRequests], {}, `${noRequests} has no requests. Add at least one.\n`],
  [['send', mixed], {}, `${mixed}: request 2 is not a JSON object.\n`],
  [
    ['send', withDefaults],
    {},
    `${withDefaults} has "defaults" next to its requests. Send it with: convoke batch ${withDefaults}\n`,
  ],
  [
    ['batch', sheet, '--out', 'x.pdf'],
    {},
    '--out x.pdf: the name must end with .csv, .xlsx, .json or .ndjson.\n',
  ],
  [
    ['batch', sheet, '--out', '/none/x.csv'],
    {},
    '--out /none/x.csv: the folder /none does not exist.\n',
  ],
  [
    ['invitation', 'x', '--out', '/none/x.ics'],
    {},
    '--out /none/x.ics: the folder /none does not exist.\n',
  ],
  [
    ['cancel', 'x', '--batch', '--comment', 'Sorry'],
    {},
    '--comment cannot be combined with --batch, which keeps all meetings.\n',
  ],
  [
    ['status', 'x'],
    { CONVOKE_URL: 'nowhere' },
    'CONVOKE_URL is not an address: "nowhere". Example: https://<app>.azurewebsites.net\n',
  ],
  [
    ['status', 'x'],
    { CONVOKE_URL: 'http://example.org', CONVOKE_KEY: 'k' },
    'A key or a sign-in is sent over https only. Use an https address in CONVOKE_URL.\n',
  ],
  [
    ['results'],
    { CONVOKE_STORAGE: 'AccountKey=secret' },
    'CONVOKE_STORAGE is not a connection string of a storage account.\n',
  ],
];

test('a mistake is refused in one sentence', async () => {
  const runs: Run[] = [];
  for (const [args, env] of mistakes) runs.push(await convoke(args, env));
  expect(runs).toEqual(mistakes.map(([, , stderr]) => ({ exitCode: 2, stdout: '', stderr })));
});

test('a number that is none is refused by the app, and nothing is changed', async () => {
  const change = ['update', 'x', '--subject', 'y', '--revision', 'newest'];
  const { exitCode, stderr } = await convoke(change);
  expect(stderr).toContain('revision: Expected a whole number from 0 to');
  expect(exitCode).toBe(1);
  const one = ['--organizer', 'anna@contoso.com', '--subject', 'x'];
  const times = ['--start', '2030-01-15T14:30:00Z', '--end', '2030-01-15T15:00:00Z'];
  const sent = await convoke(['send', ...one, ...times, '--minutes', 'abc']);
  expect(sent.stdout).toContain('durationMinutes: Expected a number of minutes');
});

test('a request with an empty requestId gets one, as one without', async () => {
  const meeting = { subject: 'x', startDateTime: '2030-01-15T14:30:00Z' };
  const request = { requestId: '', organizer: 'anna@contoso.com', durationMinutes: 30, meeting };
  // As PowerShell writes it, with a byte order mark.
  const input = `\uFEFF${JSON.stringify(request)}`;
  const { stdout } = await convokeProcess(['send', '-', '--json'], {}, input);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'created',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

test('a problem is not said twice', async () => {
  const { exitCode, stderr } = await convoke(['batch', file('photo.xlsx', 'no workbook')]);
  expect(stderr).toBe(
    'This is another kind of file, not an .xlsx workbook.\nOpen the workbook in Excel or LibreOffice, save it as .xlsx, and send that file.\n',
  );
  expect(exitCode).toBe(1);
});

test('storage that is not there is named, with what to do', async () => {
  const account = 'DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;';
  const env = { CONVOKE_STORAGE: `${account}QueueEndpoint=http://127.0.0.1:9/none;` };
  const { exitCode, stderr } = await convoke(['results'], env);
  expect(stderr).toMatch(
    /^http:\/\/127\.0\.0\.1:9 does not respond \(ECONNREFUSED\)\. For the local stack, run "npm start"/,
  );
  expect(exitCode).toBe(1);
});
